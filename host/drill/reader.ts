/** A place in a script's text, and what can be taken from there. Space and comments between tokens are passed over. */
import type { Family } from '../../firmware/net/ip.js'
import { EN } from '../text/en.js'
import { keyed, type LocalizableText, type Sentence } from '../text/keyed.js'
import { say } from '../text/say.js'

/** Where something stands in a script: both count from 1; the column is in characters. */
export interface ScriptPlace {
  readonly line: number
  readonly column: number
}

/** The script is wrong, or asks for what is not there: its message (English) names the place and the remedy. */
export class ScriptError extends Error {
  override readonly name: string = 'ScriptError'
  readonly line: number
  readonly column: number

  constructor(
    readonly file: string,
    { line, column }: ScriptPlace,
    readonly sentence: Sentence,
  ) {
    super(`${file}:${line}:${column}: ${say(EN, sentence)}`)
    this.line = line
    this.column = column
  }
}

const SPACE = /\s+/y
const COMMENT = /\/\/[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\//y

/** Brackets in brackets: scripts have three or four. A text with more would be deeper than what reads it. */
const DEEPEST = 32

export class Reader {
  /** In characters. */
  at = 0
  /** Where the token that was taken last ends. */
  end = 0
  /** Of the packets of the script. */
  family: Family = 'ipv4'
  #depth = 0
  /** The line that was asked for last, and where: statements ask for theirs in order. */
  #lineKnown = 1
  #lineKnownAt = 0
  /** @param definitions what `--define NAME=VALUE` says of a word, as it is written there */
  constructor(
    readonly file: string,
    readonly text: string,
    readonly definitions: ReadonlyMap<string, string> = new Map(),
  ) {}

  placeAt(at: number): ScriptPlace {
    return { line: this.#lineAt(at), column: at - this.text.lastIndexOf('\n', at - 1) }
  }

  #lineAt(at: number): number {
    let line = at < this.#lineKnownAt ? 1 : this.#lineKnown
    const from = at < this.#lineKnownAt ? 0 : this.#lineKnownAt
    for (let i = this.text.indexOf('\n', from); i >= 0 && i < at; i = this.text.indexOf('\n', i + 1)) line++
    this.#lineKnown = line
    this.#lineKnownAt = at
    return line
  }

  /** Reads what stands in brackets, of which the opening one was taken. @throws ScriptError when they stand in too many others */
  nested<T>(read: () => T): T {
    if (this.#depth === DEEPEST) this.fail(keyed('pkt.too-deep', { most: DEEPEST }), this.at - 1)
    this.#depth++
    const result = read()
    this.#depth--
    return result
  }

  /** Goes on from there, in no brackets, after a failure. */
  goTo(at: number): void {
    this.at = at
    this.#depth = 0
  }

  /** Passes over space and comments. @returns false at the end of the text */
  skip(): boolean {
    for (;;) {
      if (this.#match(SPACE) !== undefined || this.#match(COMMENT) !== undefined) continue
      if (this.text.startsWith('/*', this.at)) this.fail(keyed('pkt.comment-open'))
      return this.at < this.text.length
    }
  }

  /** Takes what a sticky expression matches next, its first group where there is one. */
  take(pattern: RegExp): string | undefined {
    this.skip()
    const token = this.#match(pattern)
    if (token !== undefined) this.end = this.at
    return token
  }

  /** Takes exactly this. */
  accept(token: string): boolean {
    this.skip()
    if (!this.text.startsWith(token, this.at)) return false
    this.at += token.length
    this.end = this.at
    return true
  }

  next(token: string): boolean {
    this.skip()
    return this.text.startsWith(token, this.at)
  }

  /** @throws ScriptError when something else comes next. */
  expect(token: string, where: Sentence): void {
    if (!this.accept(token)) this.fail(keyed('pkt.expected-token', { token, where, found: this.found() }))
  }

  /** What comes next, for a message. */
  found(): LocalizableText {
    return this.skip() ? this.foundAt(this.at) : keyed('pkt.script-ends')
  }

  /** What stood there, for a message. */
  foundAt(at: number): LocalizableText {
    const [next] = /^(?:[\w.]+|[^\w.\s]+)/.exec(this.text.slice(at, at + 40)) ?? [this.text[at]]
    return next === undefined ? keyed('pkt.script-ends') : keyed('pkt.found', { next })
  }

  fail(what: Sentence, at = this.at): never {
    throw new ScriptError(this.file, this.placeAt(at), what)
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.text)
    if (match === null) return undefined
    this.at += match[0].length
    return match[1] ?? match[0]
  }
}
