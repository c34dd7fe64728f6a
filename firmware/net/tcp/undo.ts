/**
 * Whether the congestion window was reduced for nothing: what was sent again had not been lost. An echo of the first copy says so (the Eifel
 * detection, RFC 3522), or a D-SACK for each copy that was one too many (RFC 3708).
 */
import { isBefore } from './rack.js'
import { after, afterOrAt, beforeOrAt } from './sequence.js'

/** Of what was sent again, so many pieces are remembered, the latest: a wire repeats segments too, and they make D-SACKs as well. */
const REMEMBERED = 8

export class Undo {
  /** SND.UNA when the window was reduced; undefined: there is nothing to take back. */
  #marker: number | undefined
  /** When something was first sent again since. */
  #firstResentAt: number | undefined
  /** Pieces that were sent again since then and not reported as duplicates. */
  #unproven = 0
  /** First number and one beyond the last of each piece that was sent again, circular; equal where there is none. Most connections send nothing again. */
  #pieces: Uint32Array | undefined
  #next = 0

  /** The window is reduced now. */
  begin(unacknowledged: number): void {
    this.#marker = unacknowledged
    this.#firstResentAt = undefined
    this.#unproven = 0
  }

  /** The window stays as it is. */
  end(): void {
    this.#marker = undefined
  }

  onResent(from: number, to: number, now: number): void {
    this.#firstResentAt ??= now
    this.#unproven++
    this.#pieces ??= new Uint32Array(2 * REMEMBERED)
    this.#pieces[2 * this.#next] = from
    this.#pieces[2 * this.#next + 1] = to
    this.#next = (this.#next + 1) % REMEMBERED
  }

  /** A D-SACK reported what is between two numbers. Returns whether that was sent again; each piece counts once. */
  onDuplicate(left: number, right: number): boolean {
    const pieces = this.#pieces
    if (pieces === undefined) return false
    for (let i = 0; i < pieces.length; i += 2) {
      if (pieces[i] === pieces[i + 1] || !afterOrAt(left, pieces[i]) || !beforeOrAt(right, pieces[i + 1])) continue
      pieces[i + 1] = pieces[i]
      if (this.#unproven > 0) this.#unproven--
      return true
    }
    return false
  }

  /**
   * The reduction was for nothing.
   * @param unacknowledged SND.UNA with this acknowledgement taken in
   * @param advanced it is new
   * @param echoedAt the step of the timestamp clock that it echoes; undefined: it echoes none
   */
  isFalse(unacknowledged: number, advanced: boolean, echoedAt: number | undefined): boolean {
    if (this.#marker === undefined || this.#firstResentAt === undefined) return false
    if (this.#unproven === 0) return true
    return (
      advanced &&
      echoedAt !== undefined &&
      after(unacknowledged, this.#marker) &&
      isBefore(echoedAt, this.#firstResentAt)
    )
  }
}
