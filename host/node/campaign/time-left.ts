/** How far a campaign is, and how long it takes on, by the clock on the wall: for a person who waits. */

export class TimeLeft {
  readonly #began = process.hrtime.bigint()
  #toldAt = 0

  /** @returns whole seconds since the beginning, and to the end if it goes on as so far */
  after(done: number, of: number): { readonly seconds: number; readonly left: number } {
    const seconds = Number(process.hrtime.bigint() - this.#began) / 1e9
    return { seconds: Math.round(seconds), left: Math.round((seconds / done) * (of - done)) }
  }

  /** Whether so many seconds have passed since it was last said that they had. */
  every(interval: number): boolean {
    const seconds = Number(process.hrtime.bigint() - this.#began) / 1e9
    if (seconds - this.#toldAt < interval) return false
    this.#toldAt = seconds
    return true
  }
}
