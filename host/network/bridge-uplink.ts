/** A board whose chip is driven from here, across its serial bridge, as a stack on the wire that the board is on. */
import type { BoardDefinition } from '../../boards/catalogue/definition.js'
import { Controller } from '../../firmware/controller/controller.js'
import { SECOND } from '../../firmware/hal/clock.js'
import { type Ipv4Address, type Ipv4Interface, mac } from '../../firmware/net/address.js'
import type { DhcpClient } from '../../firmware/net/dhcp/client.js'
import { formatIpv6Interface, type Ipv6InterfaceAddress } from '../../firmware/net/ipv6/address.js'
import { Ipv6Side } from '../../firmware/net/ipv6/ipv6-side.js'
import type { ServiceName } from '../../firmware/services/service.js'
import type { HostIpv6 } from '../../firmware/stack.js'
import { sessionOn } from '../check/session-on.js'
import { TargetError } from '../errors/errors.js'
import type { Target } from '../target/target.js'
import { FrameWatch } from './frame-watch.js'
import type { Uplink } from './uplink.js'

export interface BoardOptions {
  /** `dhcp`: a server on the wire will tell. */
  readonly address: Ipv4Interface | 'dhcp'
  /** Undefined: IPv4 alone. */
  readonly addresses6: readonly Ipv6InterfaceAddress[] | undefined
  readonly gateway: Ipv4Address | undefined
  readonly memory: number | undefined
  readonly offers: readonly ServiceName[]
  /** Milliseconds since 1970, for the daytime service; this computer's clock where left out. */
  readonly wallClock?: () => number
}

/** How long a board may take to answer on its serial port: a boot loader waits for two seconds. */
const SESSION_LIMIT = 5 * SECOND

/**
 * `avr:BOARD` and real boards: the stack runs here and drives the chip across the serial bridge.
 * @param target an open port
 * @param wire where the cable of a simulated board goes; undefined: a real one's is where it is
 * @throws TargetError when the board does not answer
 */
export async function bridgeUplink(
  target: Target,
  definition: BoardDefinition,
  wire: { readonly failed: Promise<never> } | undefined,
  options: BoardOptions,
): Promise<Uplink> {
  const { clock, random } = target
  const session = sessionOn(target)
  if (!(await session.begin(SESSION_LIMIT))) {
    await session.close()
    throw new TargetError(
      `no board answers on ${target.name} within ${SESSION_LIMIT / SECOND} s; \`linkpulse check ${target.name}\` says why`,
    )
  }
  await session.settle()
  await session.bridge()
  const interrupt = await session.watchInterrupt()
  const { address, gateway, memory, offers, wallClock = Date.now } = options
  const controller = new Controller({
    clock,
    random: random.fork('controller'),
    runner: session.runner,
    ...(interrupt === undefined ? {} : { interrupt }),
    config: {
      station: mac(definition.network.station),
      address,
      ...(address === 'dhcp' ? { dhcp: { startDelay: 0, hostName: definition.name } } : {}),
      startUpNanoseconds: 0,
      title: `${definition.title}, its chip driven across the serial bridge`,
      services: offers,
      wallClock,
      ...(gateway === undefined ? {} : { gateway }),
      ...(memory === undefined ? {} : { memory }),
      ...ipv6Of(options),
    },
  })
  controller.powerOn()
  const lost = target.drive(new Promise<never>(() => {})) // rejects when the port vanishes
  lost.catch(() => {})
  return {
    stack: controller.stack,
    clock,
    watches: [new FrameWatch(controller.network, target.name)],
    get linkUp() {
      return controller.state.matches({ on: { link: 'up' } })
    },
    services: controller.services,
    dhcp: dhcpOf(controller),
    failed: wire === undefined ? lost : Promise.race([lost, wire.failed]),
    describe: () => ({
      board: session.identity?.board ?? definition.name,
      state: controller.state.value,
      serial: session.counts,
    }),
    async close() {
      controller.powerOff()
      await session.handBack()
      await session.close()
    },
  }
}

/** What a board is given of IPv6. */
export function ipv6Of({ addresses6 }: BoardOptions): { readonly ipv6?: HostIpv6 } {
  return addresses6 === undefined ? {} : { ipv6: { side: Ipv6Side, addresses: addresses6.map(formatIpv6Interface) } }
}

export function dhcpOf({ dhcp, network }: Controller): ReadonlyMap<string, DhcpClient> {
  return new Map(dhcp === undefined ? [] : [[network.name, dhcp]])
}
