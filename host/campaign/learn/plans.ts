/**
 * Which runs a dictionary is learned from, and which it is judged by: every fault at many severities, and sound boards as widely. All
 * is drawn from a seed, so a plan is the same each time; the seeds of what is learned from and of what is judged by are never the same.
 */
import { BOARDS, findBoard } from '../../../boards/catalogue/catalogue.js'
import { type Fault, happensIn } from '../../../boards/faults/fault.js'
import { FAULTS } from '../../../boards/faults/registry.js'
import { drawFault, type SettledFault, settleFault } from '../../../boards/faults/settle.js'
import { SeededRandom } from '../../../boards/simulation/random.js'
import type { SiliconRevision } from '../../../firmware/enc28j60/registers.js'
import type { Random } from '../../../firmware/hal/random.js'
import type { PlannedRun } from '../plan.js'
import { dealer, onceIn } from './dealer.js'

const REVISIONS = ['B1', 'B4', 'B5', 'B7'] as const
const BOXES = ['hub', 'repeater', 'switch'] as const
/** What adapters and boards of the catalogue are asked for, in symbols a second, beside the board's own. */
const RATES = [9_600, 19_200, 38_400, 57_600, 115_200, 250_000, 500_000] as const
/** Share of the line that others take at most. */
const HIGHEST_LOAD = 0.2

/** B1 and B4 are only sound with 8 MHz of SPI clock (DS80349C 1): a board that has less of it has had a newer one soldered on. */
function soundRevision(board: string, revision: SiliconRevision): SiliconRevision {
  const { spiClock } = findBoard(board).chip
  return spiClock < 8e6 && (revision === 'B1' || revision === 'B4') ? 'B7' : revision
}

/** So many runs stand for one with its firmware compiled, on an emulated controller. */
const EMULATED = 10

/** An Arduino is reset when its port is opened, boards without that circuit go on, and one that is plugged in starts. */
const OPENED = ['resets', 'resets', 'running', 'starts'] as const

function startedBy(opened: (typeof OPENED)[number]): Pick<PlannedRun, 'opened'> {
  return opened === 'starts' ? {} : { opened }
}

type Surroundings = Omit<PlannedRun, 'faults' | 'seed'>

/** Computers that are busy now and then, and adapters that hand octets over late, so little that nobody suffers: 16 ms is FTDI's default. */
const COMPUTERS = [
  ...[2, 5, 10].flatMap((away) =>
    [0.2, 1, 5].map((every) => `computer-slow:away=${away}ms,every=${every}s,buffer=1024octets`),
  ),
  ...[1, 1, 2, 2, 4, 8, 16, 16, 16].map((timer) => `adapter-latency:${timer}ms`),
]

/**
 * Where a board may stand: most often on a desk, next to its partner; then with boxes, others who talk, and other settings. Each is dealt
 * (`dealer.ts`): a family that by chance stood beside others who talk more often than the rest would have that for a symptom.
 * @param boards that can be meant, and `emulated` whether they can be on an emulated controller
 */
function dealSurroundings(random: Random, boards: readonly string[], emulated: boolean): () => Surroundings {
  const deal = <Card>(name: string, cards: readonly Card[]) => dealer(random.fork(name), cards)
  const once = (name: string, of: number) => onceIn(random.fork(name), of)
  const board = deal('board', boards)
  const avr = once('emulated', EMULATED)
  const otherRate = once('other rate', 4)
  const rate = deal('rate', RATES)
  const otherRevision = once('other revision', 2)
  const old = deal('revision', REVISIONS)
  const boxed = once('boxed', 3)
  const talking = once('talking', 4)
  const box = deal('box', BOXES)
  const boxBesideOthers = deal('box beside others', ['hub', 'switch'] as const)
  const to = deal('to', ['unicast', 'broadcast'] as const)
  const octets = deal('octets', [64, 200, 600, 1518] as const)
  const otherCable = once('other cable', 2)
  const late = once('late', 4)
  const computer = deal('computer', COMPUTERS)
  const opened = deal('opened', OPENED)
  const bench = once('bench', 4)
  return () => {
    const name = board()
    const { serial } = findBoard(name)
    const isEmulated = emulated && avr()
    const traffic = talking()
    return {
      board: name,
      ...(isEmulated ? { backend: 'avr' as const } : {}),
      // A compiled firmware has the rate that it was built for.
      ...(!isEmulated && otherRate() ? { baud: Math.min(serial.baud, rate()) } : {}),
      ...(otherRevision() ? { revision: soundRevision(name, old()) } : {}),
      ...(boxed() ? { between: traffic ? boxBesideOthers() : box() } : {}),
      ...(traffic
        ? { traffic: { to: [to()], load: 0.01 * (1 + random.below(100 * HIGHEST_LOAD)), octets: octets() } }
        : {}),
      ...(otherCable() ? { cableLength: 1 + random.below(95) } : {}),
      ...(late() ? { computer: computer() } : {}),
      ...startedBy(opened()),
      ...(bench() ? { view: 'bench' as const } : {}),
    }
  }
}

/** Nothing broken, in as many ways as there are of that. */
export function soundRuns(count: number, seed: number): PlannedRun[] {
  const around = dealSurroundings(new SeededRandom(seed).fork('sound boards'), [...BOARDS.keys()], true)
  return Array.from({ length: count }, (_, index) => ({ ...around(), faults: [], seed: seed + index }))
}

/** A box is between what a straight cable is for, so it breaks nothing there. */
const NOT_WITH_A_BOX: ReadonlySet<string> = new Set(['cable-straight'])

/** Of what a user does not suffer there is enough where a fault has been drawn so often. */
const DRAWS = 3

/** A fault at some severity, mostly one of which a user suffers; the first run of each has it at its default. */
function drawn(fault: Fault, index: number, random: Random, { board, backend, baud }: Surroundings): SettledFault {
  const mode = backend ?? 'model'
  const definition = findBoard(board)
  const rated = baud === undefined ? definition : { ...definition, serial: { ...definition.serial, baud } }
  if (index === 0) return settleFault(fault.name, rated, mode)
  let settled = drawFault(fault, random, rated, mode)
  for (let draw = 1; draw < DRAWS && !settled.suffered; draw++) settled = drawFault(fault, random, rated, mode)
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
    const { name, boards, layer } = fault
    const random = new SeededRandom(seed).fork(`fault ${name}`)
    const around = dealSurroundings(random.fork('surroundings'), boards ?? [...BOARDS.keys()], happensIn(fault, 'avr'))
    return Array.from({ length: count }, (_, index) => {
      const { between, traffic, computer, ...desk } = around()
      const { text, suffered } = drawn(fault, index, random, desk)
      const boxed = NOT_WITH_A_BOX.has(name)
        ? {}
        : { ...(between === undefined ? {} : { between }), ...(traffic === undefined ? {} : { traffic }) }
      // Two who both hold up what arrives would undo each other's pauses.
      const held = layer === 'computer' || computer === undefined ? {} : { computer }
      return { ...desk, ...boxed, ...held, faults: [text], seed: random.below(2 ** 31), suffered }
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
