import { LONGEST_MESSAGE, RefusedRequest } from './messages.js'

const LENGTH_OCTETS = 4

/** Cuts what a driver sends, in pieces of any length, into messages: no more than one is kept. */
export class ChipRequestReader {
  readonly #length = new Uint8Array(LENGTH_OCTETS)
  #lengthRead = 0
  #message: Uint8Array | undefined
  #messageRead = 0

  /** Part of a message is there, and its end is not. */
  get isAmidst(): boolean {
    return this.#lengthRead > 0
  }

  /** @throws RefusedRequest for a length that no message has: nothing behind it can be read */
  *take(piece: Uint8Array): Generator<Uint8Array> {
    let at = 0
    while (at < piece.length) {
      if (this.#message === undefined) {
        this.#length[this.#lengthRead++] = piece[at++]
        if (this.#lengthRead === LENGTH_OCTETS) this.#message = this.#begin()
        continue
      }
      const part = piece.subarray(at, at + this.#message.length - this.#messageRead)
      this.#message.set(part, this.#messageRead)
      this.#messageRead += part.length
      at += part.length
      if (this.#messageRead < this.#message.length) continue
      const whole = this.#message
      this.#message = undefined
      this.#lengthRead = 0
      yield whole
    }
  }

  #begin(): Uint8Array {
    const octets = new DataView(this.#length.buffer).getUint32(0)
    if (octets === 0 || octets > LONGEST_MESSAGE)
      throw new RefusedRequest(
        'length',
        `a message has 1 to ${LONGEST_MESSAGE} octets behind its length, and this one says ${octets}: four octets of length, the highest first, then type and rest`,
      )
    this.#messageRead = 0
    return new Uint8Array(octets)
  }
}
