/** Which way round the receive pair is (IEEE 802.3 14.2.1.8 leaves the method open; PHSTAT2.PLRITY shows the result). */

/** As many signals in a row of the other polarity change the PHY's mind. */
const CONVINCED = 3

export class Polarity {
  /** The pair is taken to be swapped. */
  reversed = false
  #against = 0

  reset(): void {
    this.reversed = false
    this.#against = 0
  }

  /** A link test pulse or the end of a frame was seen. */
  seen(inverted: boolean): void {
    if (inverted === this.reversed) {
      this.#against = 0
      return
    }
    this.#against++
    if (this.#against < CONVINCED) return
    this.reversed = inverted
    this.#against = 0
  }
}
