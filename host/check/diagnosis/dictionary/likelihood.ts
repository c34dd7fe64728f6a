/** P(case of a symptom | cause), from counts: what inference and learning share. */
import { exp, log } from '../../../../firmware/math/elementary.js'
import { type CaseCounts, totalOf } from './counts.js'

/** What a case that was never seen is taken for, in runs (Laplace); 0.1 to 0.3 did best on runs that were held out. */
export const LAPLACE = 0.2
/** A cause with very many runs does not rule out what it has not shown: of so many runs each, one case would have been new. */
const NOVELTY = 0.003

/** Where the cases of each symptom begin, all in a row. */
export function caseOffsets(cases: readonly number[]): readonly number[] {
  let next = 0
  return cases.map((each) => {
    const offset = next
    next += each
    return offset
  })
}

/**
 * The logarithms, case after case, symptom after symptom. A cause of which a symptom was never taken has all its cases alike.
 * @param weights of the symptoms: one that weighs nothing is never looked up, and its places stay 0; by default all are wanted
 */
export function logLikelihoods(counts: CaseCounts, weights?: Float64Array): Float64Array {
  const all = new Float64Array(counts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const [symptom, cases] of counts.entries()) {
    if (weights?.[symptom] === 0) {
      at += cases.length
      continue
    }
    const total = totalOf(cases)
    const unseen = Math.max(LAPLACE, NOVELTY * total)
    const whole = log(total + unseen * cases.length)
    for (const count of cases) all[at++] = log(count + unseen) - whole
  }
  return all
}

/** So many runs of the cause as a whole stand behind those of each of its forms: what few runs of a form have not shown, others have. */
export const FORM_BEHIND = 1

/**
 * The logarithms of one form of a cause, as `logLikelihoods`.
 * @param whole of the cause, all its forms together
 */
export function formLikelihoods(counts: CaseCounts, whole: Float64Array, weights?: Float64Array): Float64Array {
  const all = new Float64Array(whole.length)
  let at = 0
  for (const [symptom, cases] of counts.entries()) {
    if (weights?.[symptom] === 0) {
      at += cases.length
      continue
    }
    const total = totalOf(cases)
    for (const count of cases) {
      all[at] = log((count + FORM_BEHIND * exp(whole[at])) / (total + FORM_BEHIND))
      at++
    }
  }
  return all
}
