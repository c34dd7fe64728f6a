/** The Internet Control Message Protocol (RFC 792). */
import { checksum } from './checksum.js'
import { readUint16, writeUint16 } from './octets.js'

export const ICMP_HEADER_OCTETS = 8

export const ICMP_ECHO_REPLY = 0
export const ICMP_DESTINATION_UNREACHABLE = 3
export const ICMP_SOURCE_QUENCH = 4
export const ICMP_REDIRECT = 5
export const ICMP_ECHO = 8
export const ICMP_TIME_EXCEEDED = 11
export const ICMP_PARAMETER_PROBLEM = 12

export interface IcmpMessage {
  type: number
  code: number
  /** Octets 4 to 7: of an echo, its identifier and sequence number. */
  identifier: number
  sequence: number
  /** Where the data begins and ends in the octets that were parsed. */
  dataAt: number
  dataEnd: number
}

export type IcmpFault = 'truncated' | 'checksum'

/** Parses the message in `octets[at .. end)`. */
export function parseIcmp(octets: Uint8Array, at = 0, end = octets.length): IcmpMessage | IcmpFault {
  if (end - at < ICMP_HEADER_OCTETS) return 'truncated'
  if (checksum(octets, at, end) !== 0) return 'checksum'
  return {
    type: octets[at],
    code: octets[at + 1],
    identifier: readUint16(octets, at + 4),
    sequence: readUint16(octets, at + 6),
    dataAt: at + ICMP_HEADER_OCTETS,
    dataEnd: end,
  }
}

/** Writes the header at `at`, with the checksum over it and the data that already lies behind it up to `end`. */
export function emitIcmp(
  message: Pick<IcmpMessage, 'type' | 'code' | 'identifier' | 'sequence'>,
  octets: Uint8Array,
  at: number,
  end: number,
): void {
  octets[at] = message.type
  octets[at + 1] = message.code
  writeUint16(octets, at + 2, 0)
  writeUint16(octets, at + 4, message.identifier)
  writeUint16(octets, at + 6, message.sequence)
  writeUint16(octets, at + 2, checksum(octets, at, end))
}
