/** What the arguments of calls mean. */
import { formatIpv4, ipv4 } from '../../firmware/net/address.js'
import { CONSTANTS } from './names.js'
import type { Value } from './script.js'
import { Unsupported } from './unsupported.js'

export interface Address {
  readonly address: string
  readonly port: number
}

/** A number, a constant or several or-ed. @throws Unsupported for a constant nobody knows */
export function integer(value: Value | undefined, what: string): number {
  switch (value?.kind) {
    case 'number':
      return value.value
    case 'name': {
      const constant = CONSTANTS.get(value.name)
      if (constant === undefined) throw new Unsupported(`the constant ${value.name} (${what}) is not supported`)
      return constant
    }
    case 'or':
      return value.items.reduce((flags, item) => flags | integer(item, what), 0)
    case 'call':
      if (value.name === 'htons' || value.name === 'htonl') return integer(value.arguments[0], what)
      throw new Unsupported(`${value.name}() as ${what} is not supported`)
    default:
      throw new Unsupported(`${what} is to be a number or a constant`)
  }
}

/** The most octets of one call: more than any script means, and no more than this program can hold. */
const LONGEST = 1 << 26

/** A count of octets. @throws Unsupported where it cannot be one */
export function octetCount(value: Value | undefined): number {
  const count = integer(value, 'a length')
  if (count < 0 || count > LONGEST) throw new Unsupported(`a length is 0 to ${LONGEST} octets here, not ${count}`)
  return count
}

/** The names that are or-ed. @throws Unsupported for one that is not among those `known` */
export function flags(value: Value | undefined, what: string, known: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  for (const item of value === undefined ? [] : value.kind === 'or' ? value.items : [value]) {
    if (item.kind === 'number' && item.value === 0) continue
    if (item.kind !== 'name' || !known.includes(item.name))
      throw new Unsupported(
        `${item.kind === 'name' ? item.name : 'this value'} is not supported as ${what}; supported are ${known.join(', ')}`,
      )
    found.add(item.name)
  }
  return found
}

/** `{sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("192.0.2.1")}`; undefined for three dots. */
export function socketAddressValue(value: Value | undefined, what: string): Address | undefined {
  if (value === undefined || value.kind === 'any' || isNull(value)) return undefined
  if (value.kind !== 'struct') throw new Unsupported(`${what} is to be a {sa_family=AF_INET, …} or ...`)
  let address = '0.0.0.0'
  let port = 0
  for (const field of value.fields) {
    switch (field.name) {
      case 'sa_family':
      case 'sin_family':
        if (integer(field.value, 'sa_family') !== CONSTANTS.get('AF_INET'))
          throw new Unsupported('this address family is not supported: only AF_INET is')
        break
      case 'sin_port':
        port = integer(field.value, 'sin_port')
        break
      case 'sin_addr':
        address = internetAddress(field.value)
        break
      default:
        throw new Unsupported(`the field ${field.name ?? 'without a name'} of a socket address is not supported`)
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
        throw new Unsupported(error instanceof Error ? error.message : String(error))
      }
    }
    if (inner.kind === 'name') return internetAddress(inner)
  }
  throw new Unsupported('an address is written inet_addr("192.0.2.1")')
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
  if (value?.kind !== 'list') throw new Unsupported('an iovec is written [{..., 1000}]')
  return value.items.map((item) => {
    if (item.kind !== 'struct' || item.fields.length !== 2) throw new Unsupported('an iovec is written [{..., 1000}]')
    return { content: item.fields[0].value, length: octetCount(item.fields[1].value) }
  })
}
