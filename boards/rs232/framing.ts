/** How a UART wraps an octet in bits, and how it samples them back. */
import { LINE_FRAMING_ERROR, LINE_PARITY_ERROR } from '../../firmware/hal/serial-line.js'

export interface Framing {
  /** Nine do not fit an octet, and are not offered. */
  readonly dataBits: 5 | 6 | 7 | 8
  readonly parity: 'none' | 'even' | 'odd'
  readonly stopBits: 1 | 2
}

export const FRAMING_8N1: Framing = { dataBits: 8, parity: 'none', stopBits: 1 }

/** Bit times that one octet takes on the line, start and stop bits included. */
export function bitsAnOctet(framing: Framing): number {
  return 1 + framing.dataBits + (framing.parity === 'none' ? 0 : 1) + framing.stopBits
}

function parityOf(octet: number, framing: Framing): number {
  let ones = framing.parity === 'odd' ? 1 : 0
  for (let bit = 0; bit < framing.dataBits; bit++) ones ^= (octet >> bit) & 1
  return ones
}

/** The levels of one octet on the line, a bit each: start (0), data with the lowest bit first, parity, stop (1). Bit 0 leaves first. */
export function frameBits(octet: number, framing: Framing): number {
  const { dataBits } = framing
  let bits = (octet & ((1 << dataBits) - 1)) << 1
  let at = 1 + dataBits
  if (framing.parity !== 'none') bits |= parityOf(octet, framing) << at++
  for (let i = 0; i < framing.stopBits; i++) bits |= 1 << at++
  return bits
}

/** The receiver samples each bit this often, and takes the majority of samples 8, 9 and 10 (ATmega328P 20.7.2). */
const SAMPLES_A_BIT = 16
const FIRST_VOTE = 8
const LAST_VOTE = 10

/**
 * A UART's receiver at the level of the wire: it samples at sixteen times its own baud rate, looks for the edge of a start
 * bit, and decides each bit by the majority of three samples in its middle (ATmega328P 20.7.1 to 20.7.3). Give it the
 * levels on the line in order; it keeps what it has of an octet from one call to the next.
 */
export class SamplingReceiver {
  readonly #framing: Framing
  /** Nanoseconds between samples: a fraction is kept. */
  #interval: number
  /** When the next sample is due. */
  #next = 0
  #level = 1
  /** Inside an octet: from the edge of its start bit to the vote on its stop bit. */
  #receiving = false
  /** Sample within the present bit, 1 to 16. */
  #sample = 1
  #bit = 0
  #votes = 0
  #value = 0

  /** @param baud of this receiver. */
  constructor(framing: Framing, baud: number) {
    this.#framing = framing
    this.#interval = 1e9 / (baud * SAMPLES_A_BIT)
  }

  setBaud(baud: number): void {
    this.#interval = 1e9 / (baud * SAMPLES_A_BIT)
  }

  /** Between octets with the line at rest: an octet that starts now is received as it was sent. */
  get idle(): boolean {
    return !this.#receiving && this.#level === 1
  }

  /** Takes `level` from `from` to `to` (nanoseconds, fractions allowed). `receive` is called for each octet completed. */
  feed(level: number, from: number, to: number, receive: (octet: number, errors: number, at: number) => void): void {
    // Octets that needed no sampling lie between: the clock that samples is taken up where the line is looked at again.
    if (this.#next < from - this.#interval) this.#next = from
    while (this.#next < to) {
      this.#take(level, receive)
      this.#next += this.#interval
    }
  }

  #take(level: number, receive: (octet: number, errors: number, at: number) => void): void {
    const before = this.#level
    this.#level = level
    if (!this.#receiving) {
      if (before === 0 || level === 1) return
      this.#receiving = true
      this.#sample = 1
      this.#bit = 0
      this.#votes = 0
      this.#value = 0
      return
    }
    if (this.#sample === SAMPLES_A_BIT) {
      this.#sample = 1
      this.#bit++
      this.#votes = 0
    } else {
      this.#sample++
    }
    if (this.#sample >= FIRST_VOTE && this.#sample <= LAST_VOTE) this.#votes += level
    if (this.#sample === LAST_VOTE) this.#decide(this.#votes >= 2 ? 1 : 0, receive)
  }

  #decide(bit: number, receive: (octet: number, errors: number, at: number) => void): void {
    const { dataBits, parity } = this.#framing
    if (this.#bit === 0) {
      if (bit === 1) this.#receiving = false // a spike, no start bit
      return
    }
    const stopAt = 1 + dataBits + (parity === 'none' ? 0 : 1)
    if (this.#bit < stopAt) {
      this.#value |= bit << (this.#bit - 1)
      return
    }
    // The first stop bit decides; the edge of a start bit may follow at once, and a second stop bit is not looked at.
    this.#receiving = false
    const octet = this.#value & ((1 << dataBits) - 1)
    let errors = bit === 0 ? LINE_FRAMING_ERROR : 0
    if (parity !== 'none' && ((this.#value >> dataBits) & 1) !== parityOf(octet, this.#framing)) {
      errors |= LINE_PARITY_ERROR
    }
    receive(octet, errors, this.#next)
  }
}
