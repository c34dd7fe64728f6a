/** A watch as a person reads it: a line for each change, and one that says how it stands now. */
import { printable } from '../../../firmware/text/printable.js'
import { keyed, type LocalizableText } from '../../text/keyed.js'
import { say } from '../../text/say.js'
import type { Words } from '../../text/words.js'
import { becauseOf, causeLine, changedFigure } from '../compare/text.js'
import { type CheckLayer, type CheckResult, LAYERS, type Verdict } from '../types.js'
import type { CauseChange, FigureChange, VerdictChange, WatchedRound } from './watch.js'

/** What becomes of a line, without its end. */
type Write = (line: string) => void

const TIME_WIDTH = 9

export class WatchLines {
  readonly #words: Words
  readonly #write: Write
  #changes = 0

  constructor(words: Words, write: Write) {
    this.#words = words
    this.#write = write
  }

  verdict(change: VerdictChange): void {
    this.#change(change.at, keyed('compare.named', { name: change.check, change: becauseOf(change) }))
  }

  figure(change: FigureChange): void {
    const line = changedFigure(change)
    this.#change(change.at, change.back ? keyed('watch.back', { line }) : line)
  }

  cause(change: CauseChange): void {
    this.#change(change.at, keyed('watch.cause', { line: causeLine(change) }))
  }

  /** @param at seconds since the watch began */
  note(at: number, what: LocalizableText): void {
    this.#write(`${at.toFixed(2).padStart(TIME_WIDTH)} s  ${printable(say(this.#words, what))}`)
  }

  /** The line that sums up. */
  end({ number, to, report }: WatchedRound): void {
    const values = { rounds: number, changes: this.#changes, verdict: keyed(`verdict.${report.verdict}`) }
    this.note(to, keyed('watch.sum', values))
  }

  #change(at: number, what: LocalizableText): void {
    this.#changes++
    this.note(at, what)
  }
}

/** Of a layer in which some passed and others were skipped it is no news that those were. */
const WORST = ['fail', 'warn', 'pass', 'skip'] as const

/** How it stands now, by layer: what the checks of the rounds last came to. */
export class WatchStatus {
  readonly #words: Words
  readonly #verdicts = new Map<string, { readonly layer: CheckLayer; readonly verdict: Verdict }>()

  constructor(words: Words) {
    this.#words = words
  }

  finished({ id, layer, verdict }: CheckResult): void {
    this.#verdicts.set(id, { layer, verdict })
  }

  /** From here on nothing but these is looked at. */
  keep(ids: readonly string[]): void {
    for (const id of this.#verdicts.keys()) if (!ids.includes(id)) this.#verdicts.delete(id)
  }

  /**
   * @param at seconds since the watch began
   * @param check that is under way
   */
  line(at: number, round: number, check: string): string {
    const layers = LAYERS.flatMap((layer) => {
      const verdicts = [...this.#verdicts.values()].filter((each) => each.layer === layer)
      const worst = WORST.find((verdict) => verdicts.some((each) => each.verdict === verdict)) ?? 'pass'
      return worst === 'pass' ? [] : [keyed('watch.layer', { layer, verdict: keyed(`mark.${worst}`) })]
    })
    const state = layers.length === 0 ? keyed('watch.passes') : keyed('watch.layers', { layers })
    const time = at.toFixed(1).padStart(TIME_WIDTH - 1)
    return say(this.#words, keyed('watch.status', { time, round, state, check }))
  }
}
