/** The ICMPv6 error under examination: one object, filled anew for each that arrives. */
import { type Ipv6Address, readIpv6, UNSPECIFIED6 } from '../ipv6/address.js'
import type { ErrorMeaning, IcmpError } from '../network-layer.js'
import { ICMPV6_PACKET_TOO_BIG } from '../wire/icmpv6.js'
import { followHeaders, IPV6_HEADER_OCTETS, isLaterFragment } from '../wire/ipv6.js'
import { readUint16 } from '../wire/octets.js'
import { icmpv6ErrorMeaning } from './error-meaning.js'

/** What transports look at: ports, and a sequence number. */
const QUOTED_OCTETS = 8

export class Icmpv6InboundError implements IcmpError {
  type = 0
  code = 0
  from: Ipv6Address = UNSPECIFIED6
  nextHopMtu = 0
  source: Ipv6Address = UNSPECIFIED6
  destination: Ipv6Address = UNSPECIFIED6
  protocol = 0
  octets: Uint8Array = new Uint8Array(0)
  quotedAt = 0
  quotedEnd = 0
  /** Of the quoted datagram, header included. */
  totalLength = 0

  get meaning(): ErrorMeaning {
    return icmpv6ErrorMeaning(this.type, this.code)
  }

  get tooLong(): boolean {
    return this.type === ICMPV6_PACKET_TOO_BIG
  }

  /**
   * Reads the quoted datagram in `octets[at .. end)`.
   * @param zone of the link that it was sent to
   * @returns false where it is too short, no IPv6, or the quote of a fragment that has no transport header
   */
  read(octets: Uint8Array, at: number, end: number, zone: string): boolean {
    if (end - at < IPV6_HEADER_OCTETS || octets[at] >> 4 !== 6) return false
    const chain = followHeaders(octets, at, end)
    if (chain === undefined || end - chain.at < QUOTED_OCTETS) return false
    if (isLaterFragment(octets, chain)) return false
    this.totalLength = IPV6_HEADER_OCTETS + readUint16(octets, at + 4)
    this.protocol = chain.protocol
    this.source = readIpv6(octets, at + 8, zone)
    this.destination = readIpv6(octets, at + 24, zone)
    this.octets = octets
    this.quotedAt = chain.at
    this.quotedEnd = Math.min(end, at + this.totalLength)
    return this.quotedEnd - this.quotedAt >= QUOTED_OCTETS
  }
}
