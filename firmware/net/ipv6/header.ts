/** Places in a frame that every part of the layer needs, and the header itself (RFC 8200 3). */
import type { HeaderFields } from '../network-layer.js'
import { ETHERNET_HEADER_OCTETS } from '../wire/ethernet.js'
import { IPV6_HEADER_OCTETS } from '../wire/ipv6.js'
import { writeUint16 } from '../wire/octets.js'
import { type Ipv6Address, writeIpv6 } from './address.js'

/** Where a datagram begins in a frame. */
export const IPV6_AT = ETHERNET_HEADER_OCTETS
/** Where its payload begins, behind a header alone. */
export const IPV6_PAYLOAD_AT = IPV6_AT + IPV6_HEADER_OCTETS
/** Where the header names what follows it. */
export const NEXT_HEADER_AT = IPV6_AT + 6

/** Writes a header at octet 14. @param label 20 bits of flow label */
export function writeIpv6Header(
  octets: Uint8Array,
  source: Ipv6Address,
  destination: Ipv6Address,
  nextHeader: number,
  payloadOctets: number,
  fields: HeaderFields,
  label: number,
): void {
  octets[IPV6_AT] = 0x60 | (fields.trafficClass >> 4)
  octets[IPV6_AT + 1] = ((fields.trafficClass & 0xf) << 4) | (label >>> 16)
  writeUint16(octets, IPV6_AT + 2, label)
  writeUint16(octets, IPV6_AT + 4, payloadOctets)
  octets[NEXT_HEADER_AT] = nextHeader
  octets[IPV6_AT + 7] = fields.timeToLive
  writeIpv6(source, octets, IPV6_AT + 8)
  writeIpv6(destination, octets, IPV6_AT + 24)
}
