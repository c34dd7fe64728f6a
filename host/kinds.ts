/** Things counted by their kind: the first of each, in the order in which they came. */
export class Kinds<Thing> {
  readonly #kinds = new Map<string, { readonly first: Thing; count: number }>()

  /** Returns whether it is the first of its kind. */
  add(kind: string, thing: Thing): boolean {
    const known = this.#kinds.get(kind)
    if (known === undefined) this.#kinds.set(kind, { first: thing, count: 1 })
    else known.count++
    return known === undefined
  }

  get all(): readonly { readonly first: Thing; readonly count: number }[] {
    return [...this.#kinds.values()]
  }
}
