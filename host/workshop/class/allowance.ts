/** So much a second, and so much at once: what is beyond is refused. */

export class Allowance {
  readonly #perSecond: number
  readonly #most: number
  #left: number
  #at: number

  /** @param now nanoseconds on whichever clock is asked with */
  constructor(perSecond: number, most: number, now: number) {
    this.#perSecond = perSecond
    this.#most = most
    this.#left = most
    this.#at = now
  }

  /** @returns whether there was so much left; then it is spent */
  spend(now: number, amount = 1): boolean {
    this.#left = Math.min(this.#most, this.#left + ((now - this.#at) * this.#perSecond) / 1e9)
    this.#at = now
    if (this.#left < amount) return false
    this.#left -= amount
    return true
  }
}
