/**
 * Simulated boards as targets: one board, a cable, and a lab host that answers ARP and ping. The host reaches the board over a line in
 * memory, in virtual time.
 */
import { createAvrBench } from '../../boards/avr/bench.js'
import type { FlashImage } from '../../boards/avr/flash-image.js'
import { BOARDS } from '../../boards/catalogue/catalogue.js'
import type { BoardDefinition } from '../../boards/catalogue/definition.js'
import type { Bench } from '../../boards/faults/bench.js'
import { createBench } from '../../boards/faults/create-bench.js'
import { settleFault } from '../../boards/faults/settle.js'
import { StrictError, UsageError } from '../errors/errors.js'
import { rangeAsUsage } from '../errors/range-as-usage.js'
import { hexOctets } from '../hex-octets.js'
import { type HostPump, SimulationPump } from '../serial/drive.js'
import { SimulatedLine } from './simulated-line.js'
import { surroundingsOf } from './surroundings.js'
import type { SimulatedBackend, SimulationOptions, Target } from './target.js'

const DEFAULT_SEED = 1

/** @throws UsageError for a name that is not in the catalogue */
export function boardNamed(name: string): BoardDefinition {
  const definition = BOARDS.get(name)
  if (definition === undefined) {
    throw new UsageError(`there is no board "${name}"; the boards are ${[...BOARDS.keys()].join(', ')}`)
  }
  return definition
}

/** @throws UsageError for a fault nobody knows, or that this board cannot have, and for an `avr` board without a firmware. */
export function buildBench(definition: BoardDefinition, options: SimulationOptions, backend: SimulatedBackend): Bench {
  const { baud, faults = [], seed = DEFAULT_SEED, image } = options
  for (const text of faults) rangeAsUsage(() => settleFault(text, definition, backend))
  const board = baud === undefined ? definition : { ...definition, serial: { ...definition.serial, baud } }
  if (backend === 'model') return rangeAsUsage(() => createBench({ board, faults, seed }))
  const firmware = image ?? noFirmware(definition)
  return rangeAsUsage(() => createAvrBench({ board, faults, seed, image: firmware }))
}

function noFirmware({ name }: BoardDefinition): FlashImage {
  throw new UsageError(
    `avr:${name} executes a compiled firmware, and was given none: give an \`image\` (parseImage reads .hex and ELF), or open it with 'linkpulse/node', which has those of the bridge firmware`,
  )
}

/** Tells of the first use of the chip that its data sheet forbids. */
export function onMisuse({ board }: Bench, tell: (error: StrictError) => void): void {
  board.chip.onFinding((finding) => {
    const octets = hexOctets(finding.octets)
    tell(
      new StrictError(
        `stopped at ${finding.at} ns: ${finding.rule} (${finding.id}, octets ${octets}) [${finding.source}]; leave --strict out to go on after such findings`,
      ),
    )
  })
}

/**
 * A bench that stands already, as a target in virtual time.
 * @param pump what lets its time pass; by default whoever drives the target does
 */
export function openBench(
  name: string,
  bench: Bench,
  backend: SimulatedBackend,
  options: Pick<SimulationOptions, 'timeLimit' | 'strict'> = {},
  pump: HostPump = new SimulationPump(bench.lab.clock, options.timeLimit),
): Target {
  const { board, lab } = bench
  const { baud } = board.definition.serial
  const line = new SimulatedLine({ end: board.serial, clock: pump.clock, baud, onDelivered: () => pump.touch() })
  if (options.strict) onMisuse(bench, (error) => pump.abandon(error))
  return {
    name,
    backend,
    board: board.definition.name,
    seed: lab.seed,
    line,
    modem: line,
    clock: pump.clock,
    random: lab.random.fork('host end'),
    bench,
    surroundings: surroundingsOf(bench, pump.clock),
    drive: (work) => pump.drive(work),
    close: async () => line.close(),
  }
}

/**
 * @param name what to call it in reports: `model:uno`
 * @throws UsageError for a fault nobody knows, and for what this board cannot be
 */
export function openSimulated(
  name: string,
  definition: BoardDefinition,
  options: SimulationOptions,
  backend: SimulatedBackend,
): Target {
  return openBench(name, buildBench(definition, options, backend), backend, options)
}
