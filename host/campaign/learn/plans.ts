/**
 * Which runs a dictionary is learned from, and which it is judged by: every fault at many severities, and sound boards as widely. All
 * is drawn from a seed, so a plan is the same each time; the seeds of what is learned from and of what is judged by are never the same.
 */
import { BOARDS, findBoard } from '../../../boards/catalogue/catalogue.js'
import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import { type Fault, happensIn } from '../../../boards/faults/fault.js'
import { FAULTS } from '../../../boards/faults/registry.js'
import { drawFault, type SettledFault, settleFault } from '../../../boards/faults/settle.js'
import { SeededRandom } from '../../../boards/simulation/random.js'
import type { Random } from '../../../firmware/hal/random.js'
import type { PlannedRun } from '../plan.js'

const REVISIONS = ['B1', 'B4', 'B5', 'B7'] as const
const BOXES = ['hub', 'repeater', 'switch'] as const
/** What adapters and boards of the catalogue are asked for, in symbols a second, beside the board's own. */
const RATES = [57_600, 115_200, 250_000, 500_000] as const
/** Share of the line that others take at most. */
const HIGHEST_LOAD = 0.2

function pick<T>(random: Random, of: readonly T[]): T {
  return of[random.below(of.length)]
}

/** Where a board may stand: most often on a desk, next to its partner; then with boxes, others who talk, and other settings. */
function surroundings(random: Random, own: number): Omit<PlannedRun, 'board' | 'faults' | 'seed'> {
  const traffic = random.below(4) === 0
  const box = random.below(3) === 0
  return {
    ...(random.below(4) === 0 ? { baud: Math.min(own, pick(random, RATES)) } : {}),
    ...(box ? { between: pick(random, traffic ? (['hub', 'switch'] as const) : BOXES) } : {}),
    ...(traffic
      ? {
          traffic: {
            to: [random.below(2) === 0 ? 'unicast' : 'broadcast'] as const,
            load: 0.01 * (1 + random.below(100 * HIGHEST_LOAD)),
            octets: pick(random, [64, 200, 600, 1518]),
          },
        }
      : {}),
    ...(random.below(2) === 0 ? { cableLength: 1 + random.below(95) } : {}),
    ...(random.below(4) === 0 ? { view: 'bench' as const } : {}),
  }
}

/** B1 and B4 are only sound with 8 MHz of SPI clock (DS80349C 1). */
function soundRevisions(board: string): readonly (typeof REVISIONS)[number][] {
  return findBoard(board).chip.spiClock < 8e6 ? ['B5', 'B7'] : REVISIONS
}

/** Nothing broken, in as many ways as there are of that. */
export function soundRuns(count: number, seed: number): PlannedRun[] {
  const random = new SeededRandom(seed).fork('sound boards')
  return Array.from({ length: count }, (_, index) => {
    const board = pick(random, [...BOARDS.keys()])
    return {
      board,
      faults: [],
      seed: seed + index,
      ...(random.below(2) === 0 ? { revision: pick(random, soundRevisions(board)) } : {}),
      ...surroundings(random, findBoard(board).serial.baud),
    }
  })
}

/** A box is between what a straight cable is for, so it breaks nothing there. */
const NOT_WITH_A_BOX: ReadonlySet<string> = new Set(['cable-straight'])

/** Of what a user does not suffer there is enough where a fault has been drawn so often. */
const DRAWS = 3

/** A fault at some severity, mostly one of which a user suffers; the first run of each has it at its default. */
function drawn(fault: Fault, index: number, random: Random, definition: BoardDefinition): SettledFault {
  if (index === 0) return settleFault(fault.name, definition, 'model')
  let settled = drawFault(fault, random, definition, 'model')
  for (let draw = 1; draw < DRAWS && !settled.suffered; draw++) settled = drawFault(fault, random, definition, 'model')
  return settled
}

/** A run of one fault, and whether a user suffers from it, as far as its family declares. */
export interface FaultRun extends PlannedRun {
  readonly suffered: boolean
}

/** Each fault `count` times: all of them once, then all once more, so that a campaign that is ended early knows something of each. */
export function faultRuns(count: number, seed: number): FaultRun[] {
  const possible = [...FAULTS.values()].filter((fault) => happensIn(fault, 'model'))
  const byFault = possible.map((fault) => {
    const { name, boards } = fault
    const random = new SeededRandom(seed).fork(`fault ${name}`)
    return Array.from({ length: count }, (_, index) => {
      const board = pick(random, boards ?? [...BOARDS.keys()])
      const definition = findBoard(board)
      const { text, suffered } = drawn(fault, index, random, definition)
      const { between, traffic, ...desk } = surroundings(random, definition.serial.baud)
      const boxed = NOT_WITH_A_BOX.has(name)
        ? {}
        : { ...(between === undefined ? {} : { between }), ...(traffic === undefined ? {} : { traffic }) }
      return { board, faults: [text], seed: random.below(2 ** 31), suffered, ...desk, ...boxed }
    })
  })
  return Array.from({ length: count }, (_, index) => byFault.map((runs) => runs[index])).flat()
}

/** What most people have: one board and its partner, a cable, and nobody else. So often in either view. */
const PLAIN_RUNS = 2

/** Each fault at its default on a plain bench: what chance has dealt with boxes and other stations in all runs is known alone as well. */
export function plainRuns(seed: number): FaultRun[] {
  const possible = [...FAULTS.values()].filter((fault) => happensIn(fault, 'model'))
  return possible.flatMap(({ name, boards }) => {
    const random = new SeededRandom(seed).fork(`plain ${name}`)
    const board = boards?.[0] ?? 'uno'
    const { text, suffered } = settleFault(name, findBoard(board), 'model')
    return (['desk', 'bench'] as const).flatMap((view) =>
      Array.from({ length: PLAIN_RUNS }, () => ({
        board,
        faults: [text],
        seed: random.below(2 ** 31),
        suffered,
        view,
      })),
    )
  })
}
