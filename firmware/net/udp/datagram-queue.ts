/**
 * Datagrams that wait for the application: whole, in the order of their arrival, in one store that grows as it must and is
 * paid for from the memory budget. Each lies in one piece, so it is copied in once and out once.
 */
import type { MemoryBudget, MemoryPurpose } from '../memory-budget.js'
import type { IpAddress } from '../network-layer.js'
import { copyOctets, readUint16, readUint32, writeUint16, writeUint32 } from '../wire/octets.js'

/** Before each datagram: source address, destination address, source port, length. */
export const RECORD_OCTETS = 12
/** The least that a store begins with. */
const FIRST_CAPACITY = 128
/** Of the budget, the share that an empty queue may keep for what comes next (a 64th). */
const KEPT_SHIFT = 6

export type QueueLoss = 'receive queue full' | 'no memory'

export class DatagramQueue {
  /** The most octets to hold, headers of records included (SO_RCVBUF). */
  limit: number
  readonly #memory: MemoryBudget
  readonly #purpose: MemoryPurpose
  #store = new Uint8Array(0)
  /** The records lie in `#store[#head .. #tail)`. */
  #head = 0
  #tail = 0
  #count = 0

  constructor(memory: MemoryBudget, limit: number, purpose: MemoryPurpose = 'UDP receive queues') {
    this.#memory = memory
    this.#purpose = purpose
    this.limit = limit
  }

  /** Datagrams that wait. */
  get count(): number {
    return this.#count
  }

  /** Octets of the budget that it holds. */
  get capacity(): number {
    return this.#store.length
  }

  /** Of the first one. Meaningless while `count` is 0, as are the three that follow. */
  get source(): IpAddress {
    return readUint32(this.#store, this.#head)
  }

  get destination(): IpAddress {
    return readUint32(this.#store, this.#head + 4)
  }

  get sourcePort(): number {
    return readUint16(this.#store, this.#head + 8)
  }

  get length(): number {
    return readUint16(this.#store, this.#head + 10)
  }

  /** Copies `octets[start .. end)` in at the end. @returns why it could not, if so */
  push(
    source: IpAddress,
    sourcePort: number,
    destination: IpAddress,
    octets: Uint8Array,
    start: number,
    end: number,
  ): QueueLoss | undefined {
    const needed = RECORD_OCTETS + end - start
    const held = this.#tail - this.#head
    if (held + needed > this.limit) return 'receive queue full'
    if (this.#tail + needed > this.#store.length) {
      if (held + needed > this.#store.length && !this.#grow(held + needed)) return 'no memory'
      this.#store.copyWithin(0, this.#head, this.#tail)
      this.#head = 0
      this.#tail = held
    }
    const store = this.#store
    const at = this.#tail
    writeUint32(store, at, source)
    writeUint32(store, at + 4, destination)
    writeUint16(store, at + 8, sourcePort)
    writeUint16(store, at + 10, end - start)
    copyOctets(octets, start, end, store, at + RECORD_OCTETS)
    this.#tail = at + needed
    this.#count++
    return undefined
  }

  /** Copies as much of the first one's data as fits into `into[from .. to)`. @returns octets copied */
  copyTo(into: Uint8Array, from = 0, to = into.length): number {
    const octets = Math.min(this.length, to - from)
    const at = this.#head + RECORD_OCTETS
    copyOctets(this.#store, at, at + octets, into, from)
    return octets
  }

  /** Drops the first one. */
  shift(): void {
    if (this.#count === 0) return
    this.#head += RECORD_OCTETS + this.length
    if (--this.#count > 0) return
    this.#head = 0
    this.#tail = 0
    if (this.#store.length > this.#memory.limit >> KEPT_SHIFT) this.clear()
  }

  /** Drops everything and gives the store back. */
  clear(): void {
    this.#memory.give(this.#store.length, this.#purpose)
    this.#store = new Uint8Array(0)
    this.#head = 0
    this.#tail = 0
    this.#count = 0
  }

  /** Twice as large if the budget has it, else as large as needed. */
  #grow(needed: number): boolean {
    const before = this.#store
    const wanted = Math.min(this.limit, Math.max(needed, FIRST_CAPACITY, before.length * 2))
    let capacity = wanted
    if (!this.#memory.take(wanted - before.length, this.#purpose)) {
      if (wanted === needed || !this.#memory.take(needed - before.length, this.#purpose)) return false
      capacity = needed
    }
    this.#store = new Uint8Array(capacity)
    this.#store.set(before)
    return true
  }
}
