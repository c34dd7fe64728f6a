/** A report as a rule reads it: verdicts and figures by name, and the sentences made of them. */
import { numberText } from '../../number-text.js'
import { hexadecimal } from '../measure.js'
import type { CheckResult, Verdict } from '../types.js'

export class Evidence {
  readonly #results: ReadonlyMap<string, CheckResult>

  constructor(results: readonly CheckResult[]) {
    this.#results = new Map(results.map((result) => [result.id, result]))
  }

  verdict(id: string): Verdict | undefined {
    return this.#results.get(id)?.verdict
  }

  failed(id: string): boolean {
    return this.verdict(id) === 'fail'
  }

  /** Passed, or passed with a warning. */
  passed(id: string): boolean {
    const verdict = this.verdict(id)
    return verdict === 'pass' || verdict === 'warn'
  }

  /** A figure by its check and name; undefined when it was not taken. */
  value(id: string, name: string): number | undefined {
    const measurement = this.#results.get(id)?.measurements.find((each) => each.name === name)
    return measurement?.value ?? undefined
  }

  reason(id: string): string {
    return this.#results.get(id)?.reason ?? ''
  }

  /** Is the figure there, and does it pass the test? */
  is(id: string, name: string, test: (value: number) => boolean): boolean {
    const value = this.value(id, name)
    return value !== undefined && test(value)
  }

  /** A figure as a person reads it. */
  text(id: string, name: string): string {
    const measurement = this.#results.get(id)?.measurements.find((each) => each.name === name)
    if (measurement === undefined || measurement.value === null) return 'nothing'
    return measurement.digits === undefined
      ? numberText(measurement.value)
      : hexadecimal(measurement.value, measurement.digits)
  }
}

/** One thing a cause predicts: seen or not, how much it says, and the sentence for it when it was seen. */
export interface Prediction {
  readonly seen: boolean
  readonly sentence: string
  /** 1 is ordinary; what only this cause explains weighs more. */
  readonly weight?: number
}

/** What a rule makes of the evidence: undefined when the cause is out of the question. */
export interface Weighed {
  readonly confidence: number
  readonly evidence: readonly string[]
}

/**
 * The share of what a cause predicts that was seen.
 * @param ceiling how sure one may be at best: below 1 when something outside our sight looks the same.
 */
export function weigh(predictions: readonly Prediction[], ceiling = 0.98): Weighed | undefined {
  const total = predictions.reduce((sum, { weight = 1 }) => sum + weight, 0)
  const seen = predictions.filter((prediction) => prediction.seen)
  if (seen.length === 0) return undefined
  const share = seen.reduce((sum, { weight = 1 }) => sum + weight, 0) / total
  return {
    confidence: Math.round(share * ceiling * 100) / 100,
    evidence: seen.map(({ sentence }) => sentence),
  }
}

/** `once`, `twice`, `7 times`. */
export function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`
}
