/** Datagrams of IPv6, for who prints frames of both families: `describeFrame(frame, notation, describeIpv6)`. */
import { formatIpv6 } from '../../ipv6/address.js'
import { ETHERTYPE_IPV6 } from '../ethernet.js'
import { type Ipv6Packet, parseIpv6Packet } from '../ipv6.js'
import { type DescribedFrame, describeFrame, type FrameNotation, printDescribed, printUdp, TCPDUMP } from '../print.js'
import { PROTOCOL_ICMPV6, PROTOCOL_TCP, PROTOCOL_UDP } from '../protocols.js'
import { ipv6PseudoHeader } from '../pseudo-header.js'
import { parseTcp } from '../tcp.js'
import { parseUdp } from '../udp.js'
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
  const { what, ports, segment } = describePayload(frame, ip, notation)
  const { source, destination, hopByHop } = ip
  const ends = [source, destination]
  const [from, to] =
    ports === undefined ? ends.map(formatIpv6) : ends.map((end, side) => notation.endpoint(end, ports[side]))
  return {
    between: { source, destination, words: [from, to] },
    what: hopByHop ? `HBH ${what}` : what,
    ...(segment === undefined ? {} : { segment }),
  }
}

function describePayload(
  frame: Uint8Array,
  { source, destination, protocol, fragment, payloadAt: at, payloadEnd: end }: Ipv6Packet,
  notation: FrameNotation,
): Pick<DescribedFrame, 'what' | 'segment'> & { readonly ports?: readonly [number, number] } {
  const length = end - at
  if (fragment !== undefined) {
    const { identification, offset, more } = fragment
    return { what: `fragment id ${identification} ${offset}:${length}${more ? '+' : ''}, protocol ${protocol}` }
  }
  const pseudoHeader = (octets: number): number => ipv6PseudoHeader(source, destination, protocol, octets)
  switch (protocol) {
    case PROTOCOL_ICMPV6:
      return { what: printIcmpv6(frame, at, end, pseudoHeader(length)) }
    case PROTOCOL_TCP: {
      const tcp = parseTcp(frame, at, end, pseudoHeader(length))
      if (typeof tcp === 'string') return { what: `TCP, bad ${tcp}, length ${length}` }
      return { what: notation.segment(tcp), segment: tcp, ports: [tcp.sourcePort, tcp.destinationPort] }
    }
    case PROTOCOL_UDP: {
      const udp = parseUdp(frame, at, end, pseudoHeader)
      if (typeof udp === 'string') return { what: `UDP, bad ${udp}, length ${length}` }
      return { what: printUdp(frame, udp), ports: [udp.sourcePort, udp.destinationPort] }
    }
    default:
      return { what: `protocol ${protocol}, length ${length}` }
  }
}
