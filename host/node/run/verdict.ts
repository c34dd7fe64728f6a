/** What is expected of a run: texts, a scenario; and how it ended. */
import { SECOND } from '../../../firmware/hal/clock.js'
import { escapeMarkup } from '../../../firmware/text/markup.js'
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
  const failures = cases.filter(({ failure }) => failure !== undefined).length
  const totals = `tests="${cases.length}" failures="${failures}" errors="0" skipped="0" time="${seconds.toFixed(6)}"`
  const name = escapeMarkup(suite)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="linkpulse run" ${totals}>`,
    `  <testsuite name="${name}" ${totals}>`,
    ...cases.flatMap((each) => {
      const open = `    <testcase classname="${name}" name="${escapeMarkup(each.name)}" time="${each.seconds.toFixed(6)}"`
      if (each.failure === undefined) return [`${open}/>`]
      return [`${open}>`, `      <failure message="${escapeMarkup(each.failure)}"/>`, '    </testcase>']
    }),
    `    <system-out>${output.split(/\r?\n/).map(escapeMarkup).join('\n')}</system-out>`,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

export function expectationOf({ step, from, to, reason }: StepResult): Expectation {
  return { name: `${step.key} ${step.words}`, seconds: (to - from) / SECOND, failure: reason }
}
