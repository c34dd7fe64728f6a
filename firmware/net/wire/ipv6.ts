/** The IPv6 header and the chain of headers behind it (RFC 8200 3, 4), as they lie in octets. */
import { type Ipv6Address, readIpv6 } from '../ipv6/address.js'
import { readUint16, readUint32 } from './octets.js'
import { DESTINATION_OPTIONS, FRAGMENT_HEADER, HOP_BY_HOP_OPTIONS, ROUTING_HEADER } from './protocols.js'

export const IPV6_HEADER_OCTETS = 40
export const FRAGMENT_HEADER_OCTETS = 8
/** Every link takes a datagram of this length whole (RFC 8200 5). */
export const LEAST_IPV6_MTU = 1280
/** The payload length has 16 bits (RFC 8200 3). */
export const LARGEST_IPV6_PAYLOAD = 65_535
/** Where the next header is named in the header. */
const NEXT_HEADER_AT = 6

/** Of a fragment header, octets 2 and 3: the offset in units of 8 octets, two bits reserved, more fragments (4.5). */
export const FRAGMENT_OFFSET_MASK = 0xfff8
export const MORE_FRAGMENTS_V6 = 1

/** Where a chain of headers leads. */
export interface HeaderChain {
  /** What follows: an upper layer's protocol, or a header that is not known here. */
  protocol: number
  at: number
  /** Where the fragment header stands; -1: there is none. */
  fragmentAt: number
}

/**
 * Follows the chain of headers from the IPv6 header at `at`, without judging their order and options.
 * @returns undefined where it ends before it leads anywhere; a fragment that is not the first leads to its own octets
 */
export function followHeaders(octets: Uint8Array, at: number, end: number): HeaderChain | undefined {
  if (end - at < IPV6_HEADER_OCTETS) return undefined
  const chain: HeaderChain = { protocol: octets[at + NEXT_HEADER_AT], at: at + IPV6_HEADER_OCTETS, fragmentAt: -1 }
  for (;;) {
    const { protocol, at: here } = chain
    const fragment = protocol === FRAGMENT_HEADER
    if (!fragment && protocol !== HOP_BY_HOP_OPTIONS && protocol !== ROUTING_HEADER && protocol !== DESTINATION_OPTIONS)
      return chain
    if (end - here < 8) return undefined
    const length = fragment ? FRAGMENT_HEADER_OCTETS : (octets[here + 1] + 1) * 8
    if (end - here < length) return undefined
    chain.protocol = octets[here]
    chain.at = here + length
    if (!fragment) continue
    chain.fragmentAt = here
    if (isLaterFragment(octets, chain)) return chain
  }
}

/** What the chain leads to is a part of a datagram that is not its first, and begins with no header. */
export function isLaterFragment(octets: Uint8Array, { fragmentAt }: HeaderChain): boolean {
  return fragmentAt >= 0 && (readUint16(octets, fragmentAt + 2) & FRAGMENT_OFFSET_MASK) !== 0
}

/** A datagram as whoever prints it wants it: its header, and where the chain behind that leads. */
export interface Ipv6Packet {
  readonly trafficClass: number
  readonly flowLabel: number
  readonly hopLimit: number
  readonly source: Ipv6Address
  readonly destination: Ipv6Address
  /** A header of options for every hop comes first (RFC 8200 4.3). */
  readonly hopByHop: boolean
  /** Of a fragment: octets of the offset, and whether more follow. */
  readonly fragment: { readonly identification: number; readonly offset: number; readonly more: boolean } | undefined
  /** What follows the chain, from `payloadAt` up to, not including, `payloadEnd`. */
  readonly protocol: number
  readonly payloadAt: number
  readonly payloadEnd: number
}

export type Ipv6Fault = 'truncated' | 'version' | 'extension header truncated'

/** Parses the datagram in `octets[at .. end)`; what lies behind its payload length is nobody's. */
export function parseIpv6Packet(octets: Uint8Array, at = 0, end = octets.length): Ipv6Packet | Ipv6Fault {
  if (end - at < IPV6_HEADER_OCTETS) return 'truncated'
  if (octets[at] >> 4 !== 6) return 'version'
  const payloadEnd = at + IPV6_HEADER_OCTETS + readUint16(octets, at + 4)
  if (payloadEnd > end) return 'truncated'
  const chain = followHeaders(octets, at, payloadEnd)
  if (chain === undefined) return 'extension header truncated'
  const { fragmentAt } = chain
  const word = readUint32(octets, at)
  return {
    trafficClass: (word >>> 20) & 0xff,
    flowLabel: word & 0xf_ffff,
    hopLimit: octets[at + 7],
    source: readIpv6(octets, at + 8),
    destination: readIpv6(octets, at + 24),
    hopByHop: octets[at + NEXT_HEADER_AT] === HOP_BY_HOP_OPTIONS,
    fragment:
      fragmentAt < 0
        ? undefined
        : {
            identification: readUint32(octets, fragmentAt + 4),
            offset: readUint16(octets, fragmentAt + 2) & FRAGMENT_OFFSET_MASK,
            more: (octets[fragmentAt + 3] & MORE_FRAGMENTS_V6) !== 0,
          },
    protocol: chain.protocol,
    payloadAt: chain.at,
    payloadEnd,
  }
}
