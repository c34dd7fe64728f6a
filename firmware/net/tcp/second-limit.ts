/** So much a second, and what is beyond it is counted by who asks. */
import { SECOND } from '../../hal/clock.js'

export class SecondLimit {
  readonly #budget: () => number
  #second = -1
  #left = 0

  /** @param budget asked at the beginning of each second of the clock: how much it lets through */
  constructor(budget: () => number) {
    this.#budget = budget
  }

  /** Whether this one is within the limit; counts it if so. @param now nanoseconds */
  take(now: number): boolean {
    const second = Math.floor(now / SECOND)
    if (second !== this.#second) {
      this.#second = second
      this.#left = this.#budget()
    }
    if (this.#left === 0) return false
    this.#left--
    return true
  }
}
