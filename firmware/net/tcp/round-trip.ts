/**
 * How long a round trip takes, and from that how long to wait before sending again (RFC 6298). All times are nanoseconds.
 */
import { MILLISECOND, SECOND } from '../../hal/clock.js'

/** Before the first sample (RFC 6298 2.1). */
const INITIAL_TIMEOUT = SECOND
/** After a SYN had to be sent again (RFC 6298 5.7). */
const TIMEOUT_AFTER_SYN_LOSS = 3 * SECOND
/**
 * The shortest timeout. RFC 6298 2.4 says one second, for clocks of half a second and delayed acknowledgements of as much;
 * acknowledgements here are delayed by less, and Linux has done with 200 ms since 2000. `minimum` sets another.
 */
export const MINIMUM_TIMEOUT = 200 * MILLISECOND
/** RFC 6298 2.5: at least 60 seconds. */
export const MAXIMUM_TIMEOUT = 60 * SECOND
/** G: the step of the clock that timestamps are taken from. */
const CLOCK_GRANULARITY = MILLISECOND

export interface RoundTripOptions {
  minimum?: number
  maximum?: number
  /** G of RFC 6298. */
  granularity?: number
}

export class TcpRoundTrip {
  /** Smoothed round-trip time; undefined before the first sample. */
  smoothed: number | undefined
  /** Its variation, RTTVAR. */
  variation = 0
  /** The least sample so far. */
  least = Number.POSITIVE_INFINITY
  readonly #minimum: number
  readonly #maximum: number
  readonly #granularity: number
  #timeout = INITIAL_TIMEOUT

  constructor(options: RoundTripOptions = {}) {
    this.#minimum = options.minimum ?? MINIMUM_TIMEOUT
    this.#maximum = options.maximum ?? MAXIMUM_TIMEOUT
    this.#granularity = options.granularity ?? CLOCK_GRANULARITY
  }

  /** RTO, whole nanoseconds. */
  get timeout(): number {
    return this.#timeout
  }

  /**
   * One round trip was measured, of a segment that was sent once only, or by its timestamp (Karn; RFC 6298 3). It also
   * ends a back-off: RTO is computed anew.
   * @param expected samples a round trip, where every acknowledgement gives one: so many weigh as one
   *   (RFC 7323 appendix G)
   */
  sample(duration: number, expected = 1): void {
    if (duration < this.least) this.least = duration
    if (this.smoothed === undefined) {
      this.smoothed = duration
      this.variation = duration / 2
    } else {
      const weight = expected > 1 ? 1 / expected : 1
      this.variation += (Math.abs(this.smoothed - duration) - this.variation) * (weight / 4)
      this.smoothed += (duration - this.smoothed) * (weight / 8)
    }
    this.#compute()
  }

  /** The timeout passed unanswered: the next is twice as long (RFC 6298 5.5), up to the maximum. */
  backOff(): void {
    this.#timeout = Math.min(2 * this.#timeout, this.#maximum)
  }

  /** New data were acknowledged, though without a sample: the network answers, the back-off ends. */
  endBackOff(): void {
    if (this.smoothed !== undefined) this.#compute()
  }

  /** The SYN had to be sent again, and data begin without a sample (RFC 6298 5.7). */
  startAfterSynLoss(): void {
    this.#timeout = TIMEOUT_AFTER_SYN_LOSS
  }

  #compute(): void {
    const timeout = Math.ceil(this.smoothed! + Math.max(this.#granularity, 4 * this.variation))
    this.#timeout = Math.min(Math.max(timeout, this.#minimum), this.#maximum)
  }
}
