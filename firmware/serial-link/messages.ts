/** Messages on a channel: the stream of octets is cut by a length of two octets, high octet first, before each. */

import { MESSAGE } from './link-table.js'

const { LENGTH_OCTETS } = MESSAGE
const MESSAGE_LIMIT = 0xffff

/**
 * One message as it goes onto a channel.
 * @throws RangeError when it is longer than 65,535 octets.
 */
export function encodeMessage(message: Uint8Array): Uint8Array {
  if (message.length > MESSAGE_LIMIT) throw new RangeError(`a message has at most ${MESSAGE_LIMIT} octets`)
  const octets = new Uint8Array(LENGTH_OCTETS + message.length)
  octets[0] = message.length >> 8
  octets[1] = message.length & 0xff
  octets.set(message, LENGTH_OCTETS)
  return octets
}

/** Puts the messages of one channel together again. */
export class MessageReader {
  #buffer = new Uint8Array(128)
  #length = 0
  readonly #onMessage: (message: Uint8Array) => void

  constructor(onMessage: (message: Uint8Array) => void) {
    this.#onMessage = onMessage
  }

  /** Takes octets of the channel in order. Messages are handed over, each a copy, from inside the call. */
  push(octets: Uint8Array): void {
    const needed = this.#length + octets.length
    if (needed > this.#buffer.length) {
      const larger = new Uint8Array(needed * 2)
      larger.set(this.#buffer.subarray(0, this.#length))
      this.#buffer = larger
    }
    this.#buffer.set(octets, this.#length)
    this.#length = needed
    let at = 0
    while (this.#length - at >= LENGTH_OCTETS) {
      const end = at + LENGTH_OCTETS + ((this.#buffer[at] << 8) | this.#buffer[at + 1])
      if (end > this.#length) break
      const message = this.#buffer.slice(at + LENGTH_OCTETS, end)
      at = end
      this.#onMessage(message)
    }
    this.#buffer.copyWithin(0, at, this.#length)
    this.#length -= at
  }

  /** A new session began: half a message will never be finished. */
  reset(): void {
    this.#length = 0
  }
}
