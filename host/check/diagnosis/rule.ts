/** The words for a cause: what of it is seen in a report, and what a person does about it. How likely it is, the dictionary says. */
import type { LocalizableText, Sentence } from '../../text/keyed.js'
import type { Cause } from './cause.js'
import type { Evidence } from './evidence.js'

export interface DiagnosisRule {
  readonly cause: Cause
  /** What to look at, what to measure, what to swap: in that order, cheapest first. */
  readonly remedy: Sentence
  /** The same with what this report says filled in. */
  remedyFor?(evidence: Evidence): Sentence
  /** What this report shows of it; undefined where it shows nothing of it. */
  seen(evidence: Evidence): readonly LocalizableText[] | undefined
}
