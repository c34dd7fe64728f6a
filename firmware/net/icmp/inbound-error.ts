/** The ICMP error under examination: one object, filled anew for each that arrives. */
import type { ErrorMeaning, IcmpError } from '../network-layer.js'
import { ICMP_DESTINATION_UNREACHABLE } from '../wire/icmp.js'
import { IPV4_HEADER_OCTETS } from '../wire/ipv4.js'
import { readUint16, readUint32 } from '../wire/octets.js'
import { errorMeaning } from './error-meaning.js'

/** RFC 792: the quote is the IP header and at least this much of what follows it. */
const QUOTED_OCTETS = 8
const OFFSET_MASK = 0x1fff
const FRAGMENTATION_NEEDED = 4
/** In octet 6 of the header. */
const DONT_FRAGMENT = 0x40

export class InboundError implements IcmpError {
  type = 0
  code = 0
  from = 0
  nextHopMtu = 0
  source = 0
  destination = 0
  protocol = 0
  octets: Uint8Array = new Uint8Array(0)
  quotedAt = 0
  quotedEnd = 0
  /** Of the quoted datagram, header included. */
  totalLength = 0
  dontFragment = false

  get meaning(): ErrorMeaning {
    return errorMeaning(this.type, this.code)
  }

  get tooLong(): boolean {
    return this.type === ICMP_DESTINATION_UNREACHABLE && this.code === FRAGMENTATION_NEEDED
  }

  /**
   * Reads the quoted datagram in `octets[at .. end)`. Its header checksum is not looked at: routers quote headers that
   * they have already changed.
   * @returns false where it is too short, no IPv4, or the quote of a fragment that has no transport header
   */
  read(octets: Uint8Array, at: number, end: number): boolean {
    if (end - at < IPV4_HEADER_OCTETS || octets[at] >> 4 !== 4) return false
    const headerOctets = (octets[at] & 0xf) * 4
    if (headerOctets < IPV4_HEADER_OCTETS || end - at < headerOctets + QUOTED_OCTETS) return false
    this.totalLength = readUint16(octets, at + 2)
    if (this.totalLength < headerOctets + QUOTED_OCTETS || (readUint16(octets, at + 6) & OFFSET_MASK) !== 0)
      return false
    this.dontFragment = (octets[at + 6] & DONT_FRAGMENT) !== 0
    this.protocol = octets[at + 9]
    this.source = readUint32(octets, at + 12)
    this.destination = readUint32(octets, at + 16)
    this.octets = octets
    this.quotedAt = at + headerOctets
    this.quotedEnd = Math.min(end, at + this.totalLength)
    return true
  }
}
