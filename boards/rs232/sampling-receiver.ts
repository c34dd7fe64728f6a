/** A UART's receiver at the level of the wire: sixteen samples a bit, and a majority of three in its middle. */
import { LINE_BIT_8, LINE_FRAMING_ERROR, LINE_PARITY_ERROR } from '../../firmware/hal/serial-line.js'
import { parityOf, type SerialFraming } from './framing.js'

/** The receiver samples each bit this often, and takes the majority of samples 8, 9 and 10 (DS40002061B 20.8.2). */
export const SAMPLES_A_BIT = 16
export const FIRST_VOTE = 8
export const LAST_VOTE = 10

/** Is called for each character completed: its low eight bits, LINE_ flags, and the instant of the vote on its stop bit. */
export type ReceiveCharacter = (octet: number, errors: number, at: number) => void

/**
 * It samples at sixteen times its own baud rate, looks for the edge of a start bit, and decides each bit by the majority of
 * three samples in its middle (DS40002061B 20.8.1 to 20.8.3). Give it the levels on the line in order; it keeps what it has
 * of a character from one call to the next.
 */
export class SamplingReceiver {
  /** Is told each sample within a character: its level, its instant, the bit it belongs to, and which of the bit's it is, from 1. */
  handleSample: ((level: number, at: number, bit: number, nth: number) => void) | undefined
  #framing: SerialFraming
  /** Nanoseconds between samples: a fraction is kept. */
  #interval: number
  /** When the next sample is due. */
  #next = 0
  #level = 1
  /** Inside a character: from the edge of its start bit to the vote on its stop bit. */
  #receiving = false
  /** Sample within the present bit, 1 to 16. */
  #sample = 1
  #bit = 0
  #votes = 0
  #value = 0

  /** @param baud of this receiver. */
  constructor(framing: SerialFraming, baud: number) {
    this.#framing = framing
    this.#interval = 1e9 / (baud * SAMPLES_A_BIT)
  }

  setBaud(baud: number): void {
    this.#interval = 1e9 / (baud * SAMPLES_A_BIT)
  }

  /** The character under way is forgotten: its bits were counted by another framing. */
  setFraming(framing: SerialFraming): void {
    this.#framing = framing
    this.#receiving = false
  }

  /** Between characters with the line at rest: a character that starts now is received as it was sent. */
  get idle(): boolean {
    return !this.#receiving && this.#level === 1
  }

  /** Takes `level` from `from` to `to` (nanoseconds, fractions allowed). `receive` is called for each character completed. */
  feed(level: number, from: number, to: number, receive: ReceiveCharacter): void {
    // What needed no sampling lies between: the clock that samples ran on all the while, and is taken up in its phase.
    if (this.#next < from - this.#interval) {
      this.#next += Math.ceil((from - this.#next) / this.#interval) * this.#interval
    }
    while (this.#next < to) {
      if (!this.#receiving && level === this.#level) {
        // Between characters a level that stays brings nothing.
        this.#next += Math.ceil((to - this.#next) / this.#interval) * this.#interval
        continue
      }
      this.#take(level, receive)
      this.#next += this.#interval
    }
  }

  #take(level: number, receive: ReceiveCharacter): void {
    const before = this.#level
    this.#level = level
    if (!this.#receiving) {
      if (before === 1 && level === 0) {
        this.#begin()
        this.handleSample?.(level, this.#next, 0, 1)
      }
      return
    }
    if (this.#sample === SAMPLES_A_BIT) {
      this.#sample = 1
      this.#bit++
      this.#votes = 0
    } else {
      this.#sample++
    }
    this.handleSample?.(level, this.#next, this.#bit, this.#sample)
    if (this.#sample >= FIRST_VOTE && this.#sample <= LAST_VOTE) this.#votes += level
    if (this.#sample === LAST_VOTE) this.#decide(this.#votes >= 2 ? 1 : 0, receive)
  }

  #begin(): void {
    this.#receiving = true
    this.#sample = 1
    this.#bit = 0
    this.#votes = 0
    this.#value = 0
  }

  #decide(bit: number, receive: ReceiveCharacter): void {
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
    const character = this.#value & ((1 << dataBits) - 1)
    let errors = bit === 0 ? LINE_FRAMING_ERROR : 0
    if (parity !== 'none' && ((this.#value >> dataBits) & 1) !== parityOf(character, this.#framing)) {
      errors |= LINE_PARITY_ERROR
    }
    if (character & 0x100) errors |= LINE_BIT_8
    // The third sample of the vote may already be the first of the next start bit: that is what the fast limit of 20.8.5
    // counts with (S_M is the middle sample of the vote).
    if (bit === 1 && this.#level === 0) this.#begin()
    receive(character & 0xff, errors, this.#next)
  }
}
