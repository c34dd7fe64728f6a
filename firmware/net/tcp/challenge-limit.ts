/**
 * How many challenge ACKs a second (RFC 5961 7): an attacker who sends what calls for them shall not make this end a
 * source of traffic. The budget of each second is drawn by chance between half the limit and the limit, because a budget
 * that is known, and shared by all connections, tells whoever probes it what the other connections do (CVE-2016-5696).
 */
import { type Clock, SECOND } from '../../hal/clock.js'
import type { Random } from '../../hal/random.js'

/** Challenge ACKs a second by default. */
export const CHALLENGE_LIMIT = 100

export class ChallengeLimit {
  readonly #clock: Clock
  readonly #random: Random
  readonly #limit: number
  #second = -1
  #left = 0

  /** @param limit the most in any second of the clock; 0 allows none */
  constructor(clock: Clock, random: Random, limit = CHALLENGE_LIMIT) {
    this.#clock = clock
    this.#random = random.fork('challenge limit')
    this.#limit = limit
  }

  /** May one be sent now? Counts it if so. */
  take(): boolean {
    const second = Math.floor(this.#clock.now / SECOND)
    if (second !== this.#second) {
      this.#second = second
      const half = Math.floor(this.#limit / 2)
      this.#left = this.#limit - this.#random.below(half + 1)
    }
    if (this.#left === 0) return false
    this.#left--
    return true
  }
}
