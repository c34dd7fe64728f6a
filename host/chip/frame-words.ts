/** The headers of a frame in one line, for a person who received it. */
import { formatIpv4, formatMac } from '../../firmware/net/address.js'
import { ARP_REQUEST, parseArp } from '../../firmware/net/wire/arp.js'
import { ETHERTYPE_ARP, ETHERTYPE_IPV4, LOWEST_ETHERTYPE, parseEthernet } from '../../firmware/net/wire/ethernet.js'
import { parseIpv4Packet } from '../../firmware/net/wire/ipv4.js'
import { PROTOCOL_ICMP, PROTOCOL_TCP, PROTOCOL_UDP } from '../../firmware/net/wire/protocols.js'
import { hexText } from '../../firmware/text/hex-text.js'

/** @param frame from the destination address on, without its FCS */
export function frameWords(frame: Uint8Array): string {
  const header = parseEthernet(frame)
  if (header === undefined) return `${frame.length} octets: too short for a header`
  const { etherType, payloadAt } = header
  const way = `${formatMac(header.source)} > ${formatMac(header.destination)}, ${frame.length} octets`
  if (etherType < LOWEST_ETHERTYPE) return `${way}, IEEE 802.3 length ${etherType}`
  if (etherType === ETHERTYPE_ARP) return `${way}, ARP ${arpWords(frame, payloadAt)}`
  if (etherType === ETHERTYPE_IPV4) return `${way}, ${ipv4Words(frame, payloadAt)}`
  return `${way}, EtherType ${hexText(etherType, 4)}`
}

function arpWords(frame: Uint8Array, at: number): string {
  const arp = parseArp(frame, at)
  if (typeof arp === 'string') return arp
  const sender = formatIpv4(arp.senderAddress)
  return arp.operation === ARP_REQUEST
    ? `who has ${formatIpv4(arp.targetAddress)}? tell ${sender}`
    : `${sender} is at ${formatMac(arp.senderMac)}`
}

function ipv4Words(frame: Uint8Array, at: number): string {
  const packet = parseIpv4Packet(frame, at)
  if (typeof packet === 'string') return `IPv4, its ${packet} is wrong`
  const { protocol, payloadAt, payloadEnd } = packet
  const port = (offset: number): string => {
    const from = payloadAt + offset
    return from + 2 > payloadEnd ? '?' : `${(frame[from] << 8) | frame[from + 1]}`
  }
  const [source, destination] = [formatIpv4(packet.source), formatIpv4(packet.destination)]
  if (protocol === PROTOCOL_TCP) return `TCP ${source}:${port(0)} > ${destination}:${port(2)}`
  if (protocol === PROTOCOL_UDP) return `UDP ${source}:${port(0)} > ${destination}:${port(2)}`
  const kind = protocol === PROTOCOL_ICMP ? `ICMP type ${frame[payloadAt] ?? '?'}` : `IPv4 protocol ${protocol}`
  return `${kind} ${source} > ${destination}`
}
