/** What is expected of a run: texts, a scenario; and how it ended. */
import { SECOND } from '../../../firmware/hal/clock.js'
import { junitOfTests } from '../../report/junit.js'
import type { TestCase } from '../../report/test-results.js'
import type { StepResult } from '../scenario/play.js'

/** One thing that was expected, for a report. */
export interface Expectation {
  readonly name: string
  /** Virtual seconds. */
  readonly seconds: number
  /** Undefined: met. */
  readonly failure: string | undefined
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

/** JUnit XML, as CI servers read it: one suite, one case an expectation. */
export function junitOf(suite: string, cases: readonly Expectation[], seconds: number, output: string): string {
  const results = cases.map((each): TestCase => {
    const verdict = each.failure === undefined ? 'pass' : 'fail'
    return { name: each.name, verdict, seconds: each.seconds, reason: each.failure ?? '', details: [] }
  })
  return junitOfTests({ name: 'linkpulse run', suites: [{ name: suite, cases: results, seconds, output }] })
}

export function expectationOf({ step, from, to, reason }: StepResult): Expectation {
  return { name: `${step.key} ${step.words}`, seconds: (to - from) / SECOND, failure: reason }
}
