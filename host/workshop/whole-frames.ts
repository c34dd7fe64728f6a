/** Frames compared with what was taken at the other end: how many came whole, one after the other. */
export class WholeFrames {
  #inARow = 0
  /** Sent, and not yet there. */
  #sent: Uint8Array | undefined

  get inARow(): number {
    return this.#inARow
  }

  send(frame: Uint8Array): void {
    // The one before has not arrived, or not as it was sent.
    if (this.#sent !== undefined) this.#inARow = 0
    this.#sent = frame.slice()
  }

  /** Others are nobody's business here; one that is spoilt is missed when the next is sent. */
  take(frame: Uint8Array): void {
    const sent = this.#sent
    if (sent === undefined || frame.length !== sent.length || !sent.every((octet, i) => octet === frame[i])) return
    this.#sent = undefined
    this.#inARow++
  }
}
