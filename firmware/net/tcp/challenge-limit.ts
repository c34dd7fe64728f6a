/**
 * How many challenge ACKs a second (RFC 5961 7): an attacker who sends what calls for them shall not make this end a
 * source of traffic. The budget of each second is drawn by chance between half the limit and the limit, because a budget
 * that is known, and shared by all connections, tells whoever probes it what the other connections do (CVE-2016-5696).
 */
import type { Clock } from '../../hal/clock.js'
import type { Random } from '../../hal/random.js'
import { SecondLimit } from './second-limit.js'

/** Challenge ACKs a second by default. */
export const CHALLENGE_LIMIT = 100

export class ChallengeLimit {
  readonly #clock: Clock
  readonly #limit: SecondLimit

  /** @param limit the most in any second of the clock; 0 allows none */
  constructor(clock: Clock, random: Random, limit = CHALLENGE_LIMIT) {
    this.#clock = clock
    const own = random.fork('challenge limit')
    this.#limit = new SecondLimit(() => limit - own.below(Math.floor(limit / 2) + 1))
  }

  /** May one be sent now? Counts it if so. */
  take(): boolean {
    return this.#limit.take(this.#clock.now)
  }
}
