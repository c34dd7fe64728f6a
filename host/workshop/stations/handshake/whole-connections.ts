/** Connections from the first SYN to the end: how many were opened, delivered all their text and were closed, one after the other. */
export class WholeConnections {
  #inARow = 0
  #open = false
  #wrote = ''
  #read = ''

  get inARow(): number {
    return this.#inARow
  }

  /** The client connects. */
  opens(): void {
    if (this.#open) this.#inARow = 0
    this.#open = true
    this.#wrote = ''
    this.#read = ''
  }

  /** The client's program writes. */
  writes(text: string): void {
    this.#wrote += text
  }

  /** The server's program reads. */
  reads(text: string): void {
    this.#read += text
  }

  /** Neither end has it any more, or both have only to wait. */
  isOver(): void {
    if (!this.#open) return
    this.#open = false
    this.#inARow = this.#wrote !== '' && this.#read === this.#wrote ? this.#inARow + 1 : 0
  }

  /** A program was told that something went wrong. */
  fails(): void {
    this.#open = false
    this.#inARow = 0
  }
}
