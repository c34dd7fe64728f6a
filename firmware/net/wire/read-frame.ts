/**
 * What a frame holds, one header after the other, each read once: behind the printer of frames, and behind whatever draws or counts them. Fragments
 * keep their transport header to themselves (RFC 791 3.2: only the first has it, and nobody can check it).
 */
import { type ArpFault, type ArpPacket, parseArp } from './arp.js'
import { ETHERTYPE_ARP, ETHERTYPE_IPV4, type EthernetFrame, parseEthernet } from './ethernet.js'
import { type IcmpFault, type IcmpMessage, parseIcmp } from './icmp.js'
import { type Ipv4Fault, type Ipv4Packet, parseIpv4Packet } from './ipv4.js'
import { PROTOCOL_ICMP, PROTOCOL_TCP, PROTOCOL_UDP } from './protocols.js'
import { ipv4PseudoHeader } from './pseudo-header.js'
import { parseTcp, type TcpFault, type TcpSegment } from './tcp.js'
import { parseUdp, type UdpDatagram, type UdpFault } from './udp.js'

/** The first header that no receiver would take, and why: `header checksum`. */
export interface HeaderFault {
  readonly header: 'Ethernet' | 'ARP' | 'IP' | 'ICMP' | 'TCP' | 'UDP'
  readonly why: 'truncated' | ArpFault | Ipv4Fault | IcmpFault | TcpFault | UdpFault
}

/** Headers that are in order; behind a fault there are none. */
export interface FrameReading {
  readonly ethernet?: EthernetFrame
  readonly arp?: ArpPacket
  readonly ip?: Ipv4Packet
  readonly icmp?: IcmpMessage
  readonly tcp?: TcpSegment
  readonly udp?: UdpDatagram
  readonly fault?: HeaderFault
}

/** @param frame destination address to the end of the payload, without FCS; hostile octets are read too */
export function readFrame(frame: Uint8Array): FrameReading {
  const ethernet = parseEthernet(frame)
  if (ethernet === undefined) return { fault: { header: 'Ethernet', why: 'truncated' } }
  const { etherType, payloadAt } = ethernet
  if (etherType === ETHERTYPE_ARP) {
    const arp = parseArp(frame, payloadAt)
    return typeof arp === 'string' ? { ethernet, fault: { header: 'ARP', why: arp } } : { ethernet, arp }
  }
  if (etherType !== ETHERTYPE_IPV4) return { ethernet }
  const ip = parseIpv4Packet(frame, payloadAt)
  if (typeof ip === 'string') return { ethernet, fault: { header: 'IP', why: ip } }
  return { ethernet, ip, ...readPayload(frame, ip) }
}

export function isFragment({ moreFragments, fragmentOffset }: Ipv4Packet): boolean {
  return moreFragments || fragmentOffset > 0
}

function readPayload(frame: Uint8Array, ip: Ipv4Packet): Pick<FrameReading, 'icmp' | 'tcp' | 'udp' | 'fault'> {
  const { source, destination, protocol } = ip
  if (isFragment(ip)) return {}
  if (protocol === PROTOCOL_ICMP) {
    const icmp = parseIcmp(frame, ip.payloadAt, ip.payloadEnd)
    return typeof icmp === 'string' ? { fault: { header: 'ICMP', why: icmp } } : { icmp }
  }
  return readTransport(frame, ip, (octets) => ipv4PseudoHeader(source, destination, protocol, octets))
}

/** The transport's header in a datagram of either family, which is no fragment. @param pseudoHeader gives the pseudo header's sum for a length */
export function readTransport(
  frame: Uint8Array,
  { protocol, payloadAt: at, payloadEnd: end }: Pick<Ipv4Packet, 'protocol' | 'payloadAt' | 'payloadEnd'>,
  pseudoHeader: (octets: number) => number,
): Pick<FrameReading, 'tcp' | 'udp' | 'fault'> {
  if (protocol === PROTOCOL_TCP) {
    const tcp = parseTcp(frame, at, end, pseudoHeader(end - at))
    return typeof tcp === 'string' ? { fault: { header: 'TCP', why: tcp } } : { tcp }
  }
  if (protocol === PROTOCOL_UDP) {
    const udp = parseUdp(frame, at, end, pseudoHeader)
    return typeof udp === 'string' ? { fault: { header: 'UDP', why: udp } } : { udp }
  }
  return {}
}
