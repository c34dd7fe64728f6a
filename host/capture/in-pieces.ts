const PIECE = 65_536

/** Hands on text in pieces of some 64 KiB. */
export class InPieces {
  readonly #write: (text: string) => void
  #text = ''

  constructor(write: (text: string) => void) {
    this.#write = write
  }

  readonly write = (text: string): void => {
    this.#text += text
    if (this.#text.length >= PIECE) this.close()
  }

  /** Hands on what is left. Each is handed on once, even where the writer throws. */
  close(): void {
    const text = this.#text
    this.#text = ''
    if (text !== '') this.#write(text)
  }
}
