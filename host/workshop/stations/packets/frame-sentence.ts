/** A frame in a sentence, and in a few signs that are the same in every language. */
import { formatIpv4, formatMac } from '../../../../firmware/net/address.js'
import { ARP_REQUEST, parseArp } from '../../../../firmware/net/wire/arp.js'
import { ETHERTYPE_ARP, ETHERTYPE_IPV4, parseEthernet } from '../../../../firmware/net/wire/ethernet.js'
import {
  ICMP_DESTINATION_UNREACHABLE,
  ICMP_ECHO,
  ICMP_ECHO_REPLY,
  ICMP_HEADER_OCTETS,
  ICMP_TIME_EXCEEDED,
} from '../../../../firmware/net/wire/icmp.js'
import { type Ipv4Packet, parseIpv4Packet } from '../../../../firmware/net/wire/ipv4.js'
import { readUint16 } from '../../../../firmware/net/wire/octets.js'
import { printFrame } from '../../../../firmware/net/wire/print.js'
import { PROTOCOL_ICMP } from '../../../../firmware/net/wire/protocols.js'
import { type Told, told } from '../../words/told.js'

export interface FrameSentence {
  readonly text: string
  readonly told: Told
  readonly wrong: boolean
}

export function frameSentence(frame: Uint8Array): FrameSentence {
  const ethernet = parseEthernet(frame)
  if (ethernet?.etherType === ETHERTYPE_ARP) return arpSentence(frame, ethernet.payloadAt)
  if (ethernet?.etherType === ETHERTYPE_IPV4) {
    const packet = parseIpv4Packet(frame, ethernet.payloadAt)
    if (typeof packet === 'string')
      return { text: 'IPv4 ✗', told: told('packets.frame.bad-header', { fault: packet }), wrong: true }
    return ipv4Sentence(frame, packet)
  }
  const line = printFrame(frame)
  return { text: line.slice(0, 24), told: told('packets.frame.other', { line }), wrong: false }
}

function arpSentence(frame: Uint8Array, at: number): FrameSentence {
  const arp = parseArp(frame, at)
  if (typeof arp === 'string') return { text: 'ARP ✗', told: told('packets.frame.other', { line: arp }), wrong: true }
  const sender = formatIpv4(arp.senderAddress)
  const target = formatIpv4(arp.targetAddress)
  if (arp.operation === ARP_REQUEST)
    return { text: `ARP ${target}?`, told: told('packets.frame.arp-request', { sender, target }), wrong: false }
  const mac = formatMac(arp.senderMac)
  return { text: `ARP ${sender}!`, told: told('packets.frame.arp-reply', { sender, mac }), wrong: false }
}

function ipv4Sentence(frame: Uint8Array, packet: Ipv4Packet): FrameSentence {
  const { payloadAt: at, payloadEnd: end, timeToLive: ttl, identification, fragmentOffset: offset } = packet
  const from = formatIpv4(packet.source)
  const to = formatIpv4(packet.destination)
  if (packet.moreFragments || offset > 0) {
    const octets = end - at
    const key = packet.moreFragments ? 'packets.frame.fragment' : 'packets.frame.last-fragment'
    return {
      text: `${identification}: ${offset}+${octets}${packet.moreFragments ? ' MF' : ''}, TTL ${ttl}`,
      told: told(key, { from, to, identification, offset, octets, ttl }),
      wrong: false,
    }
  }
  if (packet.protocol !== PROTOCOL_ICMP || end - at < ICMP_HEADER_OCTETS) {
    const line = printFrame(frame)
    return { text: `${from} › ${to}`, told: told('packets.frame.other', { line }), wrong: false }
  }
  const type = frame[at]
  const sequence = readUint16(frame, at + 6)
  const octets = end - at - ICMP_HEADER_OCTETS
  const values = { from, to, ttl }
  switch (type) {
    case ICMP_ECHO:
      return {
        text: `echo ${sequence}, TTL ${ttl}`,
        told: told('packets.frame.echo', { ...values, sequence, octets }),
        wrong: false,
      }
    case ICMP_ECHO_REPLY:
      return {
        text: `reply ${sequence}, TTL ${ttl}`,
        told: told('packets.frame.reply', { ...values, sequence, octets }),
        wrong: false,
      }
    case ICMP_TIME_EXCEEDED:
      return {
        text: frame[at + 1] === 0 ? 'TTL exceeded' : 'reassembly exceeded',
        told: told(frame[at + 1] === 0 ? 'packets.frame.exceeded' : 'packets.frame.reassembly', values),
        wrong: true,
      }
    case ICMP_DESTINATION_UNREACHABLE:
      return {
        text: `unreachable ${frame[at + 1]}`,
        told: told('packets.frame.unreachable', { ...values, code: frame[at + 1] }),
        wrong: true,
      }
    default:
      return { text: `ICMP ${type}`, told: told('packets.frame.other', { line: printFrame(frame) }), wrong: false }
  }
}
