/**
 * The bench of a check: one board, one host as its partner, a cable between them, and whatever is broken. The same for the
 * command line, for tests and for the workshop.
 */

import { findBoard } from '../catalogue/catalogue.js'
import type { BoardDefinition } from '../catalogue/definition.js'
import type { ChipBoard } from '../chip-board.js'
import { createBareLab, type Lab } from '../lab.js'
import { BOARD, CABLE_OPTIONS, LAB_OPTIONS } from '../lab-options.js'
import type { AddHostOptions } from '../lab-settings.js'
import type { SimulatedBoard } from '../model/board.js'
import { checkOptions, listOf, type RulesFor, required } from '../options.js'
import type { Bench } from './bench.js'
import type { BreakableMode, Breakage } from './fault.js'
import { settleFault } from './settle.js'

export interface BenchOptions {
  readonly seed?: number
  /** A name from the catalogue, or a definition read from a board file. */
  readonly board: string | BoardDefinition
  /** As on the command line: `miso-open`, `cable-noise:0.32V`, `brown-out:every=30s,volts=2.4V`. */
  readonly faults?: readonly string[]
  /** Metres between board and partner, 5 by default; a fault that asks for another length has it. */
  readonly cableLength?: number
}

const BENCH_OPTIONS: RulesFor<BenchOptions> = {
  seed: LAB_OPTIONS.seed,
  board: required(BOARD),
  faults: listOf((name) => typeof name === 'string', "give a list of faults by name, as ['miso-open']"),
  cableLength: CABLE_OPTIONS.length,
}

/** Metres between board and partner. */
const CABLE_LENGTH = 5

/** What faults ask a board to be built with. */
export type BrokenBoard = NonNullable<Breakage['board']>

/**
 * Builds the bench, breaks what is to be broken, and switches the board on.
 * @throws RangeError for a board or a fault that does not exist, or a fault that this board cannot have; TypeError for an option
 *   of the wrong type, or unknown
 */
export function createBench(options: BenchOptions): Bench<SimulatedBoard> {
  checkOptions('createBench', options, BENCH_OPTIONS)
  return createBenchWith(options, (lab, definition, broken) => lab.addBoard(definition, { powered: false, ...broken }))
}

/** As `createBench`, with a board of the caller's making, without supply: `mode` says who executes its firmware. */
export function createBenchWith<Board extends ChipBoard>(
  options: BenchOptions,
  makeBoard: (lab: Lab, definition: BoardDefinition, broken: BrokenBoard) => Board,
  mode: BreakableMode = 'model',
): Bench<Board> {
  const { board, seed, ...rest } = options
  const definition = typeof board === 'string' ? findBoard(board) : board
  refuseFaults(rest.faults, definition, mode)
  const lab = createBareLab(seed === undefined ? {} : { seed })
  return addBench(lab, { ...rest, definition }, (broken) => makeBoard(lab, definition, broken), mode)
}

export interface AddBenchOptions extends Pick<BenchOptions, 'faults' | 'cableLength'> {
  readonly definition: BoardDefinition
  /** What the partner has beside its address; a fault's own settings come before it. */
  readonly peer?: Partial<AddHostOptions>
}

/**
 * Builds a bench in a lab that stands: a board of the caller's making, without supply, with its partner and a cable of its own.
 * @throws RangeError as `createBench`; nothing is added then
 */
export function addBench<Board extends ChipBoard, In extends Lab>(
  lab: In,
  { definition, faults: texts = [], cableLength = CABLE_LENGTH, peer: wanted }: AddBenchOptions,
  makeBoard: (broken: BrokenBoard) => Board,
  mode: BreakableMode,
): Bench<Board, In> {
  refuseFaults(texts, definition, mode)
  const faults = texts.map((text) => settleFault(text, definition, mode).breakage)
  const board = makeBoard(brokenBoard(faults))
  const prefix = definition.network.address.split('/')[1]
  const peer = lab.addHost({
    name: 'peer',
    address: `${definition.network.gateway}/${prefix}`,
    ...wanted,
    ...Object.assign({}, ...faults.map((fault) => fault.peer ?? {})),
  }) as ReturnType<In['addHost']>
  // A fault may give the partner the board's own address.
  const sameAddresses = faults.some((fault) => fault.peer?.address !== undefined)
  const make = Object.assign({ length: cableLength, sameAddresses }, ...faults.map((fault) => fault.cable ?? {}))
  const cable = lab.connect(board.port, peer.port, make)
  const bench = { lab, board, peer, cable }
  for (const fault of faults) fault.apply?.(bench)
  board.powerOn()
  return bench
}

/** @throws RangeError for a fault that the board cannot have, and for two that both want the plug at the partner */
function refuseFaults(texts: readonly string[] = [], definition: BoardDefinition, mode: BreakableMode): void {
  const moving = texts.map((text) => settleFault(text, definition, mode)).filter(({ breakage }) => breakage.movesPlug)
  if (moving.length < 2) return
  const [first, second] = moving.map(({ fault }) => fault.name)
  throw new RangeError(`${first} and ${second} both move the plug at the partner; take one of them`)
}

/** What several faults do to one chip comes together. */
export function brokenBoard(faults: readonly Breakage[]): BrokenBoard {
  const built = faults.flatMap(({ board }) => board ?? [])
  const defects = Object.assign({}, ...built.map((board) => board.defects ?? {}))
  const all: BrokenBoard = Object.assign({}, ...built)
  return built.some((board) => board.defects !== undefined) ? { ...all, defects } : all
}
