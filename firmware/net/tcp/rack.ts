/**
 * RACK (RFC 8985): a segment is lost when one that was sent after it has arrived, and as much time has passed since as a round trip and the
 * reordering of the way take. The variables are those of RFC 8985 5.3; times are nanoseconds.
 */
import { MILLISECOND, SECOND } from '../../hal/clock.js'
import { type DeliveryWitness, type LossJudge, RESENT } from './sent-segments.js'
import { after, afterOrAt, before } from './sequence.js'

/** DupThresh (RFC 5681 3.2): before any reordering was seen, so much reported beyond a segment says without a wait that it is lost. */
export const DUPLICATE_THRESHOLD = 3
/** How many recoveries without a D-SACK bring the reordering window back (RFC 8985 6.2 step 4). */
const PERSISTENCE = 16
/** A minimum is of this time and of the one before it: ways change (RFC 8985 6.2 step 1 says some minutes). */
const LEAST_LIFETIME = 300 * SECOND

export class Rack implements DeliveryWitness, LossJudge {
  /** RACK.rtt: the round trip of the segment that was sent last of those that have arrived. */
  roundTrip = 0
  /** RACK.reordering_seen. */
  reorderingSeen = false
  /** RACK.reo_wnd, as it was last used. */
  window = 0
  /** RACK.reo_wnd_mult. */
  multiplier = 1
  /** An earlier copy of something was delivered than that which was sent last: of what this acknowledgement told. */
  echoOfEarlierCopy = false
  /** RACK.xmit_ts, RACK.end_seq; the time is before all others until something has arrived. */
  #sentAt = Number.NEGATIVE_INFINITY
  #end = 0
  /** RACK.fack: one beyond the highest number that has arrived; undefined until then. Before this acknowledgement, and with it. */
  #highest: number | undefined
  #highestNow: number | undefined
  /** RACK.min_RTT: of the present while, and of the one before. */
  #least = Number.POSITIVE_INFINITY
  #leastBefore = Number.POSITIVE_INFINITY
  #leastUntil = 0
  /** RACK.reo_wnd_persist. */
  #persist = 0
  /** RACK.dsack_round: SND.NXT when a D-SACK last made the window wider. */
  #duplicateRound: number | undefined
  /** Of the acknowledgement that is being looked at: the instant, and how old what it echoes is at most. */
  #now = 0
  #echoedAt: number | undefined

  /** The connection is open: the round trip of the handshake, where one was measured. */
  begin(roundTrip: number | undefined): void {
    if (roundTrip !== undefined) this.#least = roundTrip
  }

  /**
   * An acknowledgement arrived; what it tells follows by `onDelivered`.
   * @param echoedAt the earliest instant at which the segment can have been sent whose timestamp it echoes; undefined: it echoes none
   */
  beginAcknowledgement(now: number, echoedAt: number | undefined): void {
    this.#now = now
    this.#echoedAt = echoedAt
    this.#highest = this.#highestNow
    this.echoOfEarlierCopy = false
    if (now >= this.#leastUntil) {
      this.#leastBefore = this.#least
      this.#least = Number.POSITIVE_INFINITY
      this.#leastUntil = now + LEAST_LIFETIME
    }
  }

  /** RACK.min_RTT; infinite before the first. */
  get least(): number {
    return this.#least < this.#leastBefore ? this.#least : this.#leastBefore
  }

  onDelivered(sentAt: number, end: number, state: number): void {
    const roundTrip = this.#now - sentAt
    if (this.#highestNow === undefined || after(end, this.#highestNow)) this.#highestNow = end
    if ((state & RESENT) === 0) {
      if (roundTrip < this.#least) this.#least = roundTrip
      // RACK_detect_reordering (): a segment that was sent once arrives after one that was sent behind it.
      if (this.#highest !== undefined && before(end, this.#highest)) this.reorderingSeen = true
    } else {
      // 6.2 step 2: it cannot be the last copy that has arrived.
      if (this.#echoedAt !== undefined && isBefore(this.#echoedAt, sentAt)) this.echoOfEarlierCopy = true
      const { least } = this
      if (this.echoOfEarlierCopy || (roundTrip < least && least !== Number.POSITIVE_INFINITY)) return
    }
    if (!isSentAfter(sentAt, end, this.#sentAt, this.#end)) return
    this.roundTrip = roundTrip
    this.#sentAt = sentAt
    this.#end = end
  }

  timeUntilLost(sentAt: number, end: number, state: number): number | undefined {
    // What was sent again at the very instant at which the other went did not go before it.
    if ((state & RESENT) !== 0 && sentAt === this.#sentAt) return undefined
    if (!isSentAfter(this.#sentAt, this.#end, sentAt, end)) return undefined
    return sentAt + this.roundTrip + this.window - this.#now
  }

  /**
   * RACK_update_reo_wnd () (6.2 step 4), before losses are looked for.
   * @param recovering in a recovery, by acknowledgements or after a timeout
   * @param reported octets that the receiver has reported
   * @param segment SMSS
   * @param smoothed SRTT
   */
  adapt(now: number, recovering: boolean, reported: number, segment: number, smoothed: number): void {
    this.#now = now
    if (!this.reorderingSeen && (recovering || reported >= DUPLICATE_THRESHOLD * segment)) {
      this.window = 0
      return
    }
    const { least } = this
    this.window = least === Number.POSITIVE_INFINITY ? 0 : Math.min((this.multiplier * least) / 4, smoothed)
  }

  /** A D-SACK about something that was sent again: the window was too narrow. It grows once a round trip. */
  noteDuplicate(unacknowledged: number, next: number): void {
    if (this.#duplicateRound !== undefined && afterOrAt(unacknowledged, this.#duplicateRound))
      this.#duplicateRound = undefined
    if (this.#duplicateRound !== undefined) return
    this.#duplicateRound = next
    this.multiplier++
    this.#persist = PERSISTENCE
  }

  /** A recovery is over. */
  onRecovered(): void {
    if (this.#persist > 0 && --this.#persist === 0) this.multiplier = 1
  }

  /** RACK_mark_losses_on_RTO () (6.3): what was sent at this instant or before is lost when the timer runs out. */
  lostUntil(now: number): number {
    return now - this.roundTrip - this.window
  }
}

/**
 * What was sent at an instant cannot have the timestamp of a segment that was sent before it.
 * @param stampedAt when the step of the timestamp clock began that an echo names
 */
export function isBefore(stampedAt: number, sentAt: number): boolean {
  return stampedAt + MILLISECOND <= sentAt
}

/** RACK_sent_after () (6.2): of what was sent at one instant, what is behind was sent after. */
function isSentAfter(sentAt: number, end: number, otherAt: number, other: number): boolean {
  return sentAt > otherAt || (sentAt === otherAt && after(end, other))
}
