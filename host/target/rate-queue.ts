/**
 * Octets and changes of rate in the order in which they were asked for: a change waits for the octets before it, and those after
 * it wait until it has taken effect.
 */
export class RateQueue {
  readonly #write: (octets: Uint8Array) => void
  readonly #change: (baud: number, done: () => void) => void
  readonly #held: (Uint8Array | number)[] = []
  #changing = false
  readonly #waiting: (() => void)[] = []

  /**
   * @param write sends octets now
   * @param change changes the rate once what was sent has left, and calls `done` whatever came of it
   */
  constructor(write: (octets: Uint8Array) => void, change: (baud: number, done: () => void) => void) {
    this.#write = write
    this.#change = change
  }

  /** Octets that wait for a change. */
  get octets(): number {
    let held = 0
    for (const entry of this.#held) if (typeof entry !== 'number') held += entry.length
    return held
  }

  /** @param octets may be reused when this returns, as far as `write` lets them */
  write(octets: Uint8Array): void {
    if (this.#changing) this.#held.push(octets.slice())
    else this.#write(octets)
  }

  setBaud(baud: number): void {
    this.#held.push(baud)
    if (!this.#changing) this.#next()
  }

  /** Calls back when no change is under way or waiting; at once where none is. */
  whenIdle(callback: () => void): void {
    if (this.#changing) this.#waiting.push(callback)
    else callback()
  }

  /** Goes on with what was held back, up to the next change. */
  #next(): void {
    this.#changing = false
    while (this.#held.length > 0) {
      const entry = this.#held.shift()!
      if (typeof entry !== 'number') {
        this.#write(entry)
        continue
      }
      this.#changing = true
      this.#change(entry, () => this.#next())
      return
    }
    for (const callback of this.#waiting.splice(0)) callback()
  }
}
