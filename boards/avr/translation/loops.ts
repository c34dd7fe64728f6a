/**
 * Loops of a program that are repeated often, as JavaScript of their own: two to eight times as fast where they compute, and exact to the
 * cycle. The instruction loop asks at each branch backwards that is taken, and nowhere else. A loop runs until fewer cycles are left than one
 * way through it may take, or until it comes to something that is not plain memory; the interpreter goes on from there.
 *
 * Where a policy forbids making functions of text (`unsafe-eval`), all stays with the interpreter.
 */
import { type LoopMemory, readLoop } from './loop-shape.js'
import { loopSource } from './loop-source.js'

/** What a translated loop needs of its core. */
export interface LoopCore extends LoopMemory {
  readonly data: Uint8Array
  readonly progBytes: Uint8Array
  readonly lpmAsks: boolean
  pc: number
}

type LoopFunction = (
  cpu: LoopCore,
  data: Uint8Array,
  loadKind: Uint8Array,
  storeKind: Uint8Array,
  flash: Uint8Array,
  left: number,
) => number

interface Loop {
  readonly head: number
  readonly run: LoopFunction
  readonly worst: number
  /** Cycles that it has run beyond those that entering it costs. */
  credit: number
}

/** Times that a branch backwards is taken before its loop is looked at; in `heat` it says: not to be translated. */
export const INTERPRETED = 1000
/** About what entering a loop costs, in cycles that the interpreter executes meanwhile. */
const ENTRY_CYCLES = 24
/** A loop that has cost so much more than it gained is left to the interpreter. */
const MOST_DEBT = 24_000
const MOST_CREDIT = 24_000
/** Functions that are kept by their text: boards with one program share them. */
const MOST_FUNCTIONS = 256

const FUNCTIONS = new Map<string, LoopFunction>()
let isAllowed = true

/** Those of a core that is new; undefined where it is known that none can be made. */
export function loopTableOf(cpu: LoopCore): LoopTable | undefined {
  return isAllowed ? new LoopTable(cpu) : undefined
}

export class LoopTable {
  /** By word address of where a branch backwards leads: how often, or `INTERPRETED`, or beyond it the number of its loop. */
  readonly heat: Uint16Array
  readonly #cpu: LoopCore
  #loops: Loop[] = []

  constructor(cpu: LoopCore) {
    this.#cpu = cpu
    this.heat = new Uint16Array(cpu.progMem.length)
  }

  /** Loops that are translated now. */
  get size(): number {
    return this.#loops.length
  }

  /** A branch at word `tail` was taken to `head`, which is not beyond it and not refused. */
  warm(head: number, tail: number): void {
    if (++this.heat[head] < INTERPRETED) return
    const shape = readLoop(this.#cpu, head, tail)
    const run = shape === undefined ? undefined : functionOf(loopSource(shape))
    if (shape === undefined || run === undefined || this.#loops.length > 0xffff - INTERPRETED - 1) return
    this.#loops.push({ head, run, worst: shape.worst, credit: 0 })
    this.heat[head] = INTERPRETED + this.#loops.length
  }

  /**
   * Runs a loop from its beginning, where `cpu.pc` is; `cpu.pc` is then the instruction that comes next.
   * @param number as in `heat`
   * @param left cycles up to the limit
   * @returns those left
   */
  enter(number: number, left: number): number {
    const loop = this.#loops[number - INTERPRETED - 1]
    if (left <= loop.worst) return left
    const cpu = this.#cpu
    const after = loop.run(cpu, cpu.data, cpu.loadKind, cpu.storeKind, cpu.progBytes, left)
    const credit = loop.credit + left - after - ENTRY_CYCLES
    loop.credit = credit < MOST_CREDIT ? credit : MOST_CREDIT
    if (credit < -MOST_DEBT) this.heat[loop.head] = INTERPRETED
    return after
  }

  /** Flash was written: what was translated is another program's. */
  forget(): void {
    this.#loops = []
    this.heat.fill(0)
  }
}

function functionOf(source: string): LoopFunction | undefined {
  const known = FUNCTIONS.get(source)
  if (known !== undefined || !isAllowed) return known
  let made: LoopFunction
  try {
    made = new Function('cpu', 'data', 'loadKind', 'storeKind', 'flash', 'left', source) as LoopFunction
  } catch (error) {
    if (!(error instanceof EvalError)) throw error
    // A page's policy, which does not change.
    isAllowed = false
    return undefined
  }
  if (FUNCTIONS.size >= MOST_FUNCTIONS) FUNCTIONS.clear()
  FUNCTIONS.set(source, made)
  return made
}
