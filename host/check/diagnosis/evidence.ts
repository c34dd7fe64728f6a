/** A report as the words for a cause read it: verdicts and figures, and the sentences made of them. */
import { hexText } from '../../../firmware/text/hex-text.js'
import { numberText } from '../../number-text.js'
import { EN } from '../../text/en.js'
import { figureName } from '../../text/figure-name.js'
import { keyed, type LocalizableText } from '../../text/keyed.js'
import type { Figure } from '../figure.js'
import type { CheckId } from '../figures/all.js'
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
    return figure.digits === undefined ? numberText(value) : hexText(value, figure.digits)
  }
}

/** One thing a cause predicts: seen or not, and the sentence for it when it was seen. */
export interface Prediction {
  readonly seen: boolean
  readonly sentence: LocalizableText
}

/** The sentences for what was seen of what a cause predicts. */
export function seenOf(predictions: readonly Prediction[]): LocalizableText[] {
  return predictions.filter(({ seen }) => seen).map(({ sentence }) => sentence)
}
