/** Places in a frame, and bits of the IPv4 header, that every part of the layer needs. */

import type { HeaderFields } from '../network-layer.js'
import { ETHERNET_HEADER_OCTETS } from '../wire/ethernet.js'
import { IPV4_HEADER_OCTETS } from '../wire/ipv4.js'
import { writeUint16, writeUint32 } from '../wire/octets.js'

/** Where a datagram begins in a frame. */
export const IP_AT = ETHERNET_HEADER_OCTETS
/** Where its payload begins, behind a header without options. */
export const PAYLOAD_AT = IP_AT + IPV4_HEADER_OCTETS
export const DONT_FRAGMENT = 0x4000
export const MORE_FRAGMENTS = 0x2000
export const OFFSET_MASK = 0x1fff
/** RFC 791 3.1: the total length has 16 bits. */
export const LARGEST_DATAGRAM = 65_535

/** What a route knows of the headers of its datagrams. */
export interface AddressPair {
  readonly source: number
  readonly destination: number
  /** The sum of the words of both addresses. */
  readonly addressSum: number
}

/** Writes a header of 20 octets at octet 14, with a checksum summed from its fields instead of its octets. */
export function writeHeader(
  octets: Uint8Array,
  pair: AddressPair,
  protocol: number,
  payloadOctets: number,
  fields: HeaderFields,
  identification: number,
  fragment: number,
): void {
  const total = IPV4_HEADER_OCTETS + payloadOctets
  const lifeAndProtocol = (fields.timeToLive << 8) | protocol
  let sum = 0x4500 + fields.trafficClass + total + identification + fragment + lifeAndProtocol + pair.addressSum
  sum = (sum & 0xffff) + (sum >>> 16)
  sum = (sum & 0xffff) + (sum >>> 16)
  octets[IP_AT] = 0x45
  octets[IP_AT + 1] = fields.trafficClass
  writeUint16(octets, IP_AT + 2, total)
  writeUint16(octets, IP_AT + 4, identification)
  writeUint16(octets, IP_AT + 6, fragment)
  writeUint16(octets, IP_AT + 8, lifeAndProtocol)
  writeUint16(octets, IP_AT + 10, ~sum)
  writeUint32(octets, IP_AT + 12, pair.source)
  writeUint32(octets, IP_AT + 16, pair.destination)
}
