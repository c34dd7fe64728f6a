/** Messages in a stream: each behind its length in two octets (RFC 1035 4.2.2). */
import { readUint16, writeUint16 } from '../wire/octets.js'
import type { DnsListener } from './carrier.js'

const LENGTH_OCTETS = 2
const FIRST_CAPACITY = 512

/** A message with its length before it. */
export function framed(message: Uint8Array): Uint8Array {
  const octets = new Uint8Array(LENGTH_OCTETS + message.length)
  writeUint16(octets, 0, message.length)
  octets.set(message, LENGTH_OCTETS)
  return octets
}

/** Puts messages together from the octets of a stream as they come. */
export class Deframer {
  #held = new Uint8Array(FIRST_CAPACITY)
  #length = 0

  /** Takes octets; `onMessage` is called with each message that they complete. */
  push(octets: Uint8Array, start: number, end: number, onMessage: DnsListener): void {
    const length = this.#length + end - start
    if (length > this.#held.length) {
      const grown = new Uint8Array(Math.max(length, 2 * this.#held.length))
      grown.set(this.#held.subarray(0, this.#length))
      this.#held = grown
    }
    this.#held.set(octets.subarray(start, end), this.#length)
    this.#length = length
    let at = 0
    while (length - at >= LENGTH_OCTETS) {
      const next = at + LENGTH_OCTETS + readUint16(this.#held, at)
      if (next > length) break
      onMessage(this.#held, at + LENGTH_OCTETS, next)
      at = next
    }
    this.#held.copyWithin(0, at, length)
    this.#length = length - at
  }
}
