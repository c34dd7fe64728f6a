/** A frame in one line in the manner of tcpdump; or in its parts, with segments as RFC 9293 writes them. */
import { formatIpv4, formatMac } from '../address.js'
import { formatEndpoint, formatIp, type IpAddress } from '../ip.js'
import { ARP_REPLY, ARP_REQUEST, type ArpPacket } from './arp.js'
import { DHCP_CLIENT_PORT, DHCP_SERVER_PORT } from './dhcp.js'
import { DNS_PORT } from './dns.js'
import { LOWEST_ETHERTYPE } from './ethernet.js'
import type { Ipv4Packet } from './ipv4.js'
import { printDhcp } from './print/dhcp.js'
import { printDns } from './print/dns.js'
import { printIcmp } from './print/icmp.js'
import { printIgmp } from './print/igmp.js'
import { printRfc9293, printTcp } from './print/tcp.js'
import { PROTOCOL_IGMP } from './protocols.js'
import { type FrameReading, isFragment, readFrame } from './read-frame.js'
import type { TcpSegment } from './tcp.js'
import type { UdpDatagram } from './udp.js'

/** How ports and segments are written. */
export interface FrameNotation {
  endpoint(address: IpAddress, port: number): string
  segment(segment: TcpSegment): string
}

export const TCPDUMP: FrameNotation = {
  endpoint: (address, port) => `${formatIp(address)}.${port}`,
  segment: printTcp,
}

export const RFC_9293_WORDING: FrameNotation = {
  endpoint: (address, port) => formatEndpoint({ address, port }),
  segment: printRfc9293,
}

/** What a frame says, and between whom. */
export interface DescribedFrame {
  /** The ends of an IP datagram. */
  readonly between?: {
    readonly source: IpAddress
    readonly destination: IpAddress
    /** Both in the words of the notation, with their ports. */
    readonly words: readonly [string, string]
  }
  readonly what: string
  /** That it is of a VLAN. */
  readonly tag?: string
  /** A TCP segment that is in order. */
  readonly segment?: TcpSegment
}

/** Describes what a frame of a further EtherType holds (`print/ipv6.ts`); undefined where that is not its own. */
export type FurtherFamily = (
  frame: Uint8Array,
  etherType: number,
  payloadAt: number,
  notation: FrameNotation,
) => DescribedFrame | undefined

/** `frame`: destination address to the end of the payload, without FCS. Hostile octets give a line too. */
export function printFrame(frame: Uint8Array): string {
  return printDescribed(describeFrame(frame, TCPDUMP))
}

/** In one line. */
export function printDescribed({ tag = '', between, what }: DescribedFrame): string {
  if (between === undefined) return tag + what
  return `${tag}${typeof between.source === 'number' ? 'IP' : 'IP6'} ${between.words.join(' > ')}: ${what}`
}

/** As `printFrame`, in its parts and in the words of the notation. */
export function describeFrame(frame: Uint8Array, notation: FrameNotation, further?: FurtherFamily): DescribedFrame {
  const reading = readFrame(frame)
  const { ethernet, arp, ip, fault } = reading
  if (ethernet === undefined) return { what: `truncated frame, length ${frame.length}` }
  const tag = ethernet.tag === undefined ? '' : `vlan ${ethernet.tag & 0xfff}, `
  if (fault?.header === 'ARP') return { tag, what: `ARP, ${fault.why}` }
  if (arp !== undefined) return { tag, what: printArp(arp) }
  if (fault?.header === 'IP') return { tag, what: `IP, bad ${fault.why}` }
  if (ip !== undefined) return { tag, ...describeIpv4(frame, ip, reading, notation) }
  const { etherType } = ethernet
  const described = further?.(frame, etherType, ethernet.payloadAt, notation)
  if (described !== undefined) return { tag, ...described }
  const from = `${formatMac(ethernet.source)} > ${formatMac(ethernet.destination)}`
  const what =
    etherType < LOWEST_ETHERTYPE
      ? `802.3 length ${etherType}`
      : `ethertype 0x${etherType.toString(16).padStart(4, '0')}`
  return { tag, what: `${from}, ${what}, length ${frame.length}` }
}

function printArp(arp: ArpPacket): string {
  const sender = formatIpv4(arp.senderAddress)
  const target = formatIpv4(arp.targetAddress)
  if (arp.operation === ARP_REQUEST) {
    if (arp.senderAddress === arp.targetAddress) return `ARP, Announcement ${sender} is-at ${formatMac(arp.senderMac)}`
    return `ARP, Request who-has ${target} tell ${sender}`
  }
  if (arp.operation === ARP_REPLY) return `ARP, Reply ${sender} is-at ${formatMac(arp.senderMac)}`
  return `ARP, operation ${arp.operation} from ${sender} to ${target}`
}

function describeIpv4(
  octets: Uint8Array,
  ip: Ipv4Packet,
  reading: FrameReading,
  notation: FrameNotation,
): DescribedFrame {
  const { protocol, payloadAt, payloadEnd, identification, fragmentOffset, moreFragments } = ip
  const length = payloadEnd - payloadAt
  const between = betweenHosts(ip)
  if (isFragment(ip))
    return { between, what: printFragment(identification, fragmentOffset, length, moreFragments, protocol) }
  if (reading.icmp !== undefined) return { between, what: printIcmp(reading.icmp, octets, length) }
  if (protocol === PROTOCOL_IGMP) return { between, what: printIgmp(octets, payloadAt, payloadEnd) }
  return describeTransport(octets, ip, reading, notation)
}

/** What of a datagram is the same in either family. */
interface AnyDatagram {
  readonly source: IpAddress
  readonly destination: IpAddress
  readonly protocol: number
  readonly trafficClass: number
  readonly payloadAt: number
  readonly payloadEnd: number
}

/** What the ECN field of an IP header says (RFC 3168 5), behind a segment; of what is not ECN-capable nothing. */
const CODEPOINTS = ['', ', ECT(1)', ', ECT(0)', ', CE'] as const

/** Without ports. */
export function betweenHosts({
  source,
  destination,
}: Pick<AnyDatagram, 'source' | 'destination'>): NonNullable<DescribedFrame['between']> {
  return { source, destination, words: [formatIp(source), formatIp(destination)] }
}

export function printFragment(
  identification: number,
  offset: number,
  length: number,
  more: boolean,
  protocol: number,
): string {
  return `fragment id ${identification} ${offset}:${length}${more ? '+' : ''}, protocol ${protocol}`
}

/** A datagram of either family by its transport, or by the number of its protocol. */
export function describeTransport(
  octets: Uint8Array,
  datagram: AnyDatagram,
  { tcp, udp, fault }: Pick<FrameReading, 'tcp' | 'udp' | 'fault'>,
  notation: FrameNotation,
): DescribedFrame {
  const { source, destination, protocol } = datagram
  const length = datagram.payloadEnd - datagram.payloadAt
  const betweenPorts = (from: number, to: number): NonNullable<DescribedFrame['between']> => ({
    source,
    destination,
    words: [notation.endpoint(source, from), notation.endpoint(destination, to)],
  })
  if (tcp !== undefined) {
    const what = notation.segment(tcp) + CODEPOINTS[datagram.trafficClass & 3]
    return { between: betweenPorts(tcp.sourcePort, tcp.destinationPort), what, segment: tcp }
  }
  if (udp !== undefined)
    return { between: betweenPorts(udp.sourcePort, udp.destinationPort), what: printUdp(octets, udp) }
  const what = fault === undefined ? `protocol ${protocol}` : `${fault.header}, bad ${fault.why}`
  return { between: betweenHosts(datagram), what: `${what}, length ${length}` }
}

/** What a UDP datagram carries, as far as its ports tell. */
function printUdp(octets: Uint8Array, { sourcePort, destinationPort, payloadAt, payloadEnd }: UdpDatagram): string {
  const either = (port: number): boolean => sourcePort === port || destinationPort === port
  if (either(DNS_PORT)) return printDns(octets, payloadAt, payloadEnd)
  if (either(DHCP_CLIENT_PORT) || either(DHCP_SERVER_PORT)) return printDhcp(octets, payloadAt, payloadEnd)
  return `UDP, length ${payloadEnd - payloadAt}`
}
