/**
 * Two chips and the same programs: the first thing in which the one answers otherwise than the other, and the shortest program that was
 * found to show it.
 */
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Batch, ChipAccess } from '../../../firmware/enc28j60/access.js'
import { ChipError } from '../../../firmware/enc28j60/chip-error.js'
import type { ChipDriver } from '../driver.js'
import { comparedBits } from './masks.js'
import { type ChipOperation, isLegal, perform, type RegisterReading } from './operation.js'
import { randomProgram } from './random-program.js'
import { type BrokenRule, ruleOf } from './rules.js'

/** Whatever does SPI work on a chip. */
type ChipRunner = Pick<ChipDriver, 'run'>

/** What became of an operation: what was read, or why it could not be done. */
export type StepAnswer = { readonly read: readonly RegisterReading[] } | { readonly failed: string }

export interface DifferingStep {
  readonly operation: ChipOperation
  readonly expected: StepAnswer
  readonly got: StepAnswer
}

export interface ChipDifference {
  /** Number of the program, from 1 on. */
  readonly program: number
  /** Programs that were run again, whole, and of these those that differed again. */
  readonly again: { readonly of: number; readonly differed: number }
  /** Every step up to the first that differs. */
  readonly steps: readonly DifferingStep[]
  /** What was read that differs; undefined where one chip did not do it at all. */
  readonly reading:
    | { readonly of: string; readonly digits: number; readonly expected: number; readonly got: number }
    | undefined
  /** The bits in which it does. */
  readonly bits: number
  readonly rule: BrokenRule
}

export interface ChipComparison {
  readonly programs: number
  /** Done on each of the two, before the difference was looked into. */
  readonly operations: number
  readonly difference: ChipDifference | undefined
}

export interface CompareChipsOptions {
  readonly seed: number
  readonly programs: number
  /** Is called before each program. */
  readonly onProgram?: (number: number) => void
}

/** How often a program is run again that differed. */
const REPEATS = 3
/** Runs that a shorter program is looked for in. */
const SHRINKING_RUNS = 200

interface Trial {
  readonly steps: readonly DifferingStep[]
  readonly differs: boolean
}

/**
 * @param chip that is judged
 * @param reference that is right
 * @throws TargetError where either is lost
 */
export async function compareChips(
  chip: ChipRunner,
  reference: ChipRunner,
  options: CompareChipsOptions,
): Promise<ChipComparison> {
  try {
    return await untilTheyDiffer(chip, reference, options)
  } finally {
    // Nothing of a program stays behind.
    for (const each of [chip, reference]) await each.run(new Batch(new ChipAccess()).reset().run())
  }
}

async function untilTheyDiffer(
  chip: ChipRunner,
  reference: ChipRunner,
  { seed, programs, onProgram }: CompareChipsOptions,
): Promise<ChipComparison> {
  const random = new SeededRandom(seed)
  let operations = 0
  for (let number = 1; number <= programs; number++) {
    onProgram?.(number)
    const program = randomProgram(random.fork(`program ${number}`), number)
    const first = await run(chip, reference, program)
    operations += first.steps.length
    if (!first.differs) continue
    const shown = first.steps.map(({ operation }) => operation)
    let differed = 0
    let last = first
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const trial = await run(chip, reference, shown)
      if (!trial.differs) continue
      differed++
      last = trial
    }
    const shortest = differed === 0 ? first : await shrink(chip, reference, last, differed < REPEATS ? REPEATS : 1)
    return { programs: number, operations, difference: describe(number, shortest, { of: REPEATS, differed }) }
  }
  return { programs, operations, difference: undefined }
}

function describe(program: number, { steps }: Trial, again: ChipDifference['again']): ChipDifference {
  const last = steps[steps.length - 1]
  const differing = differenceIn(last)
  const rule = ruleOf(last.operation, differing?.of)
  if (differing === undefined) return { program, again, steps, reading: undefined, bits: 0, rule }
  const { bits, ...reading } = differing
  return { program, again, steps, reading, bits, rule }
}

/** Both do the same, one after the other, up to the first thing in which they differ. */
async function run(chip: ChipRunner, reference: ChipRunner, program: readonly ChipOperation[]): Promise<Trial> {
  const accesses = { chip: new ChipAccess(), reference: new ChipAccess() }
  const steps: DifferingStep[] = []
  for (const operation of program) {
    const expected = await answerOf(reference, accesses.reference, operation)
    const got = await answerOf(chip, accesses.chip, operation)
    const step = { operation, expected, got }
    steps.push(step)
    if (!agree(step)) return { steps, differs: true }
  }
  return { steps, differs: false }
}

async function answerOf(driver: ChipRunner, access: ChipAccess, operation: ChipOperation): Promise<StepAnswer> {
  try {
    return { read: await driver.run(perform(access, operation)) }
  } catch (error) {
    if (error instanceof ChipError) return { failed: error.message }
    throw error
  }
}

function agree(step: DifferingStep): boolean {
  if ('failed' in step.expected || 'failed' in step.got) return 'failed' in step.expected && 'failed' in step.got
  return differenceIn(step) === undefined
}

function differenceIn({
  expected,
  got,
}: DifferingStep): (RegisterReading & { expected: number; got: number; bits: number }) | undefined {
  if ('failed' in expected || 'failed' in got) return undefined
  for (const [index, reading] of expected.read.entries()) {
    const other = got.read[index].value
    const bits = (reading.value ^ other) & comparedBits(reading.of)
    if (bits !== 0) return { ...reading, expected: reading.value, got: other, bits }
  }
  return undefined
}

/** Takes away what the difference does not need: halves, quarters, single operations, then octets of what is written and read. */
async function shrink(chip: ChipRunner, reference: ChipRunner, from: Trial, tries: number): Promise<Trial> {
  let best = from
  let left = SHRINKING_RUNS
  const attempt = async (program: readonly ChipOperation[]): Promise<boolean> => {
    if (!isLegal(program)) return false
    for (let once = 0; once < tries && left > 0; once++, left--) {
      const trial = await run(chip, reference, program)
      if (!trial.differs) continue
      best = trial
      return true
    }
    return false
  }
  const operations = (): readonly ChipOperation[] => best.steps.map(({ operation }) => operation)
  for (let size = operations().length >> 1; size >= 1; size >>= 1) {
    for (let at = 1; at + size <= operations().length; ) {
      const now = operations()
      if (!(await attempt([...now.slice(0, at), ...now.slice(at + size)]))) at++
    }
  }
  // What is read decides which octets must be written: so once more as long as anything became less.
  for (let before = Number.POSITIVE_INFINITY; memoryOf(operations()) < before; ) {
    before = memoryOf(operations())
    for (let at = 1; at < operations().length; at++) {
      for (const less of lessMemory(operations()[at])) {
        if (await attempt(operations().map((operation, index) => (index === at ? less : operation)))) break
      }
    }
  }
  return best
}

/** Octets of memory that a program names. */
function memoryOf(program: readonly ChipOperation[]): number {
  return program.reduce((sum, operation) => sum + (pieceOf(operation)?.length ?? 0), 0)
}

function pieceOf(
  operation: ChipOperation | undefined,
): { readonly address: number; readonly length: number } | undefined {
  if (operation?.do === 'fill') return { address: operation.address, length: operation.octets.length }
  return operation?.do === 'fetch' ? operation : undefined
}

/** The same with a part of its memory: one half, the other, all but a quarter at either end. */
function lessMemory(operation: ChipOperation | undefined): readonly ChipOperation[] {
  const piece = pieceOf(operation)
  if (operation === undefined || piece === undefined) return []
  const { address, length } = piece
  const quarter = Math.ceil(length / 4)
  const parts = [
    [0, length >> 1],
    [length >> 1, length],
    [quarter, length],
    [0, length - quarter],
  ].filter(([from, to]) => from < to && to - from < length)
  return parts.map(([from, to]) =>
    operation.do === 'fill'
      ? { ...operation, address: address + from, octets: operation.octets.slice(from, to) }
      : { do: 'fetch', address: address + from, length: to - from },
  )
}
