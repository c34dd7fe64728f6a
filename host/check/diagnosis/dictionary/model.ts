/**
 * What is known of causes and symptoms. A cause's score is the sum over the symptoms that a report has of weight times the logarithm
 * of P(case | cause): one weight a symptom, shared by all causes, because symptoms that say the same thing twice must not count twice
 * (naive Bayes, all weights 1, is surer than it is right).
 */
import type { Symptoms } from '../features/features.js'
import type { CaseCounts } from './counts.js'
import { caseOffsets, logLikelihoods } from './likelihood.js'

/** Beside the faults: nothing is broken. */
export const HEALTHY = 'healthy'

export interface Model {
  /** Faults by name, and `healthy`, which is the first. */
  readonly causes: readonly string[]
  /** Of each symptom. */
  readonly cases: readonly number[]
  readonly offsets: readonly number[]
  readonly weights: Float64Array
  /** The case of each symptom that most sound boards show. */
  readonly typical: readonly number[]
  /** By cause: `logLikelihoods` of the symptoms that weigh something. */
  readonly likelihoods: readonly Float64Array[]
}

/** The case of each symptom that was seen most. */
export function typicalCases(healthy: CaseCounts): number[] {
  return healthy.map((cases) => cases.indexOf(Math.max(...cases)))
}

/** @param counts by cause; that of `healthy` first */
export function modelOf(
  counts: ReadonlyMap<string, CaseCounts>,
  cases: readonly number[],
  weights: Float64Array,
): Model {
  const causes = [...counts.keys()]
  if (causes[0] !== HEALTHY) throw new Error(`the first cause is ${causes[0]}, and must be ${HEALTHY}`)
  return {
    causes,
    cases,
    offsets: caseOffsets(cases),
    weights,
    typical: typicalCases(counts.get(HEALTHY)!),
    likelihoods: [...counts.values()].map((each) => logLikelihoods(each, weights)),
  }
}

/** By cause: the weighted logarithm of the likelihood of these symptoms. */
export function scoresOf({ causes, offsets, weights, likelihoods }: Model, symptoms: Symptoms): Float64Array {
  const scores = new Float64Array(causes.length)
  for (let index = 0; index < symptoms.length; index++) {
    const weight = weights[index]
    if (symptoms[index] < 0 || weight === 0) continue
    const at = offsets[index] + symptoms[index]
    for (let cause = 0; cause < scores.length; cause++) scores[cause] += weight * likelihoods[cause][at]
  }
  return scores
}
