/** A report as a rule reads it: verdicts and figures, and the sentences made of them. */
import { numberText } from '../../number-text.js'
import { EN } from '../../text/en.js'
import { figureName } from '../../text/figure-name.js'
import { keyed, type LocalizableText } from '../../text/keyed.js'
import type { Figure } from '../figure.js'
import type { CheckId } from '../figures/all.js'
import { hexadecimal } from '../measure.js'
import type { CheckResult, Verdict } from '../types.js'

export class Evidence {
  readonly #results: ReadonlyMap<string, CheckResult>

  constructor(results: readonly CheckResult[]) {
    this.#results = new Map(results.map((result) => [result.id, result]))
  }

  verdict(id: CheckId): Verdict | undefined {
    return this.#results.get(id)?.verdict
  }

  failed(id: CheckId): boolean {
    return this.verdict(id) === 'fail'
  }

  /** Passed, or passed with a warning. */
  passed(id: CheckId): boolean {
    const verdict = this.verdict(id)
    return verdict === 'pass' || verdict === 'warn'
  }

  /** Undefined when the figure was not taken. */
  value(figure: Figure): number | undefined {
    // By its name in the document, so that a report that was stored can be read again.
    const name = figureName(EN, figure)
    const measurement = this.#results.get(figure.check)?.measurements.find((each) => each.name === name)
    return measurement?.value ?? undefined
  }

  /** What was counted of all of these, where it was. */
  sum(...figures: readonly Figure[]): number {
    return figures.reduce((total, figure) => total + (this.value(figure) ?? 0), 0)
  }

  reason(id: CheckId): LocalizableText {
    const result = this.#results.get(id)
    return result?.keyed?.reason ?? result?.reason ?? ''
  }

  /** Is the figure there, and does it pass the test? */
  is(figure: Figure, test: (value: number) => boolean): boolean {
    const value = this.value(figure)
    return value !== undefined && test(value)
  }

  /** A figure as a person reads it. */
  text(figure: Figure): LocalizableText {
    const value = this.value(figure)
    if (value === undefined) return keyed('measured.nothing')
    return figure.digits === undefined ? numberText(value) : hexadecimal(value, figure.digits)
  }
}

/** One thing a cause predicts: seen or not, how much it says, and the sentence for it when it was seen. */
export interface Prediction {
  readonly seen: boolean
  readonly sentence: LocalizableText
  /** 1 is ordinary; what only this cause explains weighs more. */
  readonly weight?: number
}

/** What a rule makes of the evidence: undefined when the cause is out of the question. */
export interface Weighed {
  readonly confidence: number
  readonly evidence: readonly LocalizableText[]
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
