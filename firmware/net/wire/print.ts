/** A frame in one line, in the manner of tcpdump. */
import { formatIpv4, formatMac } from '../address.js'
import { ARP_REPLY, ARP_REQUEST, parseArp } from './arp.js'
import { DHCP_CLIENT_PORT, DHCP_SERVER_PORT } from './dhcp.js'
import { DNS_PORT } from './dns.js'
import { ETHERTYPE_ARP, ETHERTYPE_IPV4, LOWEST_ETHERTYPE, parseEthernet } from './ethernet.js'
import { parseIpv4Packet } from './ipv4.js'
import { printDhcp } from './print/dhcp.js'
import { printDns } from './print/dns.js'
import { printIcmp } from './print/icmp.js'
import { printIgmp } from './print/igmp.js'
import { PROTOCOL_ICMP, PROTOCOL_IGMP, PROTOCOL_TCP, PROTOCOL_UDP } from './protocols.js'
import { ipv4PseudoHeader } from './pseudo-header.js'
import { ACK, CWR, ECE, FIN, PSH, parseTcp, RST, SYN, type TcpHeaderOptions, type TcpSegment, URG } from './tcp.js'
import { parseUdp } from './udp.js'

/** `frame`: destination address to the end of the payload, without FCS. Hostile octets give a line too. */
export function printFrame(frame: Uint8Array): string {
  const ethernet = parseEthernet(frame)
  if (ethernet === undefined) return `truncated frame, length ${frame.length}`
  const tag = ethernet.tag === undefined ? '' : `vlan ${ethernet.tag & 0xfff}, `
  const { etherType, payloadAt } = ethernet
  if (etherType === ETHERTYPE_ARP) return tag + printArp(frame, payloadAt)
  if (etherType === ETHERTYPE_IPV4) return tag + printIpv4(frame, payloadAt, frame.length)
  const from = `${formatMac(ethernet.source)} > ${formatMac(ethernet.destination)}`
  const what =
    etherType < LOWEST_ETHERTYPE
      ? `802.3 length ${etherType}`
      : `ethertype 0x${etherType.toString(16).padStart(4, '0')}`
  return `${tag}${from}, ${what}, length ${frame.length}`
}

function printArp(octets: Uint8Array, at: number): string {
  const arp = parseArp(octets, at)
  if (typeof arp === 'string') return `ARP, ${arp}`
  const sender = formatIpv4(arp.senderAddress)
  const target = formatIpv4(arp.targetAddress)
  if (arp.operation === ARP_REQUEST) {
    if (arp.senderAddress === arp.targetAddress) return `ARP, Announcement ${sender} is-at ${formatMac(arp.senderMac)}`
    return `ARP, Request who-has ${target} tell ${sender}`
  }
  if (arp.operation === ARP_REPLY) return `ARP, Reply ${sender} is-at ${formatMac(arp.senderMac)}`
  return `ARP, operation ${arp.operation} from ${sender} to ${target}`
}

function printIpv4(octets: Uint8Array, at: number, end: number): string {
  const ip = parseIpv4Packet(octets, at, end)
  if (typeof ip === 'string') return `IP, bad ${ip}`
  const from = `IP ${formatIpv4(ip.source)} > ${formatIpv4(ip.destination)}: `
  const length = ip.payloadEnd - ip.payloadAt
  if (ip.moreFragments || ip.fragmentOffset > 0) {
    const more = ip.moreFragments ? '+' : ''
    return `${from}fragment id ${ip.identification} ${ip.fragmentOffset}:${length}${more}, protocol ${ip.protocol}`
  }
  if (ip.protocol === PROTOCOL_ICMP) return from + printIcmp(octets, ip.payloadAt, ip.payloadEnd)
  if (ip.protocol === PROTOCOL_IGMP) return from + printIgmp(octets, ip.payloadAt, ip.payloadEnd)
  if (ip.protocol === PROTOCOL_UDP) {
    const udp = parseUdp(octets, ip.payloadAt, ip.payloadEnd, (octetCount) =>
      ipv4PseudoHeader(ip.source, ip.destination, PROTOCOL_UDP, octetCount),
    )
    if (typeof udp === 'string') return `${from}UDP, bad ${udp}, length ${length}`
    const ports = betweenPorts(ip.source, udp.sourcePort, ip.destination, udp.destinationPort)
    const either = (port: number) => udp.sourcePort === port || udp.destinationPort === port
    if (either(DNS_PORT)) return `${ports}: ${printDns(octets, udp.payloadAt, udp.payloadEnd)}`
    if (either(DHCP_CLIENT_PORT) || either(DHCP_SERVER_PORT))
      return `${ports}: ${printDhcp(octets, udp.payloadAt, udp.payloadEnd)}`
    return `${ports}: UDP, length ${udp.payloadEnd - udp.payloadAt}`
  }
  if (ip.protocol === PROTOCOL_TCP) {
    const pseudoHeader = ipv4PseudoHeader(ip.source, ip.destination, PROTOCOL_TCP, length)
    const tcp = parseTcp(octets, ip.payloadAt, ip.payloadEnd, pseudoHeader)
    if (typeof tcp === 'string') return `${from}TCP, bad ${tcp}, length ${length}`
    const ports = betweenPorts(ip.source, tcp.sourcePort, ip.destination, tcp.destinationPort)
    return `${ports}: ${printTcp(tcp)}`
  }
  return `${from}protocol ${ip.protocol}, length ${length}`
}

function betweenPorts(source: number, sourcePort: number, destination: number, destinationPort: number): string {
  return `IP ${formatIpv4(source)}.${sourcePort} > ${formatIpv4(destination)}.${destinationPort}`
}

/** Flags by tcpdump's letters, in its order; a dot is ACK. */
const FLAG_LETTERS: readonly (readonly [number, string])[] = [
  [FIN, 'F'],
  [SYN, 'S'],
  [RST, 'R'],
  [PSH, 'P'],
  [ACK, '.'],
  [URG, 'U'],
  [ECE, 'E'],
  [CWR, 'W'],
]

function printTcp(tcp: TcpSegment): string {
  const letters = FLAG_LETTERS.filter(([flag]) => (tcp.flags & flag) !== 0).map(([, letter]) => letter)
  const length = tcp.payloadEnd - tcp.payloadAt
  const parts = [`Flags [${letters.join('') || 'none'}]`]
  if (length > 0) parts.push(`seq ${tcp.sequence}:${(tcp.sequence + length) >>> 0}`)
  else if ((tcp.flags & (SYN | FIN | RST)) !== 0) parts.push(`seq ${tcp.sequence}`)
  if (tcp.flags & ACK) parts.push(`ack ${tcp.acknowledgement}`)
  parts.push(`win ${tcp.window}`)
  if (tcp.flags & URG) parts.push(`urg ${tcp.urgentPointer}`)
  const options = printTcpOptions(tcp.options)
  if (options !== '') parts.push(`options [${options}]`)
  parts.push(`length ${length}`)
  return parts.join(', ')
}

function printTcpOptions({
  maximumSegmentSize,
  windowScale,
  sackPermitted,
  sack,
  timestamps,
}: TcpHeaderOptions): string {
  const parts: string[] = []
  if (maximumSegmentSize !== undefined) parts.push(`mss ${maximumSegmentSize}`)
  if (windowScale !== undefined) parts.push(`wscale ${windowScale}`)
  if (sackPermitted) parts.push('sackOK')
  if (timestamps !== undefined) parts.push(`TS val ${timestamps.value} ecr ${timestamps.echo}`)
  if (sack !== undefined)
    parts.push(`sack ${sack.length} ${sack.map(([left, right]) => `{${left}:${right}}`).join('')}`)
  return parts.join(',')
}
