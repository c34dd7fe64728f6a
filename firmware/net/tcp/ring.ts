/**
 * A first-in first-out store of octets in circular memory. It begins with none, doubles as it is filled, and takes every
 * octet of its memory from the budget of the stack; a connection that never sends costs nothing.
 *
 * Octets may also be put down ahead of the content (segments that arrive out of order) and be made part of it later.
 *
 * The budget is charged as a microcontroller would be, whose stack extends a buffer in place: for what is held between two
 * calls, and not for the copy under way while memory grows.
 */

import { powerOfTwo } from '../../math/power-of-two.js'
import { FIRST_BUFFER_OCTETS, type MemoryBudget, type MemoryPurpose } from '../memory-budget.js'

/** Below this many octets a loop is faster than the view that a block copy needs. */
const BLOCK_COPY = 32
const NOTHING = new Uint8Array(0)

export class ByteRing {
  /** The most octets of content; may be changed at any time, and content beyond a new limit stays. */
  limit: number
  readonly #memory: MemoryBudget
  readonly #purpose: MemoryPurpose
  #octets = NOTHING
  /** Where the content begins. */
  #head = 0
  #length = 0
  /** Octets from the head to the end of what was ever written ahead: no less than the length. */
  #reach = 0

  /** @param limit the most octets of content */
  constructor(memory: MemoryBudget, purpose: MemoryPurpose, limit: number) {
    this.#memory = memory
    this.#purpose = purpose
    this.limit = limit
  }

  /** Octets of content. */
  get length(): number {
    return this.#length
  }

  /** Octets of memory that are held now, and charged. */
  get capacity(): number {
    return this.#octets.length
  }

  /** Octets that can be written now: no more than the limit allows and the budget could give. */
  get free(): number {
    const held = this.#octets.length
    if (held >= this.limit) return this.limit > this.#length ? this.limit - this.#length : 0
    const most = Math.min(this.limit, held + this.#available(held))
    return most > this.#length ? most - this.#length : 0
  }

  /** Appends `octets[from .. to)`, or as many of them as there is room for. Returns how many. */
  write(octets: Uint8Array, from = 0, to = octets.length): number {
    let count = to - from
    const wanted = this.#length + count
    if (wanted > this.#octets.length || wanted > this.limit) {
      count = this.reserve(wanted) - this.#length
      if (count <= 0) return 0
    }
    this.#put(this.#length, octets, from, from + count)
    this.#length += count
    if (this.#length > this.#reach) this.#reach = this.#length
    return count
  }

  /**
   * Puts `octets[from .. to)` down `offset` octets after the first of the content, at or beyond its end, where `extend`
   * makes them part of it. Returns false, and writes nothing, when there is no room for all of them.
   * @throws RangeError when they would overwrite content
   */
  writeAt(offset: number, octets: Uint8Array, from = 0, to = octets.length): boolean {
    if (offset < this.#length) throw new RangeError(`octet ${offset} is content: it has ${this.#length}`)
    const end = offset + to - from
    if (this.reserve(end) < end) return false
    this.#put(offset, octets, from, to)
    if (end > this.#reach) this.#reach = end
    return true
  }

  /**
   * Makes the next octets, written ahead before, part of the content.
   * @throws RangeError when so many were not written
   */
  extend(octets: number): void {
    if (this.#length + octets > this.#reach)
      throw new RangeError(`content of ${this.#length + octets} octets, and ${this.#reach} were written`)
    this.#length += octets
  }

  /**
   * Copies `count` octets, from the `offset`th of the content on, to `into[at ..)`; the content stays.
   * @throws RangeError when the content has not so many
   */
  copyTo(offset: number, into: Uint8Array, at: number, count: number): void {
    if (offset + count > this.#length)
      throw new RangeError(`octets ${offset} to ${offset + count} of a content of ${this.#length}`)
    const memory = this.#octets
    let start = this.#head + offset
    if (start >= memory.length) start -= memory.length
    const first = memory.length - start
    if (count <= first) {
      copy(memory, start, start + count, into, at)
    } else {
      copy(memory, start, memory.length, into, at)
      copy(memory, 0, count - first, into, at + first)
    }
  }

  /** Moves the first octets of the content to `into[from .. to)`. Returns how many there were. */
  read(into: Uint8Array, from = 0, to = into.length): number {
    const count = Math.min(to - from, this.#length)
    this.copyTo(0, into, from, count)
    this.drop(count)
    return count
  }

  /**
   * Removes the first octets of the content.
   * @throws RangeError when it has not so many
   */
  drop(octets: number): void {
    if (octets > this.#length) throw new RangeError(`${octets} octets dropped of a content of ${this.#length}`)
    this.#length -= octets
    this.#reach -= octets
    if (this.#reach === 0) {
      // Nothing is held: beginning anew at the front saves the next copies their second part.
      this.#head = 0
      return
    }
    this.#head += octets
    if (this.#head >= this.#octets.length) this.#head -= this.#octets.length
  }

  /** Forgets what was written ahead and is not part of the content. */
  dropAhead(): void {
    this.#reach = this.#length
    if (this.#reach === 0) this.#head = 0
  }

  /** Gives all memory back if nothing is held in it. Returns whether it did. */
  release(): boolean {
    if (this.#reach > 0) return false
    this.clear()
    return true
  }

  /** Forgets the content and what was written ahead, and gives all memory back. */
  clear(): void {
    this.#memory.give(this.#octets.length, this.#purpose)
    this.#replace(NOTHING)
    this.#head = 0
    this.#length = 0
    this.#reach = 0
  }

  /**
   * Sees to memory for a content of `octets`. Returns how many octets of content there can be now: fewer if the limit is
   * lower, or if the budget refused, which it counts.
   */
  reserve(octets: number): number {
    const wanted = octets < this.limit ? octets : this.limit
    const held = this.#octets.length
    if (wanted <= held) return wanted
    const available = held + this.#available(held)
    const doubled = Math.min(this.limit, Math.max(FIRST_BUFFER_OCTETS, 2 * held, powerOfTwo(wanted)))
    let capacity = doubled <= available ? doubled : wanted
    if (capacity > available) {
      this.#memory.refuse(this.#purpose)
      capacity = available
      if (capacity === held) return held
    }
    if (!this.#memory.take(capacity - held, this.#purpose)) return held
    this.#move(capacity)
    return capacity < wanted ? capacity : wanted
  }

  /** Octets of memory to be had beyond what is held: no ring takes all that another would need. */
  #available(held: number): number {
    return this.#memory.shareFor(this.#purpose, held)
  }

  #move(capacity: number): void {
    const old = this.#octets
    const grown = capacity === FIRST_BUFFER_OCTETS ? this.#memory.firstBuffers.take() : new Uint8Array(capacity)
    if (this.#reach > 0) {
      copy(old, this.#head, old.length, grown, 0)
      copy(old, 0, this.#head, grown, old.length - this.#head)
    }
    this.#replace(grown)
    this.#head = 0
  }

  #replace(octets: Uint8Array<ArrayBuffer>): void {
    if (this.#octets.length === FIRST_BUFFER_OCTETS) this.#memory.firstBuffers.giveBack(this.#octets)
    this.#octets = octets
  }

  /** `offset` from the head, within the memory. */
  #put(offset: number, octets: Uint8Array, from: number, to: number): void {
    const memory = this.#octets
    let start = this.#head + offset
    if (start >= memory.length) start -= memory.length
    const first = memory.length - start
    if (to - from <= first) {
      copy(octets, from, to, memory, start)
    } else {
      copy(octets, from, from + first, memory, start)
      copy(octets, from + first, to, memory, 0)
    }
  }
}

function copy(source: Uint8Array, from: number, to: number, target: Uint8Array, at: number): void {
  if (to - from < BLOCK_COPY) {
    for (let i = from, j = at; i < to; i++, j++) target[j] = source[i]
  } else if (from === 0 && to === source.length) {
    target.set(source, at)
  } else {
    target.set(source.subarray(from, to), at)
  }
}
