/**
 * What is known of causes and symptoms. A cause has forms, as a family is often several things (a winding, a pin, so much noise that
 * nothing arrives at all), each with symptoms of its own. The score of a form is the sum over the symptoms that a report has of weight
 * times the logarithm of P(case | form): one weight a symptom, shared by all, because symptoms that say the same thing twice must not
 * count twice (naive Bayes, all weights 1, is surer than it is right). A cause's likelihood is that of its forms, each by its share.
 */
import { exp, log } from '../../../../firmware/math/elementary.js'
import { FEATURES, type Symptoms } from '../features/features.js'
import type { CaseCounts } from './counts.js'
import { caseOffsets, formLikelihoods, logLikelihoods } from './likelihood.js'

/** Beside the faults: nothing is broken. */
export const HEALTHY = 'healthy'

/** One of the ways in which a cause shows. */
export interface Form {
  /** Its number. */
  readonly cause: number
  /** The logarithm of its share of the cause's runs. */
  readonly logShare: number
  /** `formLikelihoods` of the symptoms that weigh something. */
  readonly likelihoods: Float64Array
}

/** How often each form of a cause showed each case, and in how many runs. */
export interface FormCounts {
  readonly runs: number
  readonly counts: CaseCounts
}

export interface Model {
  /** Faults by name, and `healthy`, which is the first. */
  readonly causes: readonly string[]
  /** Of each symptom. */
  readonly cases: readonly number[]
  readonly offsets: readonly number[]
  readonly weights: Float64Array
  /** By check: its symptoms that weigh something. */
  readonly ofCheck: ReadonlyMap<string, readonly number[]>
  /** The case of each symptom that most sound boards show. */
  readonly typical: readonly number[]
  /** By cause, all its forms together: `logLikelihoods` of the symptoms that weigh something. */
  readonly likelihoods: readonly Float64Array[]
  /** Those of each cause side by side, in the order of the causes. */
  readonly forms: readonly Form[]
}

/** The case of each symptom that was seen most. */
export function typicalCases(healthy: CaseCounts): number[] {
  return healthy.map((cases) => cases.indexOf(Math.max(...cases)))
}

/** The counts of all forms of a cause together. */
export function wholeCounts(forms: readonly FormCounts[]): CaseCounts {
  if (forms.length === 1) return forms[0].counts
  return forms[0].counts.map((cases, index) => {
    const sum = cases.slice()
    for (const { counts } of forms.slice(1)) {
      const of = counts[index]
      for (let which = 0; which < sum.length; which++) sum[which] += of[which]
    }
    return sum
  })
}

/** The forms of one cause, of their counts. */
export function formsOf(cause: number, of: readonly FormCounts[], whole: Float64Array, weights?: Float64Array): Form[] {
  const runs = of.reduce((sum, each) => sum + each.runs, 0)
  return of.map((each) => ({
    cause,
    logShare: log(each.runs / runs),
    likelihoods: of.length === 1 ? whole : formLikelihoods(each.counts, whole, weights),
  }))
}

function weighedByCheck(weights: Float64Array): Map<string, number[]> {
  const of = new Map<string, number[]>()
  for (const [index, { check }] of FEATURES.entries()) {
    if (weights[index] === 0) continue
    const own = of.get(check)
    if (own === undefined) of.set(check, [index])
    else own.push(index)
  }
  return of
}

/** @param counts by cause its forms; those of `healthy` first */
export function modelOf(
  counts: ReadonlyMap<string, readonly FormCounts[]>,
  cases: readonly number[],
  weights: Float64Array,
): Model {
  const causes = [...counts.keys()]
  if (causes[0] !== HEALTHY) throw new Error(`the first cause is ${causes[0]}, and must be ${HEALTHY}`)
  const wholes = [...counts.values()].map(wholeCounts)
  const likelihoods = wholes.map((of) => logLikelihoods(of, weights))
  return {
    causes,
    cases,
    offsets: caseOffsets(cases),
    weights,
    ofCheck: weighedByCheck(weights),
    typical: typicalCases(wholes[0]),
    likelihoods,
    forms: [...counts.values()].flatMap((of, cause) => formsOf(cause, of, likelihoods[cause], weights)),
  }
}

/** By form: the weighted logarithm of the likelihood of these symptoms, times its share. */
function formScores({ forms, offsets, weights }: Model, symptoms: Symptoms): Float64Array {
  const scores = Float64Array.from(forms, ({ logShare }) => logShare)
  for (let index = 0; index < symptoms.length; index++) {
    const weight = weights[index]
    if (symptoms[index] < 0 || weight === 0) continue
    const at = offsets[index] + symptoms[index]
    for (let form = 0; form < scores.length; form++) scores[form] += weight * forms[form].likelihoods[at]
  }
  return scores
}

/** By cause: the weighted logarithm of the likelihood of these symptoms. */
export function scoresOf(model: Model, symptoms: Symptoms): Float64Array {
  const of = formScores(model, symptoms)
  const highest = new Float64Array(model.causes.length).fill(Number.NEGATIVE_INFINITY)
  for (const [form, { cause }] of model.forms.entries()) highest[cause] = Math.max(highest[cause], of[form])
  const sums = new Float64Array(model.causes.length)
  for (const [form, { cause }] of model.forms.entries()) sums[cause] += exp(of[form] - highest[cause])
  return highest.map((most, cause) => most + log(sums[cause]))
}

/**
 * By cause: the weighted logarithm of the likelihood of these symptoms under the form that fits them best, however seldom it is met. Of
 * two causes that are alike in this nothing that was measured tells one from the other.
 */
export function bestFits(model: Model, symptoms: Symptoms): Float64Array {
  const scores = formScores(model, symptoms)
  const best = new Float64Array(model.causes.length).fill(Number.NEGATIVE_INFINITY)
  for (const [form, { cause, logShare }] of model.forms.entries()) {
    best[cause] = Math.max(best[cause], scores[form] - logShare)
  }
  return best
}

/** The likelihoods of the form in which a cause explains these symptoms best. */
export function likeliestForm(model: Model, symptoms: Symptoms, cause: number): Float64Array {
  const scores = formScores(model, symptoms)
  let best: number | undefined
  for (const [form, each] of model.forms.entries()) {
    if (each.cause === cause && (best === undefined || scores[form] > scores[best])) best = form
  }
  if (best === undefined) throw new Error(`the model has no form of the cause ${cause}`)
  return model.forms[best].likelihoods
}
