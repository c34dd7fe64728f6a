/** So much a second, and what is beyond it is counted by who asks. */
import { SECOND } from '../../hal/clock.js'

export class SecondLimit {
  readonly #limit: number
  #second = -1
  #taken = 0

  /** @param limit the most in any second of the clock */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** Whether this one is within the limit. @param now nanoseconds */
  take(now: number): boolean {
    const second = Math.floor(now / SECOND)
    if (second !== this.#second) {
      this.#second = second
      this.#taken = 0
    }
    if (this.#taken === this.#limit) return false
    this.#taken++
    return true
  }
}
