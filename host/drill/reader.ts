/** A place in a script's text, and what can be taken from there. Space and comments between tokens are passed over. */

/** The script is wrong, or asks for what is not there: its message names the place and the remedy. */
export class ScriptError extends Error {
  override readonly name: string = 'ScriptError'
  constructor(
    readonly file: string,
    readonly line: number,
    readonly what: string,
  ) {
    super(`${file}:${line}: ${what}`)
  }
}

const SPACE = /\s+/y
const COMMENT = /\/\/[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\//y

/** Brackets in brackets: scripts have three or four. A text with more would be deeper than what reads it. */
const DEEPEST = 32

export class Reader {
  /** In characters. */
  at = 0
  #depth = 0
  /** The line that was asked for last, and where: statements ask for theirs in order. */
  #lineKnown = 1
  #lineKnownAt = 0
  constructor(
    readonly file: string,
    readonly text: string,
  ) {}

  get line(): number {
    return this.lineAt(this.at)
  }

  lineAt(at: number): number {
    let line = at < this.#lineKnownAt ? 1 : this.#lineKnown
    const from = at < this.#lineKnownAt ? 0 : this.#lineKnownAt
    for (let i = this.text.indexOf('\n', from); i >= 0 && i < at; i = this.text.indexOf('\n', i + 1)) line++
    this.#lineKnown = line
    this.#lineKnownAt = at
    return line
  }

  /** Reads what stands in brackets. @throws ScriptError when they stand in too many others */
  nested<T>(read: () => T): T {
    if (this.#depth === DEEPEST) this.fail(`brackets in more than ${DEEPEST} others: take out what is too many`)
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
      if (this.text.startsWith('/*', this.at)) this.fail('a comment begins here that does not end: close it with */')
      return this.at < this.text.length
    }
  }

  /** Takes what a sticky expression matches next, its first group where there is one. */
  take(pattern: RegExp): string | undefined {
    this.skip()
    return this.#match(pattern)
  }

  /** Takes exactly this. */
  accept(token: string): boolean {
    this.skip()
    if (!this.text.startsWith(token, this.at)) return false
    this.at += token.length
    return true
  }

  next(token: string): boolean {
    this.skip()
    return this.text.startsWith(token, this.at)
  }

  /** @throws ScriptError when something else comes next. */
  expect(token: string, where: string): void {
    if (!this.accept(token)) this.fail(`expected "${token}" ${where}, but ${this.found()}`)
  }

  /** What comes next, for a message. */
  found(): string {
    if (!this.skip()) return 'the script ends here'
    const [next] = /^(?:[\w.]+|[^\w.\s]+)/.exec(this.text.slice(this.at, this.at + 40)) ?? [this.text[this.at]]
    return `found "${next}"`
  }

  fail(what: string, at = this.at): never {
    throw new ScriptError(this.file, this.lineAt(at), what)
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.text)
    if (match === null) return undefined
    this.at += match[0].length
    return match[1] ?? match[0]
  }
}
