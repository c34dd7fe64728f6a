/** A board on a wire, in real time: one that runs the stack itself, and one whose chip is driven across the serial bridge. */
import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import type { Bench } from '../../../boards/faults/bench.js'
import { createBenchWith } from '../../../boards/faults/create-bench.js'
import type { SimulatedBoard } from '../../../boards/model/board.js'
import { Controller } from '../../../firmware/controller/controller.js'
import { SECOND } from '../../../firmware/hal/clock.js'
import { formatIpv4, type Ipv4Address, type Ipv4Interface, mac } from '../../../firmware/net/address.js'
import type { DhcpClient } from '../../../firmware/net/dhcp/client.js'
import type { ServiceName } from '../../../firmware/services/service.js'
import { sessionOn } from '../../check/session.js'
import { TargetError } from '../../errors/errors.js'
import { FrameWatch } from '../../network/frame-watch.js'
import type { Uplink } from '../../network/uplink.js'
import { RealTimePacer } from '../../serial/pacing.js'
import type { Target } from '../../target/target.js'
import { plugIntoTap, type TapCable } from './tap-cable.js'

export interface BoardOptions {
  /** `dhcp`: a server on the wire will tell. */
  readonly address: Ipv4Interface | 'dhcp'
  readonly gateway: Ipv4Address | undefined
  readonly memory: number | undefined
  readonly offers: readonly ServiceName[]
}

/** How long a board may take to answer on its serial port: a boot loader waits for two seconds. */
const SESSION_LIMIT = 5 * SECOND

/** A board as the catalogue has it, called something else. */
export function renamed(definition: BoardDefinition, { address, gateway }: BoardOptions): BoardDefinition {
  if (address === 'dhcp') return definition
  const own = `${formatIpv4(address.address)}/${address.prefixLength}`
  const first = gateway === undefined ? definition.network.gateway : formatIpv4(gateway)
  return { ...definition, network: { ...definition.network, address: own, gateway: first } }
}

/**
 * `model:BOARD`: its controller runs the stack.
 * @throws TapError when the device cannot be had; RangeError for a fault that this board cannot have
 */
export function modelUplink(
  definition: BoardDefinition,
  tap: string,
  options: BoardOptions & { readonly faults: readonly string[]; readonly seed: number | undefined },
): Uplink & { readonly bench: Bench<SimulatedBoard> } {
  const { faults, seed, offers, memory } = options
  const bench = createBenchWith(
    { board: renamed(definition, options), faults, ...(seed === undefined ? {} : { seed }) },
    (lab, board, broken) =>
      lab.addBoard(board, {
        powered: false,
        ...broken,
        services: offers,
        ...(options.address === 'dhcp' ? { address: 'dhcp', dhcp: { startDelay: 0 } } : {}),
        wallClock: Date.now,
        ...(memory === undefined ? {} : { memory }),
      }),
  )
  const { board, lab } = bench
  const pacer = new RealTimePacer(lab.clock, { restful: true })
  const wire = plugIntoTap(bench, tap, (input) => pacer.enter(input))
  pacer.start()
  return {
    bench,
    stack: board.controller.stack,
    clock: lab.clock,
    watches: [new FrameWatch(board.controller.network, tap)],
    get linkUp() {
      return board.state.matches({ on: { link: 'up' } })
    },
    failed: wire.failed,
    services: board.controller.services,
    dhcp: dhcpOf(board.controller),
    describe: () => ({
      board: board.definition.name,
      state: board.state.value,
      chip: board.chip.counters,
      findings: board.chip.findings.length,
      realTime: pacer.counters,
    }),
    async close() {
      pacer.stop()
      wire.close()
    },
  }
}

/**
 * `avr:BOARD` and real boards: the stack runs here and drives the chip across the serial bridge.
 * @param target an open port
 * @param wire where the cable of a simulated board goes; undefined: a real one's is where it is
 * @throws TargetError when the board does not answer
 */
export async function bridgeUplink(
  target: Target,
  definition: BoardDefinition,
  wire: TapCable | undefined,
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
  const { address, gateway, memory, offers } = options
  const controller = new Controller({
    clock,
    random: random.fork('controller'),
    runner: session.runner,
    ...(interrupt === undefined ? {} : { interrupt }),
    config: {
      station: mac(definition.network.station),
      address,
      ...(address === 'dhcp' ? { dhcp: { startDelay: 0, hostName: definition.name } } : {}),
      startUp: 0,
      title: `${definition.title}, its chip driven across the serial bridge`,
      services: offers,
      wallClock: Date.now,
      ...(gateway === undefined ? {} : { gateway }),
      ...(memory === undefined ? {} : { memory }),
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

function dhcpOf({ dhcp, network }: Controller): ReadonlyMap<string, DhcpClient> {
  return new Map(dhcp === undefined ? [] : [[network.name, dhcp]])
}
