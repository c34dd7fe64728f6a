/** Datagrams of IPv6, for who prints frames of both families: `describeFrame(frame, notation, describeIpv6)`. */
import { ETHERTYPE_IPV6 } from '../ethernet.js'
import { type Ipv6Packet, parseIpv6Packet } from '../ipv6.js'
import {
  betweenHosts,
  type DescribedFrame,
  describeFrame,
  describeTransport,
  type FrameNotation,
  printDescribed,
  printFragment,
  TCPDUMP,
} from '../print.js'
import { PROTOCOL_ICMPV6 } from '../protocols.js'
import { ipv6PseudoHeader } from '../pseudo-header.js'
import { readTransport } from '../read-frame.js'
import { printIcmpv6 } from './icmpv6.js'

/** A frame of either family in one line, in the manner of tcpdump. Without FCS; hostile octets give a line too. */
export function printAnyFrame(frame: Uint8Array): string {
  return printDescribed(describeFrame(frame, TCPDUMP, describeIpv6))
}

export function describeIpv6(
  frame: Uint8Array,
  etherType: number,
  at: number,
  notation: FrameNotation,
): DescribedFrame | undefined {
  if (etherType !== ETHERTYPE_IPV6) return undefined
  const ip = parseIpv6Packet(frame, at)
  if (typeof ip === 'string') return { what: `IP6, bad ${ip}` }
  const described = describePayload(frame, ip, notation)
  return ip.hopByHop ? { ...described, what: `HBH ${described.what}` } : described
}

function describePayload(frame: Uint8Array, ip: Ipv6Packet, notation: FrameNotation): DescribedFrame {
  const { source, destination, protocol, fragment, payloadAt: at, payloadEnd: end } = ip
  const pseudoHeader = (octets: number): number => ipv6PseudoHeader(source, destination, protocol, octets)
  if (fragment !== undefined) {
    const { identification, offset, more } = fragment
    return { between: betweenHosts(ip), what: printFragment(identification, offset, end - at, more, protocol) }
  }
  if (protocol === PROTOCOL_ICMPV6)
    return { between: betweenHosts(ip), what: printIcmpv6(frame, at, end, pseudoHeader(end - at)) }
  return describeTransport(frame, ip, readTransport(frame, ip, pseudoHeader), notation)
}
