/** The IPv4 header (RFC 791 3.1, RFC 1122 3.2.1). */
import type { Ipv4Address } from '../address.js'
import { checksum } from './checksum.js'
import { readUint16, readUint32, writeUint16, writeUint32 } from './octets.js'

export const IPV4_HEADER_OCTETS = 20

const FLAGS_AT = 6
const CHECKSUM_AT = 10

export interface Ipv4Header {
  /** Differentiated services and ECN (RFC 2474, 3168). */
  trafficClass: number
  identification: number
  dontFragment: boolean
  moreFragments: boolean
  /** In octets, a multiple of 8. */
  fragmentOffset: number
  timeToLive: number
  protocol: number
  source: Ipv4Address
  destination: Ipv4Address
}

export interface Ipv4Packet extends Ipv4Header {
  /** The options as they are on the wire; empty when there are none. */
  options: Uint8Array
  /** Where the payload begins and ends in the octets that were parsed. Padding after `payloadEnd` is nobody's. */
  payloadAt: number
  payloadEnd: number
}

export type Ipv4Fault = 'truncated' | 'version' | 'header length' | 'total length' | 'header checksum'

/** Parses the datagram in `octets[at .. end)`. */
export function parseIpv4Packet(octets: Uint8Array, at = 0, end = octets.length): Ipv4Packet | Ipv4Fault {
  if (end - at < IPV4_HEADER_OCTETS) return 'truncated'
  if (octets[at] >> 4 !== 4) return 'version'
  const headerOctets = (octets[at] & 0xf) * 4
  if (headerOctets < IPV4_HEADER_OCTETS) return 'header length'
  if (end - at < headerOctets) return 'truncated'
  const totalLength = readUint16(octets, at + 2)
  if (totalLength < headerOctets) return 'total length'
  if (end - at < totalLength) return 'truncated'
  if (checksum(octets, at, at + headerOctets) !== 0) return 'header checksum'
  const flags = readUint16(octets, at + FLAGS_AT)
  return {
    trafficClass: octets[at + 1],
    identification: readUint16(octets, at + 4),
    dontFragment: (flags & 0x4000) !== 0,
    moreFragments: (flags & 0x2000) !== 0,
    fragmentOffset: (flags & 0x1fff) * 8,
    timeToLive: octets[at + 8],
    protocol: octets[at + 9],
    source: readUint32(octets, at + 12),
    destination: readUint32(octets, at + 16),
    options: octets.slice(at + IPV4_HEADER_OCTETS, at + headerOctets),
    payloadAt: at + headerOctets,
    payloadEnd: at + totalLength,
  }
}

/** Writes a header of 20 octets with its checksum at `at`, for `payloadOctets` that follow it. */
export function emitIpv4(header: Ipv4Header, payloadOctets: number, octets: Uint8Array, at = 0): void {
  octets[at] = 0x45
  octets[at + 1] = header.trafficClass
  writeUint16(octets, at + 2, IPV4_HEADER_OCTETS + payloadOctets)
  writeUint16(octets, at + 4, header.identification)
  writeUint16(
    octets,
    at + FLAGS_AT,
    (header.dontFragment ? 0x4000 : 0) | (header.moreFragments ? 0x2000 : 0) | (header.fragmentOffset >> 3),
  )
  octets[at + 8] = header.timeToLive
  octets[at + 9] = header.protocol
  writeUint16(octets, at + CHECKSUM_AT, 0)
  writeUint32(octets, at + 12, header.source)
  writeUint32(octets, at + 16, header.destination)
  writeUint16(octets, at + CHECKSUM_AT, checksum(octets, at, at + IPV4_HEADER_OCTETS))
}
