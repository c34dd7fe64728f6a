/**
 * A zone as data, and what it says of a name (RFC 1034 4.3.2): records, an alias, a delegation, or that there is nothing.
 *
 *     new Zone({ name: 'lab.test', records: [
 *       { name: 'www', type: 'A', address: '10.9.0.80' },
 *       { name: 'www', type: 'AAAA', address: '2001:db8::80' },
 *       { name: 'docs', type: 'CNAME', target: 'www.lab.test' } ] })
 */
import { parseIpv4 } from '../address.js'
import { inZone, parseIpv6 } from '../ipv6/address.js'
import { CLASS_IN, type DnsData, type DnsRecord, type DnsType, type StartOfAuthority } from '../wire/dns.js'
import { dnsName, isWithin, nameKey, parentName } from '../wire/dns-name.js'

/** A record of a zone: its name within the zone, `@` for the zone's own, or a whole name with a dot at its end. */
export type ZoneRecord = { readonly name: string; readonly timeToLive?: number } & (DnsData | AddressText)

/** An address as a person writes it. */
type AddressText =
  | { readonly type: 'A'; readonly address: string }
  | { readonly type: 'AAAA'; readonly address: string }

export interface ZoneOptions {
  /** `lab.test`; empty for the root. */
  name: string
  records?: readonly ZoneRecord[]
  /** Of records that do not say, in seconds; 300 by default. */
  timeToLive?: number
  /** Of the SOA record that every zone has; what is left out has a value fit for a lab. */
  authority?: Partial<StartOfAuthority>
}

/** What a zone says of a question. */
export type ZoneAnswer =
  | { readonly kind: 'records'; readonly records: readonly DnsRecord[] }
  | { readonly kind: 'alias'; readonly record: DnsRecord; readonly target: string }
  /** The name belongs to a zone that others serve. */
  | { readonly kind: 'delegation'; readonly servers: readonly DnsRecord[] }
  | { readonly kind: 'nodata' }
  | { readonly kind: 'nxdomain' }

const DEFAULT_TTL = 300

export class Zone {
  readonly name: string
  readonly soa: DnsRecord
  readonly #timeToLive: number
  readonly #records = new Map<string, DnsRecord[]>()

  /** @throws RangeError when a name or an address is invalid, or a name is not in the zone */
  constructor(options: ZoneOptions) {
    this.name = dnsName(options.name)
    this.#timeToLive = options.timeToLive ?? DEFAULT_TTL
    this.soa = {
      name: this.name,
      class: CLASS_IN,
      timeToLive: this.#timeToLive,
      type: 'SOA',
      primary: this.name === '' ? 'ns' : `ns.${this.name}`,
      mailbox: this.name === '' ? 'hostmaster' : `hostmaster.${this.name}`,
      serial: 1,
      refresh: 3600,
      retry: 600,
      expire: 86_400,
      minimum: this.#timeToLive,
      ...options.authority,
    }
    this.#records.set(nameKey(this.name), [this.soa])
    for (const record of options.records ?? []) this.add(record)
  }

  /** @throws RangeError when the name or its address is invalid, or the name is not in the zone */
  add(record: ZoneRecord): void {
    const name = this.#fullName(record.name)
    const full: DnsRecord = { class: CLASS_IN, timeToLive: this.#timeToLive, ...withAddress(record), name }
    const key = nameKey(name)
    const there = this.#records.get(key)
    if (there === undefined) this.#records.set(key, [full])
    else there.push(full)
  }

  /** Takes the records of a name away, or those of one type. */
  remove(name: string, type?: DnsType): void {
    const key = nameKey(this.#fullName(name))
    const left = (this.#records.get(key) ?? []).filter((each) => type !== undefined && each.type !== type)
    if (key === nameKey(this.name) && !left.includes(this.soa)) left.push(this.soa)
    if (left.length > 0) this.#records.set(key, left)
    else this.#records.delete(key)
  }

  /** What it says of a name within it. */
  find(name: string, type: DnsType): ZoneAnswer {
    const delegation = this.#delegation(name)
    if (delegation !== undefined) return { kind: 'delegation', servers: delegation }
    const owned = this.#records.get(nameKey(name))
    if (owned !== undefined) return select(owned, type)
    // A name that only others stand below exists, and has nothing (RFC 4592 2.2.2).
    if (this.#hasBelow(name)) return { kind: 'nodata' }
    const wild = this.#wildcard(name)
    return wild === undefined ? { kind: 'nxdomain' } : select(wild, type)
  }

  /** Addresses of a name, as far as the zone has them: glue, and what a client asks next. */
  addresses(name: string): readonly DnsRecord[] {
    return (this.#records.get(nameKey(name)) ?? []).filter(({ type }) => type === 'A' || type === 'AAAA')
  }

  #fullName(name: string): string {
    const full = name === '@' ? this.name : name.endsWith('.') ? dnsName(name) : dnsName(`${name}.${this.name}`)
    if (!isWithin(full, this.name))
      throw new RangeError(`"${name}" is not in the zone ${this.name}: give a name within it, without a dot at its end`)
    return full
  }

  /** The NS records where the zone ends on the way to the name. */
  #delegation(name: string): readonly DnsRecord[] | undefined {
    let found: readonly DnsRecord[] | undefined
    const apex = nameKey(this.name)
    for (let each: string | undefined = nameKey(name); each !== undefined && each !== apex; each = parentName(each)) {
      const servers = (this.#records.get(each) ?? []).filter(({ type }) => type === 'NS')
      if (servers.length > 0) found = servers
    }
    return found
  }

  #hasBelow(name: string): boolean {
    for (const key of this.#records.keys()) if (isWithin(key, name)) return true
    return false
  }

  /** RFC 4592 3.3.1: `*` below the closest ancestor that exists, as records of the name asked for. */
  #wildcard(name: string): DnsRecord[] | undefined {
    for (
      let each = parentName(nameKey(name));
      each !== undefined && isWithin(each, this.name);
      each = parentName(each)
    ) {
      const wild = this.#records.get(each === '' ? '*' : `*.${each}`)
      if (wild !== undefined) return wild.map((record) => ({ ...record, name }))
      if (this.#records.has(each) || this.#hasBelow(each)) return undefined
    }
    return undefined
  }
}

/** The record with its address as messages have it. */
function withAddress(record: ZoneRecord): { readonly name: string; readonly timeToLive?: number } & DnsData {
  if (record.type === 'A') return { ...record, address: addressOf(record, parseIpv4, '10.9.0.80') }
  // A zone means something to the links of one host, and nothing to who asks (RFC 4007 11.2).
  if (record.type === 'AAAA') return { ...record, address: inZone(addressOf(record, parseIpv6, '2001:db8::80'), '') }
  return record
}

function addressOf<Address>(
  { name, type, address }: { readonly name: string; readonly type: string; readonly address: Address | string },
  parse: (text: string) => Address | undefined,
  example: string,
): Address {
  const read = typeof address === 'string' ? parse(address) : address
  if (read !== undefined) return read
  throw new RangeError(`"${address}", ${type} of "${name}", is no address of that family: write it like ${example}`)
}

function select(owned: readonly DnsRecord[], type: DnsType): ZoneAnswer {
  const alias = owned.find((record) => record.type === 'CNAME')
  if (alias?.type === 'CNAME' && type !== 'CNAME' && type !== 'ANY')
    return { kind: 'alias', record: alias, target: alias.target }
  const records = type === 'ANY' ? owned : owned.filter((record) => record.type === type)
  return records.length > 0 ? { kind: 'records', records } : { kind: 'nodata' }
}
