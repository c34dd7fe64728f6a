/** The Internet Group Management Protocol, version 2, and what is left of version 1 (RFC 2236 2, RFC 1112 appendix I). */
import type { Ipv4Address } from '../address.js'
import { checksum } from './checksum.js'
import { readUint32, writeUint16, writeUint32 } from './octets.js'

export const IGMP_OCTETS = 8

export const IGMP_QUERY = 0x11
export const IGMP_REPORT_V1 = 0x12
export const IGMP_REPORT_V2 = 0x16
export const IGMP_LEAVE = 0x17

export interface IgmpMessage {
  type: number
  /** In tenths of a second; 0 in a query of version 1. */
  maximumResponse: number
  /** 0.0.0.0 in a query about all groups. */
  group: Ipv4Address
}

export type IgmpFault = 'truncated' | 'checksum'

/** Parses the message in `octets[at .. end)`; what follows its 8 octets counts for the checksum only (RFC 2236 2.5). */
export function parseIgmp(octets: Uint8Array, at = 0, end = octets.length): IgmpMessage | IgmpFault {
  if (end - at < IGMP_OCTETS) return 'truncated'
  if (checksum(octets, at, end) !== 0) return 'checksum'
  return { type: octets[at], maximumResponse: octets[at + 1], group: readUint32(octets, at + 4) }
}

/** Writes the 8 octets at `at`. */
export function emitIgmp(message: IgmpMessage, octets: Uint8Array, at = 0): void {
  octets[at] = message.type
  octets[at + 1] = message.maximumResponse
  writeUint16(octets, at + 2, 0)
  writeUint32(octets, at + 4, message.group)
  writeUint16(octets, at + 2, checksum(octets, at, at + IGMP_OCTETS))
}
