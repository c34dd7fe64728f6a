/**
 * Things given back that will be used again. What every connection holds for a while, and a typed array above all, costs more to make and
 * to collect than to keep.
 */
export class Spares<T> {
  readonly #make: () => T
  readonly #limit: number
  readonly #kept: T[] = []

  /** @param limit the most that are kept; what is given back beyond it is forgotten */
  constructor(make: () => T, limit: number) {
    this.#make = make
    this.#limit = limit
  }

  /** One that was given back, as it was left, or a new one. */
  take(): T {
    return this.#kept.pop() ?? this.#make()
  }

  /** Whoever gives one back does not touch it again. */
  giveBack(spare: T): void {
    if (this.#kept.length < this.#limit) this.#kept.push(spare)
  }
}
