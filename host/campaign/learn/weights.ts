/**
 * One weight a symptom, shared by all causes, such that the causes of runs that were held out are as likely as can be: a convex problem
 * (logistic regression on the logarithms of likelihoods), solved by projected Adam steps.
 */
import { exp, log } from '../../../firmware/math/elementary.js'
import { caseOffsets, logLikelihoods } from '../../check/diagnosis/dictionary/likelihood.js'
import { HEALTHY } from '../../check/diagnosis/dictionary/model.js'
import { foldsOf } from './folds.js'
import { CASES, countCases, type Sample } from './sample.js'

export interface WeightOptions {
  /** Parts into which the runs are cut: each is held out of the counts that judge it. */
  readonly folds?: number
  readonly steps?: number
  /** Where to begin: those of an earlier run. */
  readonly from?: Float64Array
  /** Told after each step. */
  readonly onStep?: (step: number, loss: number) => void
}

/** Against weights that a few runs ask for; per run and symptom. */
const SQUARE = 5e-5
const LINEAR = 2e-5
/** How much sound boards count, in faults: false alarms cost trust in everything else. */
const HEALTHY_SHARE = 8
const RATE = 0.04

interface Prepared {
  /** Symptom and case of each that the run has, as a place in the table of its fold. */
  readonly symptom: Int16Array
  readonly row: Int32Array
  readonly cause: number
  readonly share: number
  readonly table: Float64Array
}

/** By place and cause, causes side by side: what every run of a fold is scored with. */
function tableOf(samples: readonly Sample[], causes: readonly string[]): Float64Array {
  const columns = [...countCases(samples, causes).values()].map((counts) => logLikelihoods(counts))
  const rows = columns[0].length
  const table = new Float64Array(rows * causes.length)
  for (const [cause, column] of columns.entries()) {
    for (let row = 0; row < rows; row++) table[row * causes.length + cause] = column[row]
  }
  return table
}

function prepare(samples: readonly Sample[], causes: readonly string[], folds: number): Prepared[] {
  const offsets = caseOffsets(CASES)
  const number = new Map(causes.map((cause, index) => [cause, index]))
  const runs = new Map<string, number>()
  for (const { cause } of samples) runs.set(cause, (runs.get(cause) ?? 0) + 1)
  const foldOf = foldsOf(samples, folds)
  const tables = Array.from({ length: folds }, (_, fold) =>
    tableOf(
      samples.filter((_, index) => foldOf[index] !== fold),
      causes,
    ),
  )
  return samples.map(({ cause, symptoms }, index) => {
    const seen = [...symptoms.keys()].filter((symptom) => symptoms[symptom] >= 0)
    return {
      symptom: Int16Array.from(seen),
      row: Int32Array.from(seen, (symptom) => (offsets[symptom] + symptoms[symptom]) * causes.length),
      cause: number.get(cause)!,
      share: (cause === HEALTHY ? HEALTHY_SHARE : 1) / runs.get(cause)!,
      table: tables[foldOf[index]],
    }
  })
}

/** The loss, and what it would gain by more of each weight. */
function gradientOf(
  prepared: readonly Prepared[],
  weights: Float64Array,
  causes: number,
  gradient: Float64Array,
): number {
  const scores = new Float64Array(causes)
  let loss = 0
  gradient.fill(0)
  for (const { symptom, row, cause, share, table } of prepared) {
    scores.fill(0)
    for (let i = 0; i < symptom.length; i++) {
      const weight = weights[symptom[i]]
      if (weight === 0) continue
      const at = row[i]
      for (let each = 0; each < causes; each++) scores[each] += weight * table[at + each]
    }
    const highest = scores.reduce((most, each) => Math.max(most, each), Number.NEGATIVE_INFINITY)
    let total = 0
    for (let each = 0; each < causes; each++) {
      scores[each] = exp(scores[each] - highest)
      total += scores[each]
    }
    for (let each = 0; each < causes; each++) scores[each] /= total
    loss -= share * log(Math.max(scores[cause], 1e-300))
    for (let i = 0; i < symptom.length; i++) {
      const at = row[i]
      let expected = 0
      for (let each = 0; each < causes; each++) expected += scores[each] * table[at + each]
      gradient[symptom[i]] += share * (expected - table[at + cause])
    }
  }
  return loss
}

/** @returns a weight for each symptom, from 0 on */
export function learnWeights(
  samples: readonly Sample[],
  causes: readonly string[],
  { folds = 4, steps = 120, from, onStep }: WeightOptions = {},
): Float64Array {
  const prepared = prepare(samples, causes, folds)
  const whole = prepared.reduce((sum, { share }) => sum + share, 0)
  const weights = from?.slice() ?? new Float64Array(CASES.length).fill(0.1)
  const gradient = new Float64Array(weights.length)
  const first = new Float64Array(weights.length)
  const second = new Float64Array(weights.length)
  // What the two means have not yet taken in, of all: they begin at 0.
  let firstOpen = 1
  let secondOpen = 1
  for (let step = 1; step <= steps; step++) {
    firstOpen *= 0.9
    secondOpen *= 0.99
    const loss = gradientOf(prepared, weights, causes.length, gradient)
    onStep?.(step, loss / whole)
    for (let index = 0; index < weights.length; index++) {
      const slope = gradient[index] / whole + SQUARE * weights[index] + LINEAR
      first[index] = 0.9 * first[index] + 0.1 * slope
      second[index] = 0.99 * second[index] + 0.01 * slope * slope
      const mean = first[index] / (1 - firstOpen)
      const size = Math.sqrt(second[index] / (1 - secondOpen))
      weights[index] = Math.max(0, weights[index] - (RATE * mean) / (size + 1e-8))
    }
  }
  return weights
}
