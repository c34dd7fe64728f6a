/** Congestion avoidance and the response to loss of RFC 5681, with the recovery of RFC 6582. */
import { LossBasedControl } from './congestion.js'

export class NewReno extends LossBasedControl {
  readonly name = 'newreno'
  /** Octets acknowledged since the window last grew. */
  #counted = 0

  /** One segment a round trip, by counting octets (RFC 5681 3.1, the recommended way; RFC 3465 2.1). */
  protected avoidCongestion(octets: number): void {
    this.#counted += octets
    if (this.#counted < this.window) return
    this.#counted -= this.window
    // However much one acknowledgement covers, the window grows by one segment for it.
    if (this.#counted > this.window) this.#counted = this.window
    this.window += this.segment
  }

  /** RFC 5681 (4): half of what is under way, and two segments at least. */
  protected reduce(flight: number): number {
    this.#counted = 0
    return Math.max(Math.floor(flight / 2), 2 * this.segment)
  }
}
