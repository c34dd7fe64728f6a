/**
 * How much may be under way: the congestion window, as RFC 5681 has it, with the response to loss behind an interface so
 * that NewReno and CUBIC can take each other's place. When loss is detected, and what is sent again, is the sender's.
 */

import { Hystart } from './hystart.js'

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
  /** In the first slow start, which ends by round trips that grow (RFC 9406): `onStartSample` is to be called. */
  readonly isStarting: boolean
  /**
   * New data were acknowledged, before `onAcknowledged` is called for them.
   * @param roundTrip of the segment that was sent last of those that have arrived
   * @param unacknowledged SND.UNA
   * @param next SND.NXT
   */
  onStartSample(roundTrip: number, unacknowledged: number, next: number): void
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
   * @param outstanding RecoverFS of RFC 9937 5: what of these had not been reported before the acknowledgement that shows the loss;
   *   undefined without SACK: segments that have left the network are counted by inflating the window then (RFC 5681 3.2 step 3)
   */
  onLoss(flight: number, outstanding: number | undefined, now: number): void
  /**
   * An acknowledgement in a recovery with SACK, that of `onLoss` included: the window follows what leaves the network (RFC 9937 5).
   * @param delivered octets that it says have arrived
   * @param pipe octets believed to be under way now
   * @param safe it is new, and nothing more was found lost
   */
  onRecoveryAck(delivered: number, pipe: number, safe: boolean): void
  /** Octets were sent in a recovery with SACK, for the first time or again. */
  onRecoverySent(octets: number): void
  /** A further duplicate in a recovery without SACK, or one that shows a timeout to be right: one more segment has left the network (RFC 5681 3.2 step 4). */
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
  /** Congestion with nothing lost that is still outstanding: the network said so, or a probe repaired the loss (RFC 8985 7.4.2). */
  onCongestion(flight: number, now: number): void
  /** What the last reduction answered to had not happened: the window is what it was (RFC 4015 3.2, RFC 9438 4.9). */
  undo(now: number): void
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
  /** Before the last reduction. */
  #windowBefore = 0
  #thresholdBefore = 0
  /** RecoverFS, prr_delivered and prr_out of RFC 9937 5; RecoverFS is 0 but in a recovery with SACK. */
  #recoverFlight = 0
  #delivered = 0
  #sent = 0
  readonly #initialWindow: (segment: number) => number
  /** The first slow start is not over. */
  #starting = true
  /** What ends it; made with its first sample. */
  #start: Hystart | undefined

  /** @param initial the first window, and the one after an idle time, from the sender's maximum segment size */
  constructor(initial: (segment: number) => number = initialWindow) {
    this.#initialWindow = initial
  }

  setSegmentSize(octets: number, synLost = false): void {
    if (this.segment === 0) this.window = synLost ? octets : this.#initialWindow(octets)
    else if (this.window < octets) this.window = octets
    this.segment = octets
  }

  get isStarting(): boolean {
    return this.#starting
  }

  onStartSample(roundTrip: number, unacknowledged: number, next: number): void {
    if (!this.#starting) return
    this.#start ??= new Hystart()
    this.#start.onAcknowledged(roundTrip, unacknowledged, next)
  }

  onAcknowledged(octets: number, limited: boolean, now: number, roundTrip: number): void {
    if (this.#start?.isOver === true) {
      this.#endStart()
      this.threshold = this.window
      this.onAvoidanceBegins(now)
    }
    if (!limited) {
      this.onNotLimited(now)
      return
    }
    if (this.window < this.threshold) {
      // RFC 5681 3.1 (2): min (N, SMSS), so that acknowledging a segment in parts gains nothing.
      const growth = Math.min(octets, this.segment)
      this.window += this.#start === undefined ? growth : Math.ceil(growth / this.#start.growthDivisor)
      return
    }
    this.avoidCongestion(octets, now, roundTrip)
  }

  onLoss(flight: number, outstanding: number | undefined, now: number): void {
    this.#reduce(flight, now)
    if (outstanding === undefined) {
      this.window = this.threshold + 3 * this.segment
      return
    }
    this.#recoverFlight = Math.max(outstanding, this.segment)
    this.#delivered = 0
    this.#sent = 0
  }

  onRecoveryAck(delivered: number, pipe: number, safe: boolean): void {
    this.#delivered += delivered
    let room: number
    if (pipe > this.threshold) room = Math.ceil((this.#delivered * this.threshold) / this.#recoverFlight) - this.#sent
    else {
      room = Math.max(this.#delivered - this.#sent, delivered)
      if (safe) room += this.segment
      room = Math.min(this.threshold - pipe, room)
    }
    // The first retransmission goes at once.
    if (this.#sent === 0 && room < this.segment) room = this.segment
    this.window = pipe + Math.max(room, 0)
  }

  onRecoverySent(octets: number): void {
    this.#sent += octets
  }

  onDuplicate(): void {
    this.window += this.segment
  }

  onPartial(octets: number): void {
    this.window -= Math.min(octets, this.window - this.segment)
    if (octets >= this.segment) this.window += this.segment
  }

  onRecovered(flight: number, now: number): void {
    // With SACK what is under way is near the threshold by now (RFC 9937 5). Without: RFC 6582 3.2 step 3, option 1, no burst where it is little.
    const restart = Math.max(flight, this.segment) + this.segment
    this.window = this.#recoverFlight > 0 ? this.threshold : Math.min(this.threshold, restart)
    this.#recoverFlight = 0
    this.onAvoidanceBegins(now)
  }

  onTimeout(flight: number, again: boolean, now: number): void {
    if (!again) this.#reduce(flight, now)
    this.#recoverFlight = 0
    this.window = this.segment
    this.onCollapse()
  }

  onCongestion(flight: number, now: number): void {
    this.#reduce(flight, now)
    this.window = this.threshold
    this.onAvoidanceBegins(now)
  }

  undo(_now: number): void {
    this.#recoverFlight = 0
    this.window = Math.max(this.window, this.#windowBefore)
    this.threshold = Math.max(this.threshold, this.#thresholdBefore)
    this.onUndo()
  }

  onIdle(now: number): void {
    const restart = this.#initialWindow(this.segment)
    if (this.window > restart) this.window = restart
    this.onNotLimited(now)
  }

  #endStart(): void {
    this.#starting = false
    this.#start = undefined
  }

  /** The threshold falls, from what was under way and released by the window; what it was before can be had back. */
  #reduce(flight: number, now: number): void {
    this.#endStart()
    // In a recovery the window follows what leaves the network, and the threshold is what it leads to.
    const window = this.#recoverFlight > 0 ? Math.min(this.threshold, this.#windowBefore) : this.window
    if (this.#recoverFlight === 0) {
      this.#windowBefore = this.window
      this.#thresholdBefore = this.threshold
      this.onReduction()
    }
    // RFC 5681 3.2 step 2: what limited transmit sent beyond the window does not count.
    this.threshold = this.reduce(Math.min(flight, Math.max(window, this.segment)), now)
  }

  /** Grows the window by what was acknowledged, above the threshold. */
  protected abstract avoidCongestion(octets: number, now: number, roundTrip: number): void
  /** Loss: the new threshold. */
  protected abstract reduce(flight: number, now: number): number
  /** The window is about to be reduced: what `onUndo` is to bring back. */
  protected onReduction(): void {}
  /** The reduction was for nothing. */
  protected onUndo(): void {}
  /** Congestion avoidance goes on from the window after a recovery. */
  protected onAvoidanceBegins(_now: number): void {}
  /** The window fell to one segment. */
  protected onCollapse(): void {}
  /** The sender is not held back by the window. */
  protected onNotLimited(_now: number): void {}
}
