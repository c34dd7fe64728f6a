/** The User Datagram Protocol (RFC 768, RFC 1122 4.1). */
import { checksum } from './checksum.js'
import { readUint16 } from './octets.js'

export const UDP_HEADER_OCTETS = 8

export interface UdpDatagram {
  sourcePort: number
  destinationPort: number
  /** Whether the sender computed a checksum. */
  checked: boolean
  /** Where the payload begins and ends in the octets that were parsed. */
  payloadAt: number
  payloadEnd: number
}

export type UdpFault = 'truncated' | 'length' | 'checksum'

/** The length that the header at `at` gives, held against the `end` of what arrived; no checksum. */
export function udpLength(octets: Uint8Array, at: number, end: number): number | 'truncated' | 'length' {
  if (end - at < UDP_HEADER_OCTETS) return 'truncated'
  const length = readUint16(octets, at + 4)
  if (length < UDP_HEADER_OCTETS) return 'length'
  return length > end - at ? 'truncated' : length
}

/**
 * Parses the datagram in `octets[at .. end)`.
 * @param pseudoHeader gives the pseudo header's sum for a length
 */
export function parseUdp(
  octets: Uint8Array,
  at: number,
  end: number,
  pseudoHeader: (length: number) => number,
): UdpDatagram | UdpFault {
  const length = udpLength(octets, at, end)
  if (typeof length === 'string') return length
  const checked = readUint16(octets, at + 6) !== 0
  if (checked && checksum(octets, at, at + length, pseudoHeader(length)) !== 0) return 'checksum'
  return {
    sourcePort: readUint16(octets, at),
    destinationPort: readUint16(octets, at + 2),
    checked,
    payloadAt: at + UDP_HEADER_OCTETS,
    payloadEnd: at + length,
  }
}
