/** TCP segments and their options (RFC 9293 3.1 and 3.2, RFC 7323 2.2 and 3.2, RFC 2018 2 and 3). */
import { checksum } from './checksum.js'
import { readUint16, readUint32 } from './octets.js'

export const TCP_HEADER_OCTETS = 20

export const FIN = 0x01
export const SYN = 0x02
export const RST = 0x04
export const PSH = 0x08
export const ACK = 0x10
export const URG = 0x20
export const ECE = 0x40
export const CWR = 0x80

const KIND = {
  end: 0,
  noOperation: 1,
  segmentSize: 2,
  windowScale: 3,
  sackPermitted: 4,
  sack: 5,
  timestamps: 8,
} as const

/** Left edge and right edge of a block that has arrived. */
export type SackBlock = readonly [left: number, right: number]

export interface TcpHeaderOptions {
  maximumSegmentSize?: number
  windowScale?: number
  sackPermitted?: boolean
  sack?: readonly SackBlock[]
  timestamps?: { readonly value: number; readonly echo: number }
}

export interface TcpHeader {
  sourcePort: number
  destinationPort: number
  sequence: number
  acknowledgement: number
  /** FIN, SYN, RST, PSH, ACK, URG, ECE, CWR. */
  flags: number
  window: number
  urgentPointer: number
  options: TcpHeaderOptions
}

export interface TcpSegment extends TcpHeader {
  /** Kinds of options this end does not know, ignored by their length (RFC 9293 3.2, MUST-6). */
  unknownOptions: readonly number[]
  /** Where the payload begins and ends in the octets that were parsed. */
  payloadAt: number
  payloadEnd: number
}

export type TcpFault = 'truncated' | 'data offset' | 'checksum' | 'option length'

/**
 * Parses the segment in `octets[at .. end)`.
 * @param pseudoHeader the pseudo header's sum for `end - at` octets
 */
export function parseTcp(octets: Uint8Array, at: number, end: number, pseudoHeader: number): TcpSegment | TcpFault {
  if (end - at < TCP_HEADER_OCTETS) return 'truncated'
  const headerOctets = (octets[at + 12] >> 4) * 4
  if (headerOctets < TCP_HEADER_OCTETS || headerOctets > end - at) return 'data offset'
  if (checksum(octets, at, end, pseudoHeader) !== 0) return 'checksum'
  const options: TcpHeaderOptions = {}
  const unknownOptions: number[] = []
  if (!parseOptions(octets, at + TCP_HEADER_OCTETS, at + headerOctets, options, unknownOptions)) return 'option length'
  return {
    sourcePort: readUint16(octets, at),
    destinationPort: readUint16(octets, at + 2),
    sequence: readUint32(octets, at + 4),
    acknowledgement: readUint32(octets, at + 8),
    flags: octets[at + 13],
    window: readUint16(octets, at + 14),
    urgentPointer: readUint16(octets, at + 18),
    options,
    unknownOptions,
    payloadAt: at + headerOctets,
    payloadEnd: end,
  }
}

/** @returns false for a length that cannot be (RFC 9293 3.2, MUST-7). */
function parseOptions(
  octets: Uint8Array,
  begin: number,
  end: number,
  options: TcpHeaderOptions,
  unknown: number[],
): boolean {
  for (let at = begin; at < end; ) {
    const kind = octets[at]
    if (kind === KIND.end) return true
    if (kind === KIND.noOperation) {
      at++
      continue
    }
    const length = at + 1 < end ? octets[at + 1] : 0
    if (length < 2 || at + length > end) return false
    switch (kind) {
      case KIND.segmentSize:
        if (length !== 4) return false
        options.maximumSegmentSize = readUint16(octets, at + 2)
        break
      case KIND.windowScale:
        if (length !== 3) return false
        options.windowScale = octets[at + 2]
        break
      case KIND.sackPermitted:
        if (length !== 2) return false
        options.sackPermitted = true
        break
      case KIND.sack: {
        if (length < 10 || (length - 2) % 8 !== 0) return false
        const blocks: SackBlock[] = []
        for (let block = at + 2; block < at + length; block += 8)
          blocks.push([readUint32(octets, block), readUint32(octets, block + 4)])
        options.sack = blocks
        break
      }
      case KIND.timestamps:
        if (length !== 10) return false
        options.timestamps = { value: readUint32(octets, at + 2), echo: readUint32(octets, at + 6) }
        break
      default:
        unknown.push(kind)
    }
    at += length
  }
  return true
}
