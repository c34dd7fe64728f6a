/** A simulated board that runs the stack itself, its cable in something of this computer's, in real time. */
import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import type { ChipBoard } from '../../../boards/chip-board.js'
import type { Bench } from '../../../boards/faults/bench.js'
import { createBenchWith } from '../../../boards/faults/create-bench.js'
import type { SimulatedBoard } from '../../../boards/model/board.js'
import { formatIpv4 } from '../../../firmware/net/address.js'
import { type BoardOptions, dhcpOf, ipv6Of } from '../../network/bridge-uplink.js'
import { FrameWatch } from '../../network/frame-watch.js'
import type { Uplink } from '../../network/uplink.js'
import { RealTimePacer } from '../../serial/pacing.js'

/** Where the cable of a simulated board leads. */
export interface PluggedCable {
  /** Rejects when what it leads to is lost. */
  readonly failed: Promise<never>
  /** What `net stat` shows of it. */
  describe?(): Readonly<Record<string, unknown>>
  close(): void
}

/**
 * Plugs the board's cable in.
 * @param enter hands something from outside to the simulation, at the present instant
 */
export type PlugCable<Board extends ChipBoard = ChipBoard> = (
  bench: Bench<Board>,
  enter: (input: () => void) => void,
) => PluggedCable | Promise<PluggedCable>

/** A board as the catalogue has it, called something else. */
function renamed(definition: BoardDefinition, { address, gateway }: BoardOptions): BoardDefinition {
  if (address === 'dhcp') return definition
  const own = `${formatIpv4(address.address)}/${address.prefixLength}`
  const first = gateway === undefined ? definition.network.gateway : formatIpv4(gateway)
  return { ...definition, network: { ...definition.network, address: own, gateway: first } }
}

/**
 * `model:BOARD`: its controller runs the stack.
 * @param wire what captures call its interface
 * @throws RangeError for a fault that this board cannot have; what `plug` throws
 */
export async function modelUplink(
  definition: BoardDefinition,
  wire: string,
  plug: PlugCable,
  options: BoardOptions & { readonly faults: readonly string[]; readonly seed: number | undefined },
): Promise<Uplink & { readonly bench: Bench<SimulatedBoard> }> {
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
        ...ipv6Of(options),
      }),
  )
  const { board, lab } = bench
  const pacer = new RealTimePacer(lab.clock, { restful: true })
  const cable = await plug(bench, (input) => pacer.enter(input))
  pacer.start()
  return {
    bench,
    stack: board.controller.stack,
    clock: lab.clock,
    watches: [new FrameWatch(board.controller.network, wire)],
    get linkUp() {
      return board.state.matches({ on: { link: 'up' } })
    },
    failed: cable.failed,
    services: board.controller.services,
    dhcp: dhcpOf(board.controller),
    describe: () => ({
      board: board.definition.name,
      state: board.state.value,
      chip: board.chip.counters,
      findings: board.chip.findings.length,
      realTime: pacer.counters,
      ...cable.describe?.(),
    }),
    async close() {
      pacer.stop()
      cable.close()
    },
  }
}
