/**
 * What the transport checksums cover of the layer below (RFC 9293 3.1, RFC 768): the one part of TCP and UDP that depends on
 * the address family. Parsers and emitters are given the sum, so they serve every family.
 */
import type { Ipv4Address } from '../address.js'

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
