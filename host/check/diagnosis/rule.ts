/** A rule: one cause, what it would look like in a report, and what a person does about it. */
import type { Sentence } from '../../text/keyed.js'
import type { Cause } from './cause.js'
import type { Evidence, Weighed } from './evidence.js'

export interface DiagnosisRule {
  readonly cause: Cause
  /** What to look at, what to measure, what to swap: in that order, cheapest first. */
  readonly remedy: Sentence
  /** The same with what this report says filled in. */
  remedyFor?(evidence: Evidence): Sentence
  /** Undefined when the report speaks against it. */
  weigh(evidence: Evidence): Weighed | undefined
}
