/**
 * What the transport checksums cover of the layer below (RFC 9293 3.1, RFC 768): the one part of TCP and UDP that depends on
 * the address family. Parsers and emitters are given the sum, so they serve every family.
 */
import type { Ipv4Address } from '../address.js'
import type { Ipv6Address } from '../ipv6/address.js'

/** The sum to begin a transport checksum with: `checksum(octets, at, end, sum)`. */
export function ipv4PseudoHeader(
  source: Ipv4Address,
  destination: Ipv4Address,
  protocol: number,
  length: number,
): number {
  return (
    (source >>> 16) + (source & 0xffff) + (destination >>> 16) + (destination & 0xffff) + protocol + (length & 0xffff)
  )
}

/** The same of IPv6 (RFC 8200 8.1). */
export function ipv6PseudoHeader(
  source: Ipv6Address,
  destination: Ipv6Address,
  protocol: number,
  length: number,
): number {
  return source.sum + destination.sum + protocol + (length & 0xffff)
}
