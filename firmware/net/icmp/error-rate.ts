/** How many ICMP errors, and other messages, a host sends (RFC 1812 4.3.2.8, RFC 4443 2.4 f): a bucket that fills with time, without a timer. */
import { type Clock, SECOND } from '../../hal/clock.js'

/** Errors that may follow one another at once; then `ERRORS_A_SECOND` are sent. */
const ERROR_BURST = 50
const ERRORS_A_SECOND = 100

export class ErrorRate {
  readonly #clock: Clock
  readonly #burst: number
  readonly #aSecond: number
  #tokens: number
  #countedAt = 0

  /** @param burst of what may follow one another at once @param aSecond of what may go in the long run */
  constructor(clock: Clock, burst = ERROR_BURST, aSecond = ERRORS_A_SECOND) {
    this.#clock = clock
    this.#burst = burst
    this.#aSecond = aSecond
    this.#tokens = burst
  }

  /** Whether one more may go now; then it counts as gone. */
  mayGo(): boolean {
    const { now } = this.#clock
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#countedAt) * this.#aSecond) / SECOND)
    this.#countedAt = now
    if (this.#tokens < 1) return false
    this.#tokens--
    return true
  }
}
