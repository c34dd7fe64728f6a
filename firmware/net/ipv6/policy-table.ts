/** What kinds of addresses there are, and which are better than others: the default policy table (RFC 6724 2.1). */
import { type Ipv6Address, ipv6Interface, underPrefix } from './address.js'

export interface AddressPolicy {
  /** Of a destination: the higher, the sooner it is tried. */
  readonly precedence: number
  /** Addresses with the same label are of one kind, and go together as source and destination. */
  readonly label: number
}

/** The longest prefixes first: the first that fits is the one. */
const POLICIES = (
  [
    ['::1/128', 50, 0],
    ['::ffff:0:0/96', 35, 4],
    ['::/96', 1, 3],
    ['2001::/32', 5, 5],
    ['2002::/16', 30, 2],
    ['3ffe::/16', 1, 12],
    ['fec0::/10', 1, 11],
    ['fc00::/7', 3, 13],
  ] as const
).map(([prefix, precedence, label]) => ({ ...ipv6Interface(prefix), precedence, label }))
/** Of `::/0`. */
const OTHERS: AddressPolicy = { precedence: 40, label: 1 }

export function policyOf(address: Ipv6Address): AddressPolicy {
  return POLICIES.find((policy) => underPrefix(address, policy.address, policy.prefixLength)) ?? OTHERS
}
