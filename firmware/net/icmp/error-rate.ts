/** How many ICMP errors a host sends (RFC 1812 4.3.2.8, RFC 4443 2.4 f): a bucket that fills with time, without a timer. */
import { type Clock, SECOND } from '../../hal/clock.js'

/** Errors that may follow one another at once; then `ERRORS_A_SECOND` are sent. */
const ERROR_BURST = 50
const ERRORS_A_SECOND = 100

export class ErrorRate {
  readonly #clock: Clock
  #tokens = ERROR_BURST
  #countedAt = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Whether one more may go now; then it counts as gone. */
  mayGo(): boolean {
    const { now } = this.#clock
    this.#tokens = Math.min(ERROR_BURST, this.#tokens + ((now - this.#countedAt) * ERRORS_A_SECOND) / SECOND)
    this.#countedAt = now
    if (this.#tokens < 1) return false
    this.#tokens--
    return true
  }
}
