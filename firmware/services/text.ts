/** Text on its way out, a piece at a time: a page is never in memory whole, however long it is. ASCII only. */

export class TextSource {
  readonly #pieces: Iterator<string>
  #piece = ''
  #at = 0
  #done = false

  constructor(pieces: Iterable<string>) {
    this.#pieces = pieces[Symbol.iterator]()
  }

  /** Everything was given. */
  get done(): boolean {
    this.#advance()
    return this.#done
  }

  /** Writes what fits into `into[from .. to)`. @returns octets written; 0 at the end */
  fill(into: Uint8Array, from: number, to: number): number {
    let at = from
    while (at < to) {
      this.#advance()
      if (this.#done) break
      const piece = this.#piece
      let place = this.#at
      while (place < piece.length && at < to) into[at++] = piece.charCodeAt(place++)
      this.#at = place
    }
    return at - from
  }

  #advance(): void {
    while (!this.#done && this.#at >= this.#piece.length) {
      const next = this.#pieces.next()
      this.#at = 0
      this.#piece = next.done === true ? '' : next.value
      this.#done = next.done === true
    }
  }
}

/** As JSON in ASCII: what is beyond it is escaped. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Text on a terminal, in ASCII. */
export function asciiText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?')
}
