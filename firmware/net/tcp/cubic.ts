/**
 * CUBIC (RFC 9438): the window grows as a cubic function of the time since the last loss, whatever the round-trip time,
 * and no slower than Reno would. The function counts segments and seconds; everything outside is octets and nanoseconds.
 */
import { SECOND } from '../../hal/clock.js'
import { cbrt } from '../../math/elementary.js'
import { LossBasedControl } from './congestion.js'

/** RFC 9438 4.6: what remains of the window after a loss. */
const CUBIC_BETA = 0.7
/** RFC 9438 4.1, segments a second cubed. */
const CUBIC_C = 0.4
/** RFC 9438 4.3: as many segments a round trip as make the average window Reno's. */
const RENO_ALPHA = (3 * (1 - CUBIC_BETA)) / (1 + CUBIC_BETA)

/** What a reduction changes. */
interface CubicStage {
  readonly most: number
  readonly prior: number
  readonly kSeconds: number
  readonly reno: number
  readonly began: number | undefined
}

export class Cubic extends LossBasedControl {
  readonly name = 'cubic'
  /** W_max: the window before the last reduction, octets; 0 before the first. */
  #most = 0
  /** cwnd_prior: as above, without the cut of fast convergence. */
  #prior = 0
  /** When this stage of congestion avoidance began; undefined until its first acknowledgement. */
  #began: number | undefined
  /** K: seconds from there until the function is back at W_max. */
  #kSeconds = 0
  /** W_est: the window that Reno would have, octets. */
  #reno = 0
  /** Since when the sender is not held back by the window; the time does not count (RFC 9438 5.8). */
  #idleSince: number | undefined
  /** A time-out came since congestion avoidance last began. */
  #collapsed = false
  /** Part of an octet that the window is to grow by yet. */
  #fraction = 0
  /** What the last reduction is taken back to (4.9.2). */
  #before: CubicStage | undefined

  /** The window of the cubic function `seconds` into this stage, octets (RFC 9438 4.2). */
  #cubic(seconds: number): number {
    const t = seconds - this.#kSeconds
    return this.#most + CUBIC_C * t * t * t * this.segment
  }

  protected avoidCongestion(octets: number, now: number, roundTrip: number): void {
    if (this.#began === undefined) this.#begin(now)
    else if (this.#idleSince !== undefined) this.#began += now - this.#idleSince
    this.#idleSince = undefined
    const elapsed = (now - this.#began!) / SECOND

    // 4.3: once past the window before the loss, Reno's own one segment a round trip.
    const alpha = this.#reno < this.#prior ? RENO_ALPHA : 1
    this.#reno += (alpha * octets * this.segment) / this.window
    if (this.#cubic(elapsed) < this.#reno) {
      if (this.#reno > this.window) this.window = Math.floor(this.#reno)
      return
    }
    // 4.4, 4.5: towards where the function will be in one round trip, at most half as much again.
    const target = Math.min(this.#cubic(elapsed + roundTrip / SECOND), 1.5 * this.window)
    if (target > this.window) this.#grow(((target - this.window) * octets) / this.window)
  }

  protected reduce(flight: number): number {
    // 4.6 lets the flight stand for the window, which may be larger than what was tried.
    const window = Math.min(this.window, Math.max(flight, this.segment))
    this.#prior = window
    // 4.7: a flow that lost before it was back where it had been makes room for new ones.
    this.#most = window < this.#most ? (window * (1 + CUBIC_BETA)) / 2 : window
    this.#began = undefined
    this.#fraction = 0
    return Math.max(Math.round(flight * CUBIC_BETA), 2 * this.segment)
  }

  protected override onReduction(): void {
    this.#before = {
      most: this.#most,
      prior: this.#prior,
      kSeconds: this.#kSeconds,
      reno: this.#reno,
      began: this.#began,
    }
  }

  protected override onUndo(): void {
    if (this.#before === undefined) return
    const { most, prior, kSeconds, reno, began } = this.#before
    this.#most = most
    this.#prior = prior
    this.#kSeconds = kSeconds
    this.#reno = reno
    this.#began = began
    this.#collapsed = false
  }

  protected override onCollapse(): void {
    this.#collapsed = true
    this.#began = undefined
  }

  protected override onAvoidanceBegins(): void {
    this.#began = undefined
  }

  protected override onNotLimited(now: number): void {
    this.#idleSince ??= now
  }

  /** Adds octets of which only whole ones count; what remains is kept. */
  #grow(octets: number): void {
    this.#fraction += octets
    const whole = Math.floor(this.#fraction)
    this.#fraction -= whole
    this.window += whole
  }

  #begin(now: number): void {
    this.#began = now
    this.#reno = this.window
    if (this.#collapsed || this.#most < this.window) {
      // 4.8: after a time-out, and 4.10: after slow start without loss, the window of now is the plateau.
      this.#most = this.window
      this.#kSeconds = 0
      this.#collapsed = false
      return
    }
    this.#kSeconds = cbrt((this.#most - this.window) / this.segment / CUBIC_C)
  }
}
