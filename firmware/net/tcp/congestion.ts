/**
 * How much may be under way: the congestion window, as RFC 5681 has it, with the response to loss behind an interface so
 * that NewReno and CUBIC can take each other's place. When loss is detected, and what is sent again, is the sender's.
 */

/** What a sender tells its congestion control. Windows and amounts are octets, times nanoseconds. */
export interface CongestionControl {
  readonly name: 'newreno' | 'cubic'
  /** The congestion window. */
  readonly window: number
  /** The slow start threshold; infinite before the first loss (RFC 5681 3.1: arbitrarily high). */
  readonly threshold: number
  /**
   * The connection is established, and the sender's maximum segment size known; or it has changed.
   * @param synLost the SYN or its answer had to be sent again: the window begins with one segment (RFC 5681 3.1)
   */
  setSegmentSize(octets: number, synLost?: boolean): void
  /**
   * New data were acknowledged outside of recovery.
   * @param limited the window, not the application or the receiver, held the sender back when it sent them. Otherwise the
   *   window does not grow: it would say more than was tried (RFC 9438 5.8, RFC 7661).
   * @param roundTrip the smoothed round-trip time; 0 where unknown
   */
  onAcknowledged(octets: number, limited: boolean, now: number, roundTrip: number): void
  /**
   * Loss was inferred from acknowledgements: recovery begins.
   * @param flight FlightSize: octets sent and not acknowledged
   * @param inflated three segments have left the network and are counted by inflating the window, as NewReno does without
   *   SACK (RFC 5681 3.2 step 3); with SACK the scoreboard counts (RFC 6675 5 step 4.2)
   */
  onLoss(flight: number, inflated: boolean, now: number): void
  /** A further duplicate in a recovery without SACK: one more segment has left the network (RFC 5681 3.2 step 4). */
  onDuplicate(): void
  /** A partial acknowledgement in a recovery without SACK (RFC 6582 3.2 step 3). */
  onPartial(octets: number): void
  /** Recovery is over: all that was under way when it began is acknowledged. */
  onRecovered(flight: number, now: number): void
  /**
   * The retransmission timeout passed.
   * @param again it did for the same segment before: the threshold is held (RFC 5681 3.1)
   */
  onTimeout(flight: number, again: boolean, now: number): void
  /** Nothing was sent for longer than a retransmission timeout (RFC 5681 4.1). */
  onIdle(now: number): void
}

/** The first window of a connection (RFC 5681 3.1), from the sender's maximum segment size. */
export function initialWindow(segment: number): number {
  if (segment > 2190) return 2 * segment
  if (segment > 1095) return 3 * segment
  return 4 * segment
}

/** The larger first window of RFC 6928 2, which nearly everybody uses by now: ten segments. */
export function largeInitialWindow(segment: number): number {
  return Math.min(10 * segment, Math.max(2 * segment, 14_600))
}

/** What NewReno and CUBIC share: slow start, recovery, time-out, idleness. */
export abstract class LossBasedControl implements CongestionControl {
  abstract readonly name: 'newreno' | 'cubic'
  window = 0
  threshold = Number.POSITIVE_INFINITY
  /** SMSS. */
  protected segment = 0
  readonly #initialWindow: (segment: number) => number

  /** @param initial the first window, and the one after an idle time, from the sender's maximum segment size */
  constructor(initial: (segment: number) => number = initialWindow) {
    this.#initialWindow = initial
  }

  setSegmentSize(octets: number, synLost = false): void {
    if (this.segment === 0) this.window = synLost ? octets : this.#initialWindow(octets)
    else if (this.window < octets) this.window = octets
    this.segment = octets
  }

  onAcknowledged(octets: number, limited: boolean, now: number, roundTrip: number): void {
    if (!limited) {
      this.onNotLimited(now)
      return
    }
    if (this.window < this.threshold) {
      // RFC 5681 3.1 (2): min (N, SMSS), so that acknowledging a segment in parts gains nothing.
      this.window += Math.min(octets, this.segment)
      return
    }
    this.avoidCongestion(octets, now, roundTrip)
  }

  onLoss(flight: number, inflated: boolean, now: number): void {
    this.threshold = this.reduce(flight, now)
    this.window = inflated ? this.threshold + 3 * this.segment : this.threshold
  }

  onDuplicate(): void {
    this.window += this.segment
  }

  onPartial(octets: number): void {
    this.window -= Math.min(octets, this.window - this.segment)
    if (octets >= this.segment) this.window += this.segment
  }

  onRecovered(flight: number, now: number): void {
    // RFC 6582 3.2 step 3, option 1: no burst where little is under way.
    this.window = Math.min(this.threshold, Math.max(flight, this.segment) + this.segment)
    this.onAvoidanceBegins(now)
  }

  onTimeout(flight: number, again: boolean, now: number): void {
    if (!again) this.threshold = this.reduce(flight, now)
    this.window = this.segment
    this.onCollapse()
  }

  onIdle(now: number): void {
    const restart = this.#initialWindow(this.segment)
    if (this.window > restart) this.window = restart
    this.onNotLimited(now)
  }

  /** Grows the window by what was acknowledged, above the threshold. */
  protected abstract avoidCongestion(octets: number, now: number, roundTrip: number): void
  /** Loss: the new threshold. */
  protected abstract reduce(flight: number, now: number): number
  /** Congestion avoidance goes on from the window after a recovery. */
  protected onAvoidanceBegins(_now: number): void {}
  /** The window fell to one segment. */
  protected onCollapse(): void {}
  /** The sender is not held back by the window. */
  protected onNotLimited(_now: number): void {}
}
