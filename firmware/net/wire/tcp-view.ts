/**
 * A TCP segment where it lies: one long-lived object that is pointed at a segment, reads header and options into its fields,
 * and allocates nothing. `parseTcp` gives the same as a plain value.
 */
import { readUint16, readUint32 } from './octets.js'
import { FIN, SYN, TCP_HEADER_OCTETS, type TcpFault } from './tcp.js'

/** NOP, NOP, timestamps of 10 octets: how RFC 7323 appendix A has them, and nearly everybody sends them. */
const ALIGNED_TIMESTAMPS = 0x0101080a
/** An option field of 40 octets holds four blocks. */
const SACK_BLOCKS = 4

export class TcpView {
  octets: Uint8Array = new Uint8Array(0)
  sourcePort = 0
  destinationPort = 0
  /** SEG.SEQ, SEG.ACK, SEG.WND as it stands, SEG.UP. */
  sequence = 0
  acknowledgement = 0
  window = 0
  urgentPointer = 0
  flags = 0
  /** The ECN field of the datagram that it came in (RFC 3168 5), for who points this at it to set. */
  codepoint = 0
  /** The segment text is `octets[payloadAt .. payloadEnd)`. */
  payloadAt = 0
  payloadEnd = 0
  /** -1: no such option. */
  maximumSegmentSize = -1
  windowScale = -1
  sackPermitted = false
  hasTimestamps = false
  timestampValue = 0
  timestampEcho = 0
  /** Blocks of the SACK option, left and right edge of each. */
  sackBlocks = 0
  readonly sackEdges = new Uint32Array(2 * SACK_BLOCKS)
  /** The options end with a length that cannot be (RFC 9293 MUST-7); what came before it was read. */
  brokenOption = false

  /** SEG.LEN: the octets of text, and one each for SYN and FIN. */
  get length(): number {
    const { flags } = this
    return this.payloadEnd - this.payloadAt + (flags & FIN) + ((flags & SYN) >> 1)
  }

  /**
   * Reads the segment in `octets[at .. end)`. The checksum is the caller's, who knows how to sum fast.
   * @returns what is wrong with it
   */
  read(octets: Uint8Array, at: number, end: number): Extract<TcpFault, 'truncated' | 'data offset'> | undefined {
    if (end - at < TCP_HEADER_OCTETS) return 'truncated'
    const headerOctets = (octets[at + 12] >> 4) * 4
    if (headerOctets < TCP_HEADER_OCTETS || headerOctets > end - at) return 'data offset'
    this.octets = octets
    this.sourcePort = readUint16(octets, at)
    this.destinationPort = readUint16(octets, at + 2)
    this.sequence = readUint32(octets, at + 4)
    this.acknowledgement = readUint32(octets, at + 8)
    this.flags = octets[at + 13]
    this.window = readUint16(octets, at + 14)
    this.urgentPointer = readUint16(octets, at + 18)
    this.payloadAt = at + headerOctets
    this.payloadEnd = end
    this.maximumSegmentSize = -1
    this.windowScale = -1
    this.sackPermitted = false
    this.hasTimestamps = false
    this.sackBlocks = 0
    this.brokenOption = false
    if (headerOctets === TCP_HEADER_OCTETS) return undefined
    const options = at + TCP_HEADER_OCTETS
    if (headerOctets === TCP_HEADER_OCTETS + 12 && readUint32(octets, options) === ALIGNED_TIMESTAMPS) {
      this.#readTimestamps(octets, options + 4)
      return undefined
    }
    this.#readOptions(octets, options, at + headerOctets)
    return undefined
  }

  #readTimestamps(octets: Uint8Array, at: number): void {
    this.hasTimestamps = true
    this.timestampValue = readUint32(octets, at)
    this.timestampEcho = readUint32(octets, at + 4)
  }

  /** An option of a known kind whose length is not its own is passed over, as one of an unknown kind is (MUST-6). */
  #readOptions(octets: Uint8Array, begin: number, end: number): void {
    for (let at = begin; at < end; ) {
      const kind = octets[at]
      if (kind === 0) return
      if (kind === 1) {
        at++
        continue
      }
      const length = at + 1 < end ? octets[at + 1] : 0
      if (length < 2 || at + length > end) {
        this.brokenOption = true
        return
      }
      if (kind === 2 && length === 4) this.maximumSegmentSize = readUint16(octets, at + 2)
      else if (kind === 3 && length === 3) this.windowScale = octets[at + 2]
      else if (kind === 4 && length === 2) this.sackPermitted = true
      else if (kind === 5 && length >= 10 && (length - 2) % 8 === 0) this.#readBlocks(octets, at + 2, at + length)
      else if (kind === 8 && length === 10) this.#readTimestamps(octets, at + 2)
      at += length
    }
  }

  #readBlocks(octets: Uint8Array, begin: number, end: number): void {
    let edge = 0
    for (let at = begin; at < end; at += 4) this.sackEdges[edge++] = readUint32(octets, at)
    this.sackBlocks = edge >> 1
  }
}
