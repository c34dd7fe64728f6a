/**
 * What buffers may take. A microcontroller has a fixed store for them, and its stack refuses or drops where a computer
 * would allocate: every buffer of the stack is taken from a budget before it exists, and given back when it goes.
 */
import { Tally } from '../hal/counters.js'

/** What octets of the budget are held for. */
export type MemoryPurpose =
  | 'TCP connections'
  | 'TCP send buffers'
  | 'TCP receive buffers'
  | 'TCP segments out of order'
  | 'UDP receive queues'
  | 'UDP datagrams to fragment'
  | 'ICMP receive queues'
  | 'frames waiting for a neighbour'
  | 'frames to this host itself'
  | 'fragments'
  | 'DNS cache'
  | 'services'

/**
 * What one purpose may hold at most, of the whole. What waits to be sent must leave room for what arrives: two ends that
 * each wait for the other to take something would wait for ever. And neither may take what a new connection, or a frame that
 * waits for a neighbour's address, needs. What can be asked for again, as names can, has the least.
 */
const SHARES: Readonly<Partial<Record<MemoryPurpose, number>>> = {
  'TCP send buffers': 1 / 3,
  'TCP receive buffers': 1 / 2,
  'DNS cache': 1 / 8,
}

export interface MemoryUse {
  /** In octets. */
  readonly limit: number
  readonly used: number
  /** The most that was in use at one time. */
  readonly peak: number
  readonly byPurpose: Readonly<Partial<Record<MemoryPurpose, number>>>
  /** How many times a buffer was refused. */
  readonly refused: Readonly<Partial<Record<MemoryPurpose, number>>>
}

export class MemoryBudget {
  /** Octets in all. */
  readonly limit: number
  readonly #held: Partial<Record<MemoryPurpose, number>> = {}
  readonly #refused = new Tally<MemoryPurpose>()
  #used = 0
  #peak = 0

  /** @throws RangeError when `limit` is not a whole number of octets */
  constructor(limit: number) {
    if (!Number.isSafeInteger(limit) || limit < 0)
      throw new RangeError(`a memory budget is a whole number of octets; got ${limit}`)
    this.limit = limit
  }

  get used(): number {
    return this.#used
  }

  get free(): number {
    return this.limit - this.#used
  }

  /** Octets that this purpose may take now: it has a share of the whole, and others may have taken more than theirs. */
  freeFor(purpose: MemoryPurpose): number {
    const share = SHARES[purpose]
    if (share === undefined) return this.free
    const left = Math.floor(this.limit * share) - (this.#held[purpose] ?? 0)
    return left < this.free ? left : this.free
  }

  /** Takes octets; false, counted, when they are not free for this purpose. */
  take(octets: number, purpose: MemoryPurpose): boolean {
    if (octets > this.freeFor(purpose)) {
      this.#refused.add(purpose)
      return false
    }
    this.#used += octets
    if (this.#used > this.#peak) this.#peak = this.#used
    this.#held[purpose] = (this.#held[purpose] ?? 0) + octets
    return true
  }

  /** @throws RangeError when more is given back than was taken: a fault of the stack, not of its peers */
  give(octets: number, purpose: MemoryPurpose): void {
    const held = this.#held[purpose] ?? 0
    if (octets > held) throw new RangeError(`${octets} octets of ${purpose} given back, ${held} held`)
    this.#held[purpose] = held - octets
    this.#used -= octets
  }

  snapshot(): MemoryUse {
    return {
      limit: this.limit,
      used: this.#used,
      peak: this.#peak,
      byPurpose: { ...this.#held },
      refused: this.#refused.snapshot(),
    }
  }
}
