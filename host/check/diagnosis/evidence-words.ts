/** Sentences for what speaks for a cause where no rule has words: which figure, what it was, and how many times as likely that is. */
import { exp } from '../../../firmware/math/elementary.js'
import { keyed, type LocalizableText } from '../../text/keyed.js'
import type { CheckId } from '../figures/all.js'
import { showValue } from '../measure.js'
import type { Model } from './dictionary/model.js'
import { FEATURES, type Feature, isOfCheck, type Symptoms } from './features/features.js'
import type { JudgedResult } from './features/results.js'
import { ReadResults } from './features/results.js'

/** A figure that is less than so many times as likely is no evidence. */
const LEAST_TIMES = 3
/** Above this nobody believes the figure, and some dozen runs do not know it. */
const MOST_TIMES = 100

/** What a symptom was, for a sentence. */
export function symptomWords(
  feature: Feature,
  results: ReadResults,
): { readonly what: LocalizableText; readonly was: LocalizableText } {
  const title = keyed(feature.check as CheckId)
  const { figure } = feature
  const taken = figure === undefined ? undefined : results.taken(figure)
  if (figure === undefined || taken === undefined) {
    return { what: title, was: keyed(`evidence.${results.ran(feature.check)?.verdict ?? 'skip'}`) }
  }
  return {
    what: keyed('evidence.of', { title, figure: { figure } }),
    was: keyed('evidence.was', { value: showValue({ ...taken, unit: figure.unit, figure }, taken.value) }),
  }
}

/** How the chances of what was seen compare: with this cause, and with all others by what they are worth. */
function times(
  model: Model,
  cause: number,
  others: readonly (readonly [cause: number, chance: number])[],
  at: number,
): number {
  const total = others.reduce((sum, [, chance]) => sum + chance, 0)
  const otherwise = others.reduce((sum, [other, chance]) => sum + chance * exp(model.likelihoods[other][at]), 0)
  return total === 0 ? 1 : exp(model.likelihoods[cause][at]) / Math.max(1e-6, otherwise / total)
}

/**
 * What speaks most for a cause, at most one figure a check.
 * @param chances by cause, as far as they are alternatives: what is all but out of the question compares with nothing
 */
export function evidenceSentences(
  model: Model,
  symptoms: Symptoms,
  judged: readonly JudgedResult[],
  cause: string,
  chances: ReadonlyMap<string, number>,
  most: number,
): LocalizableText[] {
  const results = new ReadResults(judged)
  const own = model.causes.indexOf(cause)
  const others = model.causes.flatMap((name, index): [number, number][] =>
    name === cause ? [] : [[index, 0.01 + (chances.get(name) ?? 0)]],
  )
  const found: { readonly feature: Feature; readonly gain: number; readonly ratio: number }[] = []
  for (const [index, which] of symptoms.entries()) {
    const weight = model.weights[index]
    if (which < 0 || weight === 0 || !isOfCheck(FEATURES[index])) continue
    const ratio = times(model, own, others, model.offsets[index] + which)
    if (ratio >= LEAST_TIMES) found.push({ feature: FEATURES[index], gain: weight * ratio, ratio })
  }
  found.sort((a, b) => b.gain - a.gain)
  const said = new Set<string>()
  const sentences: LocalizableText[] = []
  for (const { feature, ratio } of found) {
    if (said.has(feature.check) || sentences.length >= most) continue
    said.add(feature.check)
    const { what, was } = symptomWords(feature, results)
    const rounded = Math.round(Math.min(MOST_TIMES, ratio))
    sentences.push(keyed(ratio > MOST_TIMES ? 'evidence.more-than' : 'evidence.times', { what, was, times: rounded }))
  }
  return sentences
}
