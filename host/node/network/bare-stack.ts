/** `stack:`, our TCP/IP stack on TAP devices, without a board. */
import { SeededRandom } from '../../../boards/simulation/random.js'
import { formatIpv4, onLink } from '../../../firmware/net/address.js'
import type { DhcpClient } from '../../../firmware/net/dhcp/client.js'
import { startDhcp } from '../../../firmware/net/dhcp/start.js'
import { Ipv6RouterSide } from '../../../firmware/net/ipv6/ipv6-router-side.js'
import { Ipv6Side } from '../../../firmware/net/ipv6/ipv6-side.js'
import { TemporaryAddresses } from '../../../firmware/net/nd/temporary-addresses.js'
import { Services } from '../../../firmware/services/services.js'
import { Stack } from '../../../firmware/stack.js'
import { FrameWatch } from '../../network/frame-watch.js'
import { type Impairments, impairedWire } from '../../network/impaired-wire.js'
import { failure, type Uplink, type UplinkOptions } from '../../network/uplink.js'
import { RealClock } from '../../serial/real-clock.js'
import { SystemRandom } from './system-random.js'
import { TapDevice } from './tap-device.js'

/** As many frames as the kernel keeps for a TAP device (its transmit queue of 1000). */
const MOST_WAITING = 1_000

/** How a DHCP client of ours calls itself. */
const HOST_NAME = 'linkpulse'

export interface BareStackOptions extends UplinkOptions {
  /** Routes between its wires. */
  readonly forwarding: boolean
  /** What the wire does to frames, both ways; undefined: nothing. */
  readonly impairments: Impairments | undefined
}

/** @throws TapError when a device cannot be opened */
export function bareStack(options: BareStackOptions): Uplink {
  const { wires, gateway, memory, seed, forwarding, offers, impairments } = options
  const clock = new RealClock()
  const random = seed === undefined ? new SystemRandom() : new SeededRandom(seed)
  const routes6 = forwarding || wires.some(({ advertise }) => advertise !== undefined)
  const stack = new Stack({
    clock,
    random,
    name: 'stack',
    forwarding,
    ...(wires.some(({ addresses6 }) => addresses6 !== undefined) ? { ipv6: routes6 ? Ipv6RouterSide : Ipv6Side } : {}),
    ...(memory === undefined ? {} : { memory }),
  })
  const { failed, fail } = failure()
  const services = new Services(stack, { wallClock: Date.now })
  const taps: TapDevice[] = []
  const watches: FrameWatch[] = []
  const dhcp = new Map<string, DhcpClient>()
  const close = async (): Promise<void> => {
    await Promise.all([...dhcp.values()].map(released))
    // A router says that it is one no longer.
    for (const each of stack.interfaces) each.stop()
    for (const tap of taps) tap.close()
    clock.close()
  }
  try {
    for (const { tap: name, address, dhcp: asks, addresses6, advertise, temporary } of wires) {
      const tap = new TapDevice(name)
      taps.push(tap)
      tap.tap.onError(fail)
      tap.onArrival(() => clock.refresh())
      const added = stack.addInterface({
        name,
        // A person gave it the address: nobody on the wire takes it away.
        addressDefence: address === undefined ? 'defend' : 'keep',
        device: impairments === undefined ? tap : impairedWire(tap, clock, random.fork(`wire ${name}`), impairments),
        ...(address === undefined ? {} : { address }),
        ipv6: addresses6 !== undefined && {
          addresses: addresses6,
          ...(advertise === undefined ? {} : { advertise }),
          ...(temporary ? { temporary: TemporaryAddresses } : {}),
        },
        ...(gateway === undefined || address === undefined || !onLink(address, gateway) ? {} : { gateway }),
      })
      watches.push(new FrameWatch(added))
      // Nobody else starts with it: the random wait of RFC 2131 4.4.1 is for networks after a power cut.
      if (asks) dhcp.set(name, startDhcp(stack, added, { hostName: HOST_NAME, startDelay: 0 }))
    }
    for (const name of offers) services.start(name)
    clock.onTurn(() => {
      for (const { tap } of taps) tap.poll(MOST_WAITING)
    })
  } catch (error) {
    void close()
    throw error
  }
  return { stack, clock, watches, linkUp: true, failed, services, dhcp, describe: () => describe(dhcp), close }
}

function describe(clients: ReadonlyMap<string, DhcpClient>): Record<string, unknown> {
  if (clients.size === 0) return {}
  const dhcp = [...clients].map(([name, { state, lease, counters }]) => {
    const named =
      lease === undefined ? {} : { server: formatIpv4(lease.server), dnsServers: lease.dnsServers.map(formatIpv4) }
    return [name, { state, ...named, ...counters }] as const
  })
  return { dhcp: Object.fromEntries(dhcp) }
}

/** Gives an address back and waits until the message is out. */
function released(client: DhcpClient): Promise<void> {
  return new Promise((resolve) => {
    client.onState((state) => {
      if (state === 'STOPPED') resolve()
    })
    if (client.state === 'STOPPED') resolve()
    client.release()
  })
}
