/** What the arguments of calls mean. */
import { addressExample, addressShownIn, type Family, formatIp, unspecified } from '../../firmware/net/ip.js'
import { keyed, type LocalizableText } from '../text/keyed.js'
import { FAMILY_NAMES, scriptAddress } from './addresses.js'
import { CONSTANTS } from './names.js'
import type { Value } from './script.js'
import { Unsupported } from './unsupported.js'

export interface Address {
  readonly family: Family
  /** As a socket of the family shows it. */
  readonly address: string
  readonly port: number
}

/** A number, a constant or several or-ed. @throws Unsupported for a constant nobody knows */
export function integer(value: Value | undefined, what: LocalizableText): number {
  switch (value?.kind) {
    case 'number':
      return value.value
    case 'name': {
      const constant = CONSTANTS.get(value.name)
      if (constant === undefined) throw new Unsupported(keyed('pkt.constant', { name: value.name, what }), value.at)
      return constant
    }
    case 'or':
      return value.items.reduce((flags, item) => flags | integer(item, what), 0)
    case 'call':
      if (value.name === 'htons' || value.name === 'htonl') return integer(value.arguments[0], what)
      throw new Unsupported(keyed('pkt.call-as-value', { name: value.name, what }), value.at)
    default:
      throw new Unsupported(keyed('pkt.not-a-number', { what }), value?.at)
  }
}

/** The most octets of one call: more than any script means, and no more than this program can hold. */
const LONGEST = 1 << 26

/** A count of octets. @throws Unsupported where it cannot be one */
export function octetCount(value: Value | undefined): number {
  const count = integer(value, keyed('pkt.what.length'))
  if (count < 0 || count > LONGEST) throw new Unsupported(keyed('pkt.length', { longest: LONGEST, count }), value?.at)
  return count
}

/** The names that are or-ed. @throws Unsupported for one that is not among those `known` */
export function flags(value: Value | undefined, what: LocalizableText, known: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  for (const item of value === undefined ? [] : value.kind === 'or' ? value.items : [value]) {
    if (item.kind === 'number' && item.value === 0) continue
    if (item.kind !== 'name' || !known.includes(item.name)) {
      const name = item.kind === 'name' ? item.name : keyed('pkt.this-value')
      throw new Unsupported(keyed('pkt.flag', { name, what, known }), item.at)
    }
    found.add(item.name)
  }
  return found
}

/**
 * `{sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("192.0.2.1")}`, of IPv6 with names as sin6_port and sin6_addr, or as strace
 * prints it; undefined for three dots.
 */
export function socketAddressValue(value: Value | undefined, what: LocalizableText): Address | undefined {
  if (value === undefined || value.kind === 'any' || isNull(value)) return undefined
  if (value.kind !== 'struct') throw new Unsupported(keyed('pkt.address-form', { what }), value.at)
  const named = value.fields.find(({ name }) => /^s(?:a|in6?)_family$/.test(name ?? ''))?.value
  const family = named === undefined ? 'ipv4' : familyConstant(named)
  if (family === undefined) throw new Unsupported(keyed('pkt.family'), named?.at)
  let address: string | undefined
  let port = 0
  for (const { name, value: field } of value.fields) {
    if (field === named) continue
    if (name === 'sin_port' || name === 'sin6_port') port = integer(field, name)
    else if (name === 'sin_addr' || name === 'sin6_addr' || isConversion(field))
      address = internetAddress(field, family)
    // What a zone is here the one link says; a flow label is set for a socket, if at all (RFC 3493 3.3).
    else if (name !== undefined && SAY_NOTHING.includes(name)) integer(field, name)
    else throw new Unsupported(keyed('pkt.address-field', { name: name ?? '?' }), field.at)
  }
  return { family, address: address ?? formatIp(unspecified(family)), port }
}

const SAY_NOTHING: readonly string[] = ['sin6_flowinfo', 'sin6_scope_id']

/** `192.0.2.1:80`, `[fd::1]:80` (RFC 3986 3.2.2). */
export function endText({ address, port }: Pick<Address, 'address' | 'port'>): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

/** AF_INET or AF_INET6. */
export function familyConstant(value: Value, what: LocalizableText = 'sa_family'): Family | undefined {
  const constant = integer(value, what)
  return constant === CONSTANTS.get('AF_INET') ? 'ipv4' : constant === CONSTANTS.get('AF_INET6') ? 'ipv6' : undefined
}

/** `inet_pton(AF_INET6, "fd::1", &sin6_addr)`, as strace prints it. */
function isConversion(value: Value): boolean {
  return value.kind === 'call' && value.name === 'inet_pton'
}

/** Calls that make an address of a text, and where the text stands. */
const CONVERSIONS: Readonly<Record<string, number>> = { htonl: 0, inet_addr: 0, inet6_addr: 0, inet_pton: 1 }
const ANY_ADDRESSES = ['INADDR_ANY', 'IN6ADDR_ANY_INIT', 'in6addr_any']

/** `inet_addr("192.0.2.1")`, `INADDR_ANY`, `inet6_addr("fd::1")`: as a socket of the family shows it. */
export function internetAddress(value: Value, family: Family): string {
  if (value.kind === 'name' && ANY_ADDRESSES.includes(value.name)) return formatIp(unspecified(family))
  const at = value.kind === 'call' && Object.hasOwn(CONVERSIONS, value.name) ? CONVERSIONS[value.name] : undefined
  const inner = value.kind === 'call' && at !== undefined ? value.arguments[at] : undefined
  if (inner?.kind === 'text') {
    const address = scriptAddress(family, inner.text)
    if (address !== undefined) return formatIp(addressShownIn(family, address))
    const as = addressExample(family)
    throw new Unsupported(keyed('pkt.not-an-address', { text: inner.text, family: FAMILY_NAMES[family], as }), inner.at)
  }
  if (inner?.kind === 'name') return internetAddress(inner, family)
  throw new Unsupported(keyed('pkt.inet-addr-form'), value.at)
}

/** The one value between brackets (`[1]`), which is how scripts write what a pointer points to. */
export function pointedTo(value: Value | undefined): Value | undefined {
  return value?.kind === 'list' && value.items.length === 1 ? value.items[0] : undefined
}

export function isNull(value: Value): boolean {
  return (value.kind === 'name' && value.name === 'NULL') || (value.kind === 'number' && value.value === 0)
}

/** Octets that an iovec has room for: `[{..., 600}, {..., 400}]`. */
export function vector(value: Value | undefined): { readonly content: Value; readonly length: number }[] {
  if (value?.kind !== 'list') throw new Unsupported(keyed('pkt.iovec-form'), value?.at)
  return value.items.map((item) => {
    if (item.kind !== 'struct' || item.fields.length !== 2) throw new Unsupported(keyed('pkt.iovec-form'), item.at)
    return { content: item.fields[0].value, length: octetCount(item.fields[1].value) }
  })
}
