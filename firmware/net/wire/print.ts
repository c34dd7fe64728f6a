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

export const RFC_9293: FrameNotation = {
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
  { icmp, tcp, udp, fault }: FrameReading,
  notation: FrameNotation,
): DescribedFrame {
  const { source, destination, protocol, payloadAt, payloadEnd } = ip
  const length = payloadEnd - payloadAt
  const between = (words: readonly [string, string] = [formatIpv4(source), formatIpv4(destination)]) => ({
    between: { source, destination, words },
  })
  const betweenPorts = (from: number, to: number) =>
    between([notation.endpoint(source, from), notation.endpoint(destination, to)])
  if (isFragment(ip)) {
    const more = ip.moreFragments ? '+' : ''
    const what = `fragment id ${ip.identification} ${ip.fragmentOffset}:${length}${more}, protocol ${protocol}`
    return { ...between(), what }
  }
  if (fault !== undefined) return { ...between(), what: `${fault.header}, bad ${fault.why}, length ${length}` }
  if (icmp !== undefined) return { ...between(), what: printIcmp(icmp, octets, length) }
  if (protocol === PROTOCOL_IGMP) return { ...between(), what: printIgmp(octets, payloadAt, payloadEnd) }
  if (udp !== undefined) return { ...betweenPorts(udp.sourcePort, udp.destinationPort), what: printUdp(octets, udp) }
  if (tcp !== undefined)
    return { ...betweenPorts(tcp.sourcePort, tcp.destinationPort), what: notation.segment(tcp), segment: tcp }
  return { ...between(), what: `protocol ${protocol}, length ${length}` }
}

/** What a UDP datagram carries, as far as its ports tell. */
export function printUdp(
  octets: Uint8Array,
  { sourcePort, destinationPort, payloadAt, payloadEnd }: UdpDatagram,
): string {
  const either = (port: number): boolean => sourcePort === port || destinationPort === port
  if (either(DNS_PORT)) return printDns(octets, payloadAt, payloadEnd)
  if (either(DHCP_CLIENT_PORT) || either(DHCP_SERVER_PORT)) return printDhcp(octets, payloadAt, payloadEnd)
  return `UDP, length ${payloadEnd - payloadAt}`
}
