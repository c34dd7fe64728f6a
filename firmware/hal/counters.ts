/** Nothing is lost in silence: a tally of what was dropped, by reason. */
export class Tally<Reason extends string> {
  #counts: Partial<Record<Reason, number>> = {}

  add(reason: Reason, by = 1): void {
    this.#counts[reason] = (this.#counts[reason] ?? 0) + by
  }

  count(reason: Reason): number {
    return this.#counts[reason] ?? 0
  }

  get total(): number {
    let sum = 0
    for (const reason in this.#counts) sum += this.#counts[reason] ?? 0
    return sum
  }

  /** Counts from zero again. */
  clear(): void {
    this.#counts = {}
  }

  /** A copy, reasons in the order in which each first happened. */
  snapshot(): Partial<Record<Reason, number>> {
    return { ...this.#counts }
  }
}
