/** A frame in one line in the manner of tcpdump; or in its parts, with segments as RFC 9293 writes them. */
import { formatIpv4, formatMac, type Ipv4Address } from '../address.js'
import { formatEndpoint } from '../ip.js'
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

/** How ports and segments are written. */
export interface FrameNotation {
  endpoint(address: Ipv4Address, port: number): string
  segment(segment: TcpSegment): string
}

const TCPDUMP: FrameNotation = {
  endpoint: (address, port) => `${formatIpv4(address)}.${port}`,
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
    readonly source: Ipv4Address
    readonly destination: Ipv4Address
    /** Both in the words of the notation, with their ports. */
    readonly words: readonly [string, string]
  }
  readonly what: string
  /** That it is of a VLAN. */
  readonly tag?: string
  /** A TCP segment that is in order. */
  readonly segment?: TcpSegment
}

/** `frame`: destination address to the end of the payload, without FCS. Hostile octets give a line too. */
export function printFrame(frame: Uint8Array): string {
  const { tag = '', between, what } = describeFrame(frame, TCPDUMP)
  return between === undefined ? tag + what : `${tag}IP ${between.words.join(' > ')}: ${what}`
}

/** As `printFrame`, in its parts and in the words of the notation. */
export function describeFrame(frame: Uint8Array, notation: FrameNotation): DescribedFrame {
  const reading = readFrame(frame)
  const { ethernet, arp, ip, fault } = reading
  if (ethernet === undefined) return { what: `truncated frame, length ${frame.length}` }
  const tag = ethernet.tag === undefined ? '' : `vlan ${ethernet.tag & 0xfff}, `
  if (fault?.header === 'ARP') return { tag, what: `ARP, ${fault.why}` }
  if (arp !== undefined) return { tag, what: printArp(arp) }
  if (fault?.header === 'IP') return { tag, what: `IP, bad ${fault.why}` }
  if (ip !== undefined) return { tag, ...describeIpv4(frame, ip, reading, notation) }
  const { etherType } = ethernet
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
  if (udp !== undefined) {
    const either = (port: number) => udp.sourcePort === port || udp.destinationPort === port
    const what = either(DNS_PORT)
      ? printDns(octets, udp.payloadAt, udp.payloadEnd)
      : either(DHCP_CLIENT_PORT) || either(DHCP_SERVER_PORT)
        ? printDhcp(octets, udp.payloadAt, udp.payloadEnd)
        : `UDP, length ${udp.payloadEnd - udp.payloadAt}`
    return { ...betweenPorts(udp.sourcePort, udp.destinationPort), what }
  }
  if (tcp !== undefined)
    return { ...betweenPorts(tcp.sourcePort, tcp.destinationPort), what: notation.segment(tcp), segment: tcp }
  return { ...between(), what: `protocol ${protocol}, length ${length}` }
}
