/**
 * HyStart++ (RFC 9406): slow start ends before it has filled the queues of the way, by the round trips that grow with them. A round is from
 * one SND.NXT to its acknowledgement. Round trips that are longer than in the round before lead into conservative slow start, which grows a
 * quarter as fast; shorter ones lead out of it again, or else congestion avoidance begins after a few rounds.
 *
 * For the first slow start only (4.3). Names are those of 4.2; times are nanoseconds.
 */
import { MILLISECOND } from '../../hal/clock.js'
import { before } from './sequence.js'

/** 4.3: MIN_RTT_THRESH, MAX_RTT_THRESH, MIN_RTT_DIVISOR, N_RTT_SAMPLE, CSS_GROWTH_DIVISOR, CSS_ROUNDS. */
const LEAST_THRESHOLD = 4 * MILLISECOND
const MOST_THRESHOLD = 16 * MILLISECOND
const ROUND_TRIP_DIVISOR = 8
const SAMPLES = 8
const CONSERVATIVE_DIVISOR = 4
const CONSERVATIVE_ROUNDS = 5

export class Hystart {
  /** The window grows by what slow start lets it, divided by this. */
  growthDivisor = 1
  /** Conservative slow start has lasted its rounds. */
  isOver = false
  /** windowEnd; undefined before the first acknowledgement. */
  #windowEnd: number | undefined
  #samples = 0
  /** currentRoundMinRTT, lastRoundMinRTT. */
  #least = Number.POSITIVE_INFINITY
  #leastBefore = Number.POSITIVE_INFINITY
  /** cssBaselineMinRtt, and the rounds of conservative slow start so far. */
  #baseline = Number.POSITIVE_INFINITY
  #conservativeRounds = 0

  /**
   * New data were acknowledged in slow start.
   * @param roundTrip of the segment that was sent last of those that have arrived
   * @param unacknowledged SND.UNA with this acknowledgement taken in
   * @param next SND.NXT
   */
  onAcknowledged(roundTrip: number, unacknowledged: number, next: number): void {
    if (this.#windowEnd === undefined || !before(unacknowledged, this.#windowEnd)) this.#beginRound(next)
    this.#samples++
    if (roundTrip < this.#least) this.#least = roundTrip
    if (this.#samples < SAMPLES) return
    if (this.growthDivisor === 1) {
      const threshold = Math.max(LEAST_THRESHOLD, Math.min(this.#leastBefore / ROUND_TRIP_DIVISOR, MOST_THRESHOLD))
      // Before there was a round, no round trip is longer than in it.
      if (this.#least < this.#leastBefore + threshold) return
      this.#baseline = this.#least
      this.growthDivisor = CONSERVATIVE_DIVISOR
      this.#conservativeRounds = 0
    } else if (this.#least < this.#baseline) {
      // It was no queue: an acknowledgement was late, or the way has changed.
      this.growthDivisor = 1
    }
  }

  #beginRound(next: number): void {
    this.#windowEnd = next
    this.#leastBefore = this.#least
    this.#least = Number.POSITIVE_INFINITY
    this.#samples = 0
    if (this.growthDivisor > 1 && ++this.#conservativeRounds >= CONSERVATIVE_ROUNDS) this.isOver = true
  }
}
