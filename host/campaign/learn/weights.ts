/**
 * One weight a symptom, shared by all causes, such that the causes of runs that were held out are as likely as can be: logistic regression
 * on the logarithms of likelihoods (convex where each cause has one form, and near its end already where they have more), solved by
 * projected Adam steps.
 */
import { exp, log } from '../../../firmware/math/elementary.js'
import { caseOffsets, logLikelihoods } from '../../check/diagnosis/dictionary/likelihood.js'
import { formsOf, HEALTHY, wholeCounts } from '../../check/diagnosis/dictionary/model.js'
import { foldsOf } from './folds.js'
import { formsAmong } from './forms.js'
import { CASES, countForms, type Sample } from './sample.js'

export interface WeightOptions {
  /** Parts into which the runs are cut: each is held out of the counts that judge it. */
  readonly folds?: number
  readonly steps?: number
  /** Where to begin: those of an earlier run. */
  readonly from?: Float64Array
  /** Causes have forms, told apart by these weights; without them each has one. */
  readonly parted?: Float64Array
  /** Told after each step. */
  readonly onStep?: (step: number, loss: number) => void
}

/** Against weights that a few runs ask for; per run and symptom. */
const SQUARE = 5e-5
const LINEAR = 2e-5
/** How much sound boards count, in faults: false alarms cost trust in everything else. */
const HEALTHY_SHARE = 8
const RATE = 0.04

/** What the runs of one part are scored by: the counts of all others. */
interface Table {
  /** By place and form, forms side by side. */
  readonly likelihoods: Float64Array
  /** By form: its cause, and the logarithm of its share. */
  readonly causes: Int16Array
  readonly shares: Float64Array
}

interface Prepared {
  /** Symptom and case of each that the run has, as a place in the table of its fold. */
  readonly symptom: Int16Array
  readonly row: Int32Array
  readonly cause: number
  readonly share: number
  readonly table: Table
}

function tableOf(samples: readonly Sample[], forms: Uint8Array, causes: readonly string[]): Table {
  const all = [...countForms(samples, forms, causes).values()].flatMap((of, cause) =>
    formsOf(cause, of, logLikelihoods(wholeCounts(of))),
  )
  const rows = all[0].likelihoods.length
  const likelihoods = new Float64Array(rows * all.length)
  for (const [form, column] of all.entries()) {
    for (let row = 0; row < rows; row++) likelihoods[row * all.length + form] = column.likelihoods[row]
  }
  return {
    likelihoods,
    causes: Int16Array.from(all, ({ cause }) => cause),
    shares: Float64Array.from(all, ({ logShare }) => logShare),
  }
}

function prepare(
  samples: readonly Sample[],
  causes: readonly string[],
  folds: number,
  parted?: Float64Array,
): Prepared[] {
  const offsets = caseOffsets(CASES)
  const number = new Map(causes.map((cause, index) => [cause, index]))
  const runs = new Map<string, number>()
  for (const { cause } of samples) runs.set(cause, (runs.get(cause) ?? 0) + 1)
  const foldOf = foldsOf(samples, folds)
  const tables = Array.from({ length: folds }, (_, fold) => {
    const others = samples.filter((_, index) => foldOf[index] !== fold)
    return tableOf(others, parted === undefined ? new Uint8Array(others.length) : formsAmong(others, parted), causes)
  })
  return samples.map(({ cause, symptoms }, index) => {
    // What weighed nothing before has nothing to add to what parts the forms.
    const seen = [...symptoms.keys()].filter((symptom) => symptoms[symptom] >= 0 && parted?.[symptom] !== 0)
    const table = tables[foldOf[index]]
    return {
      symptom: Int16Array.from(seen),
      row: Int32Array.from(seen, (symptom) => (offsets[symptom] + symptoms[symptom]) * table.causes.length),
      cause: number.get(cause)!,
      share: (cause === HEALTHY ? HEALTHY_SHARE : 1) / runs.get(cause)!,
      table,
    }
  })
}

/** Makes logarithms of likelihoods to chances that come to 1. */
function normalise(scores: Float64Array): void {
  const highest = scores.reduce((most, each) => Math.max(most, each), Number.NEGATIVE_INFINITY)
  let total = 0
  for (let each = 0; each < scores.length; each++) {
    scores[each] = exp(scores[each] - highest)
    total += scores[each]
  }
  for (let each = 0; each < scores.length; each++) scores[each] /= total
}

/** The loss, and what it would gain by more of each weight. */
function gradientOf(prepared: readonly Prepared[], weights: Float64Array, gradient: Float64Array): number {
  let loss = 0
  gradient.fill(0)
  for (const { symptom, row, cause, share, table } of prepared) {
    const { likelihoods, causes } = table
    const forms = causes.length
    const chances = table.shares.slice()
    for (let i = 0; i < symptom.length; i++) {
      const weight = weights[symptom[i]]
      if (weight === 0) continue
      const at = row[i]
      for (let form = 0; form < forms; form++) chances[form] += weight * likelihoods[at + form]
    }
    normalise(chances)
    let own = 0
    for (let form = 0; form < forms; form++) if (causes[form] === cause) own += chances[form]
    own = Math.max(own, 1e-300)
    loss -= share * log(own)
    // Of each form: its chance among all, less its chance among those of the cause that is there.
    for (let form = 0; form < forms; form++) if (causes[form] === cause) chances[form] -= chances[form] / own
    for (let i = 0; i < symptom.length; i++) {
      const at = row[i]
      let slope = 0
      for (let form = 0; form < forms; form++) slope += chances[form] * likelihoods[at + form]
      gradient[symptom[i]] += share * slope
    }
  }
  return loss
}

/** @returns a weight for each symptom, from 0 on */
export function learnWeights(
  samples: readonly Sample[],
  causes: readonly string[],
  { folds = 4, steps = 120, from, parted, onStep }: WeightOptions = {},
): Float64Array {
  const prepared = prepare(samples, causes, folds, parted)
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
    const loss = gradientOf(prepared, weights, gradient)
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
