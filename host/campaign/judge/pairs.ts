/** Two faults of different layers at once: whether the second leaves a trace, and what is said. */
import { findBoard } from '../../../boards/catalogue/catalogue.js'
import { createBench } from '../../../boards/faults/create-bench.js'
import { type Fault, happensIn } from '../../../boards/faults/fault.js'
import { FAULTS } from '../../../boards/faults/registry.js'
import { drawFault, faultName } from '../../../boards/faults/settle.js'
import { SeededRandom } from '../../../boards/simulation/random.js'
import type { Random } from '../../../firmware/hal/random.js'
import type { Dictionary } from '../../check/diagnosis/dictionary/dictionary.js'
import type { Symptoms } from '../../check/diagnosis/features/features.js'
import { UNKNOWN } from '../../check/diagnosis/infer/answer.js'
import { PLAINLY, saidOf } from '../learn/metrics.js'
import type { Sample } from '../learn/sample.js'
import type { PlannedRun } from '../plan.js'

/** The run of both, and of each alone under the same seed. */
export type PairPlan = readonly [both: PlannedRun, first: PlannedRun, second: PlannedRun]

export interface JudgedPair {
  readonly faults: readonly [string, string]
  /** Of either, something is seen that the other alone does not show. */
  readonly shows: boolean
  readonly bothNamed: boolean
  /** Neither of the two, stated at 0.6 or more. */
  readonly third: string | undefined
}

const BOARD = 'uno'
/** In so few symptoms two runs may differ by chance. */
const BY_CHANCE = 2

/** One of which a user suffers. */
function suffered(fault: Fault, random: Random): string {
  for (;;) {
    const settled = drawFault(fault, random, findBoard(BOARD), 'model')
    if (settled.suffered) return settled.text
  }
}

/** Whether one board can have both: there is one plug at the partner, and one box in the cable. */
function possible(faults: readonly string[], seed: number): boolean {
  try {
    createBench({ board: findBoard(BOARD), seed, faults })
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** Pairs at drawn severities, of which a user suffers. Somebody else's device at the port has no chip that could be broken as well. */
export function pairPlans(count: number, seed: number): PairPlan[] {
  const random = new SeededRandom(seed).fork('pairs of faults')
  const families = [...FAULTS.values()].filter(
    (fault) =>
      (fault.boards?.includes(BOARD) ?? true) &&
      happensIn(fault, 'model') &&
      fault.harmless !== true &&
      !fault.name.startsWith('port-'),
  )
  const plans: PairPlan[] = []
  while (plans.length < count) {
    const first = families[random.below(families.length)]
    const second = families[random.below(families.length)]
    if (first.layer === second.layer) continue
    const faults = [suffered(first, random), suffered(second, random)]
    const own = random.below(2 ** 31)
    if (!possible(faults, own)) continue
    const run = (...broken: string[]): PlannedRun => ({ board: BOARD, seed: own, faults: broken })
    plans.push([run(...faults), run(faults[0]), run(faults[1])])
  }
  return plans
}

function differing(one: Symptoms, other: Symptoms): number {
  return one.reduce((count, each, index) => count + (each === other[index] ? 0 : 1), 0)
}

/** @param samples of the plan's runs, in their order */
export function judgePair(
  dictionary: Dictionary,
  [{ faults }]: PairPlan,
  [both, first, second]: readonly Sample[],
): JudgedPair {
  const names = [faultName(faults[0]), faultName(faults[1])] as const
  const { answers } = saidOf(dictionary, { ...both, suffered: true })
  const named = (name: string): boolean => answers.some(({ alike }) => alike.includes(name))
  return {
    faults: names,
    shows: [first, second].every((alone) => differing(both.symptoms, alone.symptoms) > BY_CHANCE),
    bothNamed: names.every(named),
    third: answers.find(
      ({ cause, probability, alike }) =>
        probability >= PLAINLY && cause !== UNKNOWN && !names.some((name) => alike.includes(name)),
    )?.cause,
  }
}
