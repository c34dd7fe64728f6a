/** What is expected of a run: texts, a scenario; and how it ended. */
import { SECOND } from '../../../firmware/hal/clock.js'
import type { StepResult } from '../scenario/play.js'

/** One thing that was expected, for a report. */
export interface Expectation {
  readonly name: string
  readonly verdict: StepResult['verdict']
  /** Virtual seconds: how long a step took, or when a text was printed. */
  readonly seconds: number
  /** Why it is not met; empty where it is. */
  readonly reason: string
}

/** Texts that a sketch is to print, or must not: looked for in all that it prints, also where a text comes in pieces. */
export class TextWatch {
  /** Texts that have not been printed yet. */
  readonly missing: Set<string>
  readonly #forbidden: readonly string[]
  readonly #longest: number
  readonly #tails = new Map<string, string>()

  constructor(expected: readonly string[], forbidden: readonly string[]) {
    this.missing = new Set(expected)
    this.#forbidden = forbidden
    this.#longest = Math.max(0, ...[...expected, ...forbidden].map((text) => text.length))
  }

  /** @returns texts that have come with this piece, and the one that must not have */
  take(who: string, piece: string): { readonly met: readonly string[]; readonly forbidden: string | undefined } {
    const text = (this.#tails.get(who) ?? '') + piece
    this.#tails.set(who, text.slice(text.length - Math.min(text.length, Math.max(0, this.#longest - 1))))
    const met = [...this.missing].filter((each) => text.includes(each))
    for (const each of met) this.missing.delete(each)
    return { met, forbidden: this.#forbidden.find((each) => text.includes(each)) }
  }
}

export function expectationOf({ step, from, to, verdict, reason }: StepResult): Expectation {
  return { name: `${step.key} ${step.words}`, verdict, seconds: (to - from) / SECOND, reason: reason ?? '' }
}
