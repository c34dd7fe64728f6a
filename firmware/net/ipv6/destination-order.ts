/**
 * Which addresses of a host are tried first: the rules of RFC 6724 6, in their order. IPv4 addresses are among them as mapped ones (3.2).
 *
 * Left out: rule 4 (nobody here is away from home, RFC 6275), rule 7 (there are no tunnels here, so every way is native), and rule 9 among
 * addresses of IPv4, where name servers spread the load over equals by the order in which they have them. Of rule 1, a destination is
 * usable where there is a way to it from some address; whether it answers is not known before it is tried.
 */
import { isLoopback } from '../address.js'
import { type IpAddress, unmapped } from '../ip.js'
import { commonPrefix, type Ipv6Address, PREFIX_BITS, SCOPE_LINK, scopeOf, v4Mapped } from './address.js'
import { policyOf } from './policy-table.js'

/** What would be sent from to a destination. */
export interface DestinationSource {
  readonly address: IpAddress
  /** Past its preferred lifetime (RFC 4862 5.5.4). */
  readonly deprecated: boolean
}

/** 169.254/16 (RFC 3927). */
const IPV4_LINK_LOCAL = 0xa9fe

interface Ranked {
  readonly destination: IpAddress
  readonly usable: boolean
  readonly sameScope: boolean
  readonly deprecated: boolean
  readonly sameLabel: boolean
  readonly precedence: number
  readonly scope: number
  /** Bits that destination and source have in common. */
  readonly common: number
}

/**
 * The same addresses, those to be tried first in front; among equals they keep their order (rule 10).
 * @param sourceTo what is sent from to a destination; undefined where there is no way to it
 */
export function orderDestinations(
  destinations: readonly IpAddress[],
  sourceTo: (destination: IpAddress) => DestinationSource | undefined,
): IpAddress[] {
  return destinations
    .map((destination) => rank(destination, sourceTo(destination)))
    .sort(compare)
    .map(({ destination }) => destination)
}

function rank(destination: IpAddress, source: DestinationSource | undefined): Ranked {
  const wide = widened(destination)
  const { precedence, label } = policyOf(wide)
  const scope = scopeOfAny(destination)
  const own = source === undefined ? undefined : widened(source.address)
  return {
    destination,
    usable: source !== undefined,
    sameScope: source !== undefined && scopeOfAny(source.address) === scope,
    deprecated: source?.deprecated ?? false,
    sameLabel: own !== undefined && policyOf(own).label === label,
    precedence,
    scope,
    // Without the interface identifier, which says nothing about the way (2.2). So all addresses of IPv4 have the same bits in common.
    common: own === undefined ? 0 : Math.min(PREFIX_BITS, commonPrefix(wide, own)),
  }
}

function compare(a: Ranked, b: Ranked): number {
  return (
    // Rule 1.
    Number(b.usable) - Number(a.usable) ||
    // Rule 2.
    Number(b.sameScope) - Number(a.sameScope) ||
    // Rule 3.
    Number(a.deprecated) - Number(b.deprecated) ||
    // Rule 5.
    Number(b.sameLabel) - Number(a.sameLabel) ||
    // Rule 6.
    b.precedence - a.precedence ||
    // Rule 8.
    a.scope - b.scope ||
    // Rule 9, which compares addresses of one family: those of different ones differ in precedence already.
    b.common - a.common
  )
}

function widened(address: IpAddress): Ipv6Address {
  return typeof address === 'number' ? v4Mapped(address) : address
}

/** RFC 6724 3.1, 3.2: 169.254/16 and 127/8 reach no further than the link; all others, private ones too, are global. */
function scopeOfAny(address: IpAddress): number {
  const plain = unmapped(address)
  if (typeof plain !== 'number') return scopeOf(plain)
  const ofLink = plain >>> 16 === IPV4_LINK_LOCAL || isLoopback(plain)
  return ofLink ? SCOPE_LINK : scopeOf(v4Mapped(plain))
}
