/** Those who want to hear of one thing that happens, in the order in which they came; any number of them. */
export class Listeners<Arguments extends readonly unknown[]> {
  /** Replaced when it changes, never changed: a call walks through it while listeners come and go. */
  #all: readonly ((...what: Arguments) => void)[] = []

  /** How many there are: where it happens often, what is to be told need not be made for nobody. */
  get size(): number {
    return this.#all.length
  }

  /** One more, called from the next time on. The same function may be added twice, and is called twice. Returns what takes it off. */
  add(listener: (...what: Arguments) => void): () => void {
    this.#all = [...this.#all, listener]
    let there = true
    return () => {
      if (!there) return
      there = false
      const at = this.#all.indexOf(listener)
      this.#all = this.#all.filter((_, index) => index !== at)
    }
  }

  /** Calls each that was there when the call began, one taken off meanwhile included. */
  tell(...what: Arguments): void {
    for (const listener of this.#all) listener(...what)
  }
}
