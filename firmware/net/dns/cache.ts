/** What name servers said, for as long as they said it holds (RFC 1035 7.4); that something does not exist too (RFC 2308). */
import { type Clock, SECOND } from '../../hal/clock.js'
import { IPV6_OCTETS } from '../ipv6/address.js'
import type { MemoryBudget } from '../memory-budget.js'
import type { DnsRecord, DnsType } from '../wire/dns.js'
import { nameKey } from '../wire/dns-name.js'

/** Longer than a day nothing is believed (RFC 2181 8 allows a cap), nor for more than three hours that something is not (RFC 2308 5). */
const LONGEST_SECONDS = 86_400
const LONGEST_NEGATIVE_SECONDS = 3 * 3600
const DEFAULT_LIMIT = 256
const PURPOSE = 'DNS cache'
/** Of an entry: when it came, when it goes, and its place in the order of use. */
const ENTRY_OCTETS = 24
/** Of a record, beside its name and data: type, class, time to live, length (RFC 1035 3.2.1). */
const RECORD_OCTETS = 10

/** What a cache knows: records, or that there are none of this type, or that there is no such name. */
export type Cached = readonly DnsRecord[] | 'NODATA' | 'NXDOMAIN'

interface Entry {
  readonly value: Cached
  readonly since: number
  readonly expires: number
  /** Taken from the budget. */
  readonly octets: number
}

export class DnsCache {
  readonly #clock: Clock
  readonly #memory: MemoryBudget
  readonly #limit: number
  /** In the order of use, the longest unused first. */
  readonly #entries = new Map<string, Entry>()
  #held = 0
  #evictions = 0

  /**
   * @param memory what entries are held in; where it has no more, those longest unused make room
   * @param limit entries; beyond it the one longest unused makes room
   */
  constructor(clock: Clock, memory: MemoryBudget, limit = DEFAULT_LIMIT) {
    this.#clock = clock
    this.#memory = memory
    this.#limit = limit
  }

  /** Entries held, some of which may be out of date. */
  get size(): number {
    return this.#entries.size
  }

  /** Entries that made room for others before their time was over. */
  get evictions(): number {
    return this.#evictions
  }

  /** The records have what is left of their time to live. */
  get(name: string, type: DnsType): Cached | undefined {
    return this.#find(`${nameKey(name)} ${type}`) ?? this.#find(`${nameKey(name)} *`)
  }

  /** Records of one name and type. */
  put(name: string, type: DnsType, records: readonly DnsRecord[]): void {
    const least = records.reduce((lowest, { timeToLive }) => Math.min(lowest, timeToLive), LONGEST_SECONDS)
    this.#put(`${nameKey(name)} ${type}`, records, least)
  }

  /** @param seconds how long it holds: of the SOA record, the lesser of its time to live and MINIMUM (RFC 2308 5) */
  putNegative(name: string, type: DnsType, value: 'NODATA' | 'NXDOMAIN', seconds: number): void {
    // A name that does not exist has no records of any type.
    const key = `${nameKey(name)} ${value === 'NXDOMAIN' ? '*' : type}`
    this.#put(key, value, Math.min(seconds, LONGEST_NEGATIVE_SECONDS))
  }

  clear(): void {
    for (const key of [...this.#entries.keys()]) this.#forget(key)
  }

  #put(key: string, value: Cached, seconds: number): void {
    this.#forget(key)
    if (seconds <= 0 || this.#limit <= 0) return
    const octets = octetsOf(key, value)
    if (!this.#makeRoom(octets) || !this.#memory.take(octets, PURPOSE)) return
    this.#held += octets
    const { now } = this.#clock
    this.#entries.set(key, { value, since: now, expires: now + seconds * SECOND, octets })
  }

  /** What is out of date goes first, then what is longest unused; nothing goes where it would not help, and the budget counts. */
  #makeRoom(octets: number): boolean {
    const { now } = this.#clock
    const isFull = () => this.#entries.size >= this.#limit || octets > this.#memory.freeFor(PURPOSE)
    if (!isFull() || octets > this.#memory.freeFor(PURPOSE) + this.#held) return true
    for (const [key, { expires }] of [...this.#entries]) if (expires <= now) this.#forget(key)
    for (const key of [...this.#entries.keys()]) {
      if (!isFull()) break
      this.#forget(key)
      this.#evictions++
    }
    return !isFull()
  }

  #forget(key: string): void {
    const entry = this.#entries.get(key)
    if (entry === undefined) return
    this.#entries.delete(key)
    this.#held -= entry.octets
    this.#memory.give(entry.octets, PURPOSE)
  }

  #find(key: string): Cached | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    const { now } = this.#clock
    if (entry.expires <= now) {
      this.#forget(key)
      return undefined
    }
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    if (typeof entry.value === 'string') return entry.value
    const age = Math.floor((now - entry.since) / SECOND)
    return entry.value.map((record) => ({ ...record, timeToLive: Math.max(0, record.timeToLive - age) }))
  }
}

/** What an entry takes where memory is counted: a microcontroller would keep records as they came. */
function octetsOf(key: string, value: Cached): number {
  const records = typeof value === 'string' ? [] : value
  return records.reduce((sum, record) => sum + recordOctets(record), ENTRY_OCTETS + key.length)
}

function recordOctets(record: DnsRecord): number {
  const owner = record.name.length + 2 + RECORD_OCTETS
  switch (record.type) {
    case 'A':
      return owner + 4
    case 'AAAA':
      return owner + IPV6_OCTETS
    case 'NS':
    case 'CNAME':
    case 'PTR':
      return owner + record.target.length + 2
    case 'SOA':
      return owner + record.primary.length + 2 + record.mailbox.length + 2 + 20
    case 'MX':
      return owner + 2 + record.exchange.length + 2
    case 'TXT':
      return owner + record.texts.reduce((sum, text) => sum + 1 + text.length, 0)
    default:
      return owner + record.octets.length
  }
}
