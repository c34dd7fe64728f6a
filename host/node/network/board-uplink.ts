/** A simulated board that runs the stack itself, on a wire to the kernel of this computer, in real time. */
import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import type { Bench } from '../../../boards/faults/bench.js'
import { createBenchWith } from '../../../boards/faults/create-bench.js'
import type { SimulatedBoard } from '../../../boards/model/board.js'
import { formatIpv4 } from '../../../firmware/net/address.js'
import { type BoardOptions, dhcpOf, ipv6Of } from '../../network/bridge-uplink.js'
import { FrameWatch } from '../../network/frame-watch.js'
import type { Uplink } from '../../network/uplink.js'
import { RealTimePacer } from '../../serial/pacing.js'
import { plugIntoTap } from './tap-cable.js'

/** A board as the catalogue has it, called something else. */
function renamed(definition: BoardDefinition, { address, gateway }: BoardOptions): BoardDefinition {
  if (address === 'dhcp') return definition
  const own = `${formatIpv4(address.address)}/${address.prefixLength}`
  const first = gateway === undefined ? definition.network.gateway : formatIpv4(gateway)
  return { ...definition, network: { ...definition.network, address: own, gateway: first } }
}

/**
 * `model:BOARD`: its controller runs the stack.
 * @throws TapError when the device cannot be opened; RangeError for a fault that this board cannot have
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
        ...ipv6Of(options),
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
