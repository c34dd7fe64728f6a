/**
 * What buffers may take. A microcontroller has a fixed store for them, and its stack refuses or drops where a computer
 * would allocate: every buffer of the stack is taken from a budget before it exists, and given back when it goes.
 */
import { Tally } from '../hal/counters.js'
import { Spares } from './spares.js'

/** What octets of the budget are held for. */
export type MemoryPurpose =
  | 'TCP connections'
  | 'TCP connections half open'
  | 'TCP send buffers'
  | 'TCP receive buffers'
  | 'TCP segments out of order'
  | 'TCP segments sent'
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
 * each wait for the other to take something would wait for ever. What anybody may have this host hold, by sending it
 * something, has a cap of its own each: half-open connections, datagrams that nobody reads, fragments, answers to neighbours
 * that are not there. What can be asked for again, as names can, has the least.
 */
const CAPS: Readonly<Record<MemoryPurpose, number>> = {
  'TCP connections': 3 / 4,
  'TCP connections half open': 1 / 4,
  'TCP send buffers': 1 / 3,
  'TCP receive buffers': 1 / 2,
  'TCP segments out of order': 1 / 8,
  'TCP segments sent': 1 / 8,
  'UDP receive queues': 3 / 8,
  'UDP datagrams to fragment': 1 / 2,
  'ICMP receive queues': 1 / 4,
  'frames waiting for a neighbour': 3 / 8,
  'frames to this host itself': 1 / 2,
  fragments: 1 / 2,
  'DNS cache': 1 / 8,
  services: 1 / 2,
}

/** A control block (`CONTROL_BLOCK_OCTETS`) and a service's buffer (a 16th, at most 4 KiB), for an old connection and a new one. */
function forConnections(limit: number): number {
  return Math.min(limit / 3, 2 * (160 + Math.min(4096, limit / 16)))
}

/** Octets each way, or frames that wait: a 16th, so much that something moves, and no more than a window. */
function forMoving(limit: number): number {
  return Math.min(limit / 12, 65_536, Math.max(128, limit / 16))
}

/**
 * Purposes of which some octets are kept free from all others, whatever arrives: what it takes that a connection which is
 * open moves on, that a new one opens, and that its answer waits for a neighbour's address. On an Uno that is 896 octets of
 * 1536, on a computer a fifth.
 */
const RESERVES: readonly { readonly purposes: readonly MemoryPurpose[]; octets(limit: number): number }[] = [
  { purposes: ['TCP connections', 'services'], octets: forConnections },
  { purposes: ['TCP send buffers'], octets: forMoving },
  { purposes: ['TCP receive buffers', 'TCP segments out of order'], octets: forMoving },
  { purposes: ['frames waiting for a neighbour'], octets: forMoving },
]

/** Below this part of the whole that nobody holds and nothing is reserved of, memory is scarce. */
const SCARCE = 1 / 8

/** How many times the octets that it leaves to others one of many may hold. */
const SHARE = 8
/** Of what a purpose may hold in all, the part that is for those who hold little, and how little that is, in octets. */
const NEWCOMERS = 1 / 8
const LITTLE = 256
/** A purpose that may hold no more than this knows no shares: there two holders are a crowd, and each uses all by turns. */
const UNSHARED = 4096

/** What a buffer that grows begins with, in octets. */
export const FIRST_BUFFER_OCTETS = 256
/** So many of these are kept when nobody holds them. */
const SPARE_BUFFERS = 64

/** What is kept free for some purposes. */
interface Reserve {
  readonly octets: number
  /** By its purposes, together. */
  held: number
}

interface Account {
  /** In octets. */
  readonly cap: number
  /** Of the cap, what is for those who hold little. */
  readonly newcomers: number
  readonly reserve: Reserve
  held: number
  /** Something was held once. */
  used: boolean
}

/** A holder of octets that can be done without. */
export interface Yielding {
  /** What gives way is lost for good; else it will be sent again. */
  readonly isLost: boolean
  /** Gives the least valuable back, more than nothing; false: there is none that would make room. */
  giveOne(): boolean
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
  /** Memory of `FIRST_BUFFER_OCTETS`, for whoever has taken these octets. */
  readonly firstBuffers = new Spares(() => new Uint8Array(FIRST_BUFFER_OCTETS), SPARE_BUFFERS)
  readonly #accounts: Readonly<Record<MemoryPurpose, Account>>
  readonly #refused = new Tally<MemoryPurpose>()
  #used = 0
  #peak = 0
  /** Of all reserves, what their purposes do not hold yet. */
  #reserved = 0
  /** What is only late before what is lost. */
  readonly #yielding: Yielding[] = []

  /** @throws RangeError when `limit` is not a whole number of octets */
  constructor(limit: number) {
    if (!Number.isSafeInteger(limit) || limit < 0)
      throw new RangeError(`a memory budget is a whole number of octets; got ${limit}`)
    this.limit = limit
    const reserves = new Map<string, Reserve>()
    for (const { purposes, octets } of RESERVES) {
      const reserve = { octets: Math.floor(octets(limit)), held: 0 }
      for (const purpose of purposes) reserves.set(purpose, reserve)
      this.#reserved += reserve.octets
    }
    const accounts: Partial<Record<string, Account>> = {}
    for (const [purpose, share] of Object.entries(CAPS)) {
      const reserve = reserves.get(purpose) ?? { octets: 0, held: 0 }
      const cap = Math.floor(limit * share)
      accounts[purpose] = { cap, newcomers: Math.floor(cap * NEWCOMERS), reserve, held: 0, used: false }
    }
    // CAPS names every purpose.
    this.#accounts = accounts as Record<MemoryPurpose, Account>
  }

  get used(): number {
    return this.#used
  }

  get free(): number {
    return this.limit - this.#used
  }

  /** Little is left beyond what is reserved: who holds memory idly had better give it back. */
  get isScarce(): boolean {
    return this.free - this.#reserved < this.limit * SCARCE
  }

  /** The most that this purpose may ever hold. */
  capOf(purpose: MemoryPurpose): number {
    return this.#accounts[purpose].cap
  }

  /** Octets that this purpose may take now: it has a cap, and what is reserved for others is not free for it. */
  freeFor(purpose: MemoryPurpose): number {
    return this.#freeOf(this.#accounts[purpose])
  }

  #freeOf({ cap, reserve, held }: Account): number {
    const own = reserve.octets > reserve.held ? reserve.octets - reserve.held : 0
    const free = this.limit - this.#used - this.#reserved + own
    const left = cap - held
    return left < free ? left : free
  }

  /**
   * Octets that one holder of many, which holds `held` of this purpose, may take now beyond them. It may come to hold `SHARE`
   * times what it leaves free (dynamic thresholds, Choudhury and Hahne, IEEE/ACM Trans. Networking 6(2), 1998); and since
   * those that hold much and never give back leave less to each that comes, a part is for those who hold little.
   */
  shareFor(purpose: MemoryPurpose, held: number): number {
    const account = this.#accounts[purpose]
    const free = this.#freeOf(account)
    if (account.cap <= UNSHARED) return free
    const shared = free - account.newcomers
    const fair = Math.max(Math.floor((SHARE * shared - held) / (SHARE + 1)), LITTLE - held, 0)
    return fair < free ? fair : free
  }

  /** From now on this gives way to what begins. Returns what ends that. */
  addYielding(yielding: Yielding): () => void {
    const at = this.#yielding.findIndex(({ isLost }) => isLost)
    if (yielding.isLost || at < 0) this.#yielding.push(yielding)
    else this.#yielding.splice(at, 0, yielding)
    return () => void this.#yielding.splice(this.#yielding.indexOf(yielding), 1)
  }

  /** Has what yields given back until so many octets are free for a purpose. Returns whether they are. */
  makeRoom(octets: number, purpose: MemoryPurpose): boolean {
    for (const { giveOne } of this.#yielding) while (octets > this.freeFor(purpose) && giveOne());
    return octets <= this.freeFor(purpose)
  }

  /** Octets that a purpose holds beyond what is reserved for it: given back, they are free for all. */
  heldBeyondReserve(purpose: MemoryPurpose): number {
    const { held, reserve } = this.#accounts[purpose]
    return Math.max(0, held - reserve.octets)
  }

  /** Counts a buffer that was not asked for, because its holder has its share. */
  refuse(purpose: MemoryPurpose): void {
    this.#refused.add(purpose)
  }

  /** Takes octets; false, counted, when they are not free for this purpose. */
  take(octets: number, purpose: MemoryPurpose): boolean {
    if (octets > this.freeFor(purpose)) {
      this.#refused.add(purpose)
      return false
    }
    this.#used += octets
    if (this.#used > this.#peak) this.#peak = this.#used
    this.#hold(this.#accounts[purpose], octets)
    return true
  }

  /** @throws RangeError when more is given back than was taken: a fault of the stack, not of its peers */
  give(octets: number, purpose: MemoryPurpose): void {
    const account = this.#accounts[purpose]
    if (octets > account.held) throw new RangeError(`${octets} octets of ${purpose} given back, ${account.held} held`)
    this.#used -= octets
    this.#hold(account, -octets)
  }

  /** Holds so many more, and with them the less is reserved. */
  #hold(account: Account, octets: number): void {
    account.held += octets
    account.used = true
    const { reserve } = account
    const before = reserve.octets > reserve.held ? reserve.octets - reserve.held : 0
    reserve.held += octets
    const after = reserve.octets > reserve.held ? reserve.octets - reserve.held : 0
    this.#reserved += after - before
  }

  snapshot(): MemoryUse {
    const byPurpose: Partial<Record<MemoryPurpose, number>> = {}
    for (const [purpose, { held, used }] of Object.entries(this.#accounts))
      if (used) byPurpose[purpose as MemoryPurpose] = held
    return { limit: this.limit, used: this.#used, peak: this.#peak, byPurpose, refused: this.#refused.snapshot() }
  }
}
