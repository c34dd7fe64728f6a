/** How long to wait for an acknowledgement: RFC 6298, with a floor and a ceiling in cell times. */

import { TIME_MS } from './link-table.js'

const MILLISECOND = 1_000_000
/** RFC 6298 2: alpha = 1/8, beta = 1/4, K = 4. */
const ALPHA = 1 / 8
const BETA = 1 / 4
const K = 4
/** Of the round trip: on a line that keeps time the variation goes to nothing, and one late octet would be enough. */
const LEAST_VARIATION = 1 / 2
/** The retransmission timer is never under four cell times (the specification of the link). */
const FLOOR_CELLS = 4
const CEILING_CELLS = 32
const CEILING = TIME_MS.TIMEOUT_CEILING * MILLISECOND
/** Before anything was measured. */
const FIRST = TIME_MS.FIRST_TIMEOUT * MILLISECOND

export class LinkRoundTrip {
  readonly #granularity: number
  #smoothed: number | undefined
  #variation = 0
  #backOff = 1

  /** @param granularity G of RFC 6298 2.2: nanoseconds by which the peer's answers may be late for reasons of its own. */
  constructor(granularity = 0) {
    this.#granularity = granularity
  }

  /** Smoothed round trip in nanoseconds; undefined before the first measurement. */
  get smoothed(): number | undefined {
    return this.#smoothed
  }

  /** Takes a measured round trip in nanoseconds. Karn's rule is the caller's: never one of a cell that was sent twice. */
  measure(roundTrip: number): void {
    // Only a measurement ends the back-off (Karn): a line slower than the timer would never be measured otherwise, because
    // every cell would go twice.
    this.#backOff = 1
    if (this.#smoothed === undefined) {
      this.#smoothed = roundTrip // RFC 6298 2.2
      this.#variation = roundTrip / 2
    } else {
      this.#variation = (1 - BETA) * this.#variation + BETA * Math.abs(this.#smoothed - roundTrip) // RFC 6298 2.3
      this.#smoothed = (1 - ALPHA) * this.#smoothed + ALPHA * roundTrip
    }
  }

  /** The timer ran out (RFC 6298 5.5). */
  expired(): void {
    if (this.#backOff < 1024) this.#backOff *= 2
  }

  /** The timer in nanoseconds, for cells that take `cellTime` nanoseconds each. */
  timeout(cellTime: number): number {
    const floor = FLOOR_CELLS * cellTime
    const measured =
      this.#smoothed === undefined
        ? Math.max(FIRST, 2 * floor, 2 * this.#granularity)
        : this.#smoothed + Math.max(this.#granularity, this.#smoothed * LEAST_VARIATION, K * this.#variation)
    return Math.round(Math.min(Math.max(measured, floor) * this.#backOff, Math.max(CEILING, CEILING_CELLS * cellTime)))
  }
}
