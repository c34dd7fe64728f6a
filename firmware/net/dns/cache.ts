/** What name servers said, for as long as they said it holds (RFC 1035 7.4); that something does not exist too (RFC 2308). */
import { type Clock, SECOND } from '../../hal/clock.js'
import type { DnsRecord, DnsType } from '../wire/dns.js'
import { nameKey } from '../wire/dns-name.js'

/** Longer than a day nothing is believed (RFC 2181 8 allows a cap), nor for more than three hours that something is not (RFC 2308 5). */
const LONGEST = 86_400
const LONGEST_NEGATIVE = 3 * 3600
const DEFAULT_LIMIT = 256

/** What a cache knows: records, or that there are none of this type, or that there is no such name. */
export type Cached = readonly DnsRecord[] | 'NODATA' | 'NXDOMAIN'

interface Entry {
  readonly value: Cached
  readonly since: number
  readonly expires: number
}

export class DnsCache {
  readonly #clock: Clock
  readonly #limit: number
  /** In the order of use, the longest unused first. */
  readonly #entries = new Map<string, Entry>()

  /** @param limit entries; beyond it the one longest unused makes room */
  constructor(clock: Clock, limit = DEFAULT_LIMIT) {
    this.#clock = clock
    this.#limit = limit
  }

  /** Entries held, some of which may be out of date. */
  get size(): number {
    return this.#entries.size
  }

  /** The records have what is left of their time to live. */
  get(name: string, type: DnsType): Cached | undefined {
    return this.#find(`${nameKey(name)} ${type}`) ?? this.#find(`${nameKey(name)} *`)
  }

  /** Records of one name and type. */
  put(name: string, type: DnsType, records: readonly DnsRecord[]): void {
    const least = records.reduce((lowest, { timeToLive }) => Math.min(lowest, timeToLive), LONGEST)
    this.#put(`${nameKey(name)} ${type}`, records, least)
  }

  /** @param seconds how long it holds: of the SOA record, the lesser of its time to live and MINIMUM (RFC 2308 5) */
  putNegative(name: string, type: DnsType, value: 'NODATA' | 'NXDOMAIN', seconds: number): void {
    // A name that does not exist has no records of any type.
    const key = `${nameKey(name)} ${value === 'NXDOMAIN' ? '*' : type}`
    this.#put(key, value, Math.min(seconds, LONGEST_NEGATIVE))
  }

  clear(): void {
    this.#entries.clear()
  }

  #put(key: string, value: Cached, seconds: number): void {
    this.#entries.delete(key)
    if (seconds <= 0 || this.#limit <= 0) return
    const oldest = this.#entries.size >= this.#limit ? this.#entries.keys().next().value : undefined
    if (oldest !== undefined) this.#entries.delete(oldest)
    const { now } = this.#clock
    this.#entries.set(key, { value, since: now, expires: now + seconds * SECOND })
  }

  #find(key: string): Cached | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    this.#entries.delete(key)
    const { now } = this.#clock
    if (entry.expires <= now) return undefined
    this.#entries.set(key, entry)
    if (typeof entry.value === 'string') return entry.value
    const age = Math.floor((now - entry.since) / SECOND)
    return entry.value.map((record) => ({ ...record, timeToLive: Math.max(0, record.timeToLive - age) }))
  }
}
