/** What the arguments of calls mean. */
import { formatIpv4, ipv4 } from '../../firmware/net/address.js'
import { keyed, type LocalizableText } from '../text/keyed.js'
import { CONSTANTS } from './names.js'
import type { Value } from './script.js'
import { Unsupported } from './unsupported.js'

export interface Address {
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

/** `{sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("192.0.2.1")}`; undefined for three dots. */
export function socketAddressValue(value: Value | undefined, what: LocalizableText): Address | undefined {
  if (value === undefined || value.kind === 'any' || isNull(value)) return undefined
  if (value.kind !== 'struct') throw new Unsupported(keyed('pkt.address-form', { what }), value.at)
  let address = '0.0.0.0'
  let port = 0
  for (const field of value.fields) {
    switch (field.name) {
      case 'sa_family':
      case 'sin_family':
        if (integer(field.value, 'sa_family') !== CONSTANTS.get('AF_INET'))
          throw new Unsupported(keyed('pkt.family'), field.value.at)
        break
      case 'sin_port':
        port = integer(field.value, 'sin_port')
        break
      case 'sin_addr':
        address = internetAddress(field.value)
        break
      default:
        throw new Unsupported(keyed('pkt.address-field', { name: field.name ?? '?' }), field.value.at)
    }
  }
  return { address, port }
}

/** `inet_addr("192.0.2.1")`, `INADDR_ANY`. */
export function internetAddress(value: Value): string {
  if (value.kind === 'name' && value.name === 'INADDR_ANY') return '0.0.0.0'
  if (value.kind === 'call' && (value.name === 'htonl' || value.name === 'inet_addr') && value.arguments.length === 1) {
    const [inner] = value.arguments
    if (inner.kind === 'text') {
      try {
        return formatIpv4(ipv4(inner.text))
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        throw new Unsupported(keyed('pkt.not-an-address', { text: inner.text }), inner.at)
      }
    }
    if (inner.kind === 'name') return internetAddress(inner)
  }
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
