/**
 * Datagrams that wait for the application: whole, in the order of their arrival, in one store that grows as it must and is
 * paid for from the memory budget. Each lies in one piece, so it is copied in once and out once.
 */

import { type Family, type IpAddress, keepIp, keptOctets, recallIp } from '../ip.js'
import type { MemoryBudget, MemoryPurpose } from '../memory-budget.js'
import { copyOctets, readUint16, writeUint16 } from '../wire/octets.js'

/** Of what stands before each datagram (source address, destination address, source port, length) the last two. */
const PORT_AND_LENGTH = 4

/** What a datagram takes beside its data. */
function recordOctets(family: Family): number {
  return 2 * keptOctets(family) + PORT_AND_LENGTH
}

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
  readonly #family: Family
  readonly #recordOctets: number
  #store = new Uint8Array(0)
  /** The records lie in `#store[#head .. #tail)`. */
  #head = 0
  #tail = 0
  #count = 0

  /** @param family of the socket it is for; one of IPv6 may meet addresses of IPv4 too */
  constructor(memory: MemoryBudget, limit: number, family: Family, purpose: MemoryPurpose = 'UDP receive queues') {
    this.#memory = memory
    this.#family = family
    this.#recordOctets = recordOctets(family)
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
    return recallIp(this.#family, this.#store, this.#head)
  }

  get destination(): IpAddress {
    return recallIp(this.#family, this.#store, this.#head + keptOctets(this.#family))
  }

  get sourcePort(): number {
    return readUint16(this.#store, this.#head + this.#recordOctets - PORT_AND_LENGTH)
  }

  get length(): number {
    return readUint16(this.#store, this.#head + this.#recordOctets - 2)
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
    const needed = this.#recordOctets + end - start
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
    const family = this.#family
    const portAt = keepIp(family, destination, store, keepIp(family, source, store, at))
    writeUint16(store, portAt, sourcePort)
    writeUint16(store, portAt + 2, end - start)
    copyOctets(octets, start, end, store, portAt + PORT_AND_LENGTH)
    this.#tail = at + needed
    this.#count++
    return undefined
  }

  /** Copies as much of the first one's data as fits into `into[from .. to)`. @returns octets copied */
  copyTo(into: Uint8Array, from = 0, to = into.length): number {
    const octets = Math.min(this.length, to - from)
    const at = this.#head + this.#recordOctets
    copyOctets(this.#store, at, at + octets, into, from)
    return octets
  }

  /** Drops the first one. */
  shift(): void {
    if (this.#count === 0) return
    this.#head += this.#recordOctets + this.length
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
