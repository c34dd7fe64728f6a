/** `stack:`, our TCP/IP stack on TAP devices, without a board. */
import { SeededRandom } from '../../../boards/simulation/random.js'
import { SECOND } from '../../../firmware/hal/clock.js'
import { formatIpv4, formatMac, onLink } from '../../../firmware/net/address.js'
import type { DhcpClient } from '../../../firmware/net/dhcp/client.js'
import { startDhcp } from '../../../firmware/net/dhcp/start.js'
import type { Dhcpv6Client } from '../../../firmware/net/dhcpv6/client.js'
import type { Dhcpv6Server } from '../../../firmware/net/dhcpv6/server.js'
import { startDhcpv6, startDhcpv6Server } from '../../../firmware/net/dhcpv6/start.js'
import { formatIpv6 } from '../../../firmware/net/ipv6/address.js'
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
  const dhcp6 = new Map<string, Dhcpv6Client>()
  const servers6 = new Map<string, Dhcpv6Server>()
  const close = async (): Promise<void> => {
    await Promise.all([
      ...[...dhcp.values()].map(released),
      ...[...dhcp6.values()].map((each) => released6(clock, each)),
    ])
    // A router says that it is one no longer.
    for (const each of stack.interfaces) each.stop()
    for (const tap of taps) tap.close()
    clock.close()
  }
  try {
    for (const {
      tap: name,
      address,
      dhcp: asks,
      addresses6,
      advertise,
      temporary,
      dhcp6: asks6,
      dhcp6Server,
    } of wires) {
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
      if (asks6 !== undefined && addresses6 !== undefined)
        dhcp6.set(name, startDhcpv6(stack, added, { mode: asks6, startDelay: 0 }))
      if (dhcp6Server !== undefined) servers6.set(name, startDhcpv6Server(stack, added, dhcp6Server))
    }
    for (const name of offers) services.start(name)
    clock.onTurn(() => {
      for (const { tap } of taps) tap.poll(MOST_WAITING)
    })
  } catch (error) {
    void close()
    throw error
  }
  return {
    stack,
    clock,
    watches,
    linkUp: true,
    failed,
    services,
    dhcp,
    dhcp6,
    describe: () => ({ ...describe(dhcp), ...describe6(dhcp6), ...describeServers6(servers6) }),
    close,
  }
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

function describe6(clients: ReadonlyMap<string, Dhcpv6Client>): Record<string, unknown> {
  // Who was never told to ask has nothing to show.
  const asking = [...clients].filter(
    ([, { state, counters }]) => state !== 'STOPPED' || counters.sent.SOLICIT !== undefined,
  )
  if (asking.length === 0) return {}
  const dhcp6 = asking.map(([name, { state, lease, information, counters }]) => {
    const lent =
      lease === undefined
        ? {}
        : { server: formatMac(lease.server), addresses: lease.addresses.map(({ address }) => formatIpv6(address)) }
    const told =
      information === undefined
        ? {}
        : { nameServers: information.nameServers.map(formatIpv6), searchDomains: information.searchDomains }
    return [name, { state, ...lent, ...told, ...counters }] as const
  })
  return { dhcp6: Object.fromEntries(dhcp6) }
}

function describeServers6(servers: ReadonlyMap<string, Dhcpv6Server>): Record<string, unknown> {
  if (servers.size === 0) return {}
  return { dhcp6Server: Object.fromEntries([...servers].map(([name, { counters }]) => [name, counters])) }
}

/** Gives addresses back and waits until the server has answered, or for a second: it may be gone, and a person waits. */
function released6(clock: RealClock, client: Dhcpv6Client): Promise<void> {
  return new Promise((resolve) => {
    client.onState((state) => {
      if (state === 'STOPPED') resolve()
    })
    if (client.state === 'STOPPED') resolve()
    client.release()
    clock.after(SECOND, () => client.stop())
  })
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
