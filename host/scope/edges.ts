/** What a conductor did, edge by edge, in little room: an instant and a number for each. */
import { firstAbove } from '../../firmware/math/first-above.js'

/** Edges of one conductor that are kept: more take too much memory, and no picture shows them. */
const MOST_EDGES = 1_000_000

export class EdgeList {
  #at = new Float64Array(64)
  #value = new Float64Array(64)
  #count = 0
  #overflowed = false
  #forgotten: number | undefined

  constructor(private readonly most = MOST_EDGES) {}

  get length(): number {
    return this.#count
  }

  /** Edges came for which there was no room. */
  get overflowed(): boolean {
    return this.#overflowed
  }

  /** What was there before the first edge that is kept, where older ones were forgotten. */
  get forgotten(): number | undefined {
    return this.#forgotten
  }

  at(index: number): number {
    return this.#at[index]
  }

  value(index: number): number {
    return this.#value[index]
  }

  /** Edges come in the order of time. @param forget older ones may make room for it: nobody knows yet what will be looked at */
  push(at: number, value: number, forget = false): void {
    if (this.#count >= this.most) {
      if (!forget) {
        this.#overflowed = true
        return
      }
      const half = this.#count >> 1
      this.#forgotten = this.#value[half - 1]
      this.#at.copyWithin(0, half, this.#count)
      this.#value.copyWithin(0, half, this.#count)
      this.#count -= half
    }
    if (this.#count === this.#at.length) {
      this.#at = grown(this.#at)
      this.#value = grown(this.#value)
    }
    this.#at[this.#count] = at
    this.#value[this.#count++] = value
  }

  clear(): void {
    this.#count = 0
    this.#forgotten = undefined
  }

  /** The last edge at or before an instant; -1 when there is none. */
  before(time: number): number {
    return firstAbove(time, 0, this.#count, (i) => this.#at[i]) - 1
  }
}

function grown(array: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * array.length)
  larger.set(array)
  return larger
}
