/** A frame in a sentence, and in a few signs that are the same in every language. */
import { formatIpv4, formatMac } from '../../../firmware/net/address.js'
import { formatEndpoint } from '../../../firmware/net/ip.js'
import { ARP_REPLY, ARP_REQUEST, type ArpPacket } from '../../../firmware/net/wire/arp.js'
import {
  ICMP_DESTINATION_UNREACHABLE,
  ICMP_ECHO,
  ICMP_ECHO_REPLY,
  ICMP_TIME_EXCEEDED,
  type IcmpMessage,
} from '../../../firmware/net/wire/icmp.js'
import type { Ipv4Packet } from '../../../firmware/net/wire/ipv4.js'
import { printFrame } from '../../../firmware/net/wire/print.js'
import { type FrameReading, isFragment, readFrame } from '../../../firmware/net/wire/read-frame.js'
import { ACK, type TcpSegment } from '../../../firmware/net/wire/tcp.js'
import type { UdpDatagram } from '../../../firmware/net/wire/udp.js'
import { type Told, told } from '../words/told.js'
import { segmentText } from './frame-reading.js'
import { headerFaultTold } from './header-fault.js'

export interface FrameSentence {
  readonly text: string
  readonly told: Told
  readonly wrong: boolean
}

/** @param frame destination address to the end of the payload, without FCS */
export function frameSentence(frame: Uint8Array): FrameSentence {
  const reading = readFrame(frame)
  const { arp, ip, fault } = reading
  if (fault !== undefined) {
    const { header } = fault
    return {
      text: `${header} ✗`,
      told: told('frame-sentence.fault', { header, fault: headerFaultTold(fault) }),
      wrong: true,
    }
  }
  if (arp !== undefined) return arpSentence(arp, frame)
  return (ip === undefined ? undefined : ipv4Sentence(ip, reading)) ?? otherSentence(frame)
}

/** What has no words of its own stands as a line in the manner of tcpdump, which is the same in every language. */
function otherSentence(frame: Uint8Array): FrameSentence {
  const line = printFrame(frame)
  return { text: line.slice(0, 24), told: told('frame-sentence.other', { line }), wrong: false }
}

function arpSentence(arp: ArpPacket, frame: Uint8Array): FrameSentence {
  const sender = formatIpv4(arp.senderAddress)
  const target = formatIpv4(arp.targetAddress)
  const mac = formatMac(arp.senderMac)
  if (arp.operation === ARP_REQUEST && sender === target)
    return { text: `ARP ${sender}!`, told: told('frame-sentence.arp-announcement', { sender, mac }), wrong: false }
  if (arp.operation === ARP_REQUEST)
    return { text: `ARP ${target}?`, told: told('frame-sentence.arp-request', { sender, target }), wrong: false }
  if (arp.operation !== ARP_REPLY) return otherSentence(frame)
  return { text: `ARP ${sender}!`, told: told('frame-sentence.arp-reply', { sender, mac }), wrong: false }
}

/** @returns undefined for a datagram that has no sentence of its own */
function ipv4Sentence(ip: Ipv4Packet, { icmp, tcp, udp }: FrameReading): FrameSentence | undefined {
  if (isFragment(ip)) return fragmentSentence(ip)
  if (icmp !== undefined) return icmpSentence(ip, icmp)
  if (tcp !== undefined) return tcpSentence(ip, tcp)
  return udp === undefined ? undefined : udpSentence(ip, udp)
}

function fragmentSentence(ip: Ipv4Packet): FrameSentence {
  const { identification, fragmentOffset: offset, moreFragments, timeToLive: ttl } = ip
  const octets = ip.payloadEnd - ip.payloadAt
  const key = moreFragments ? 'frame-sentence.fragment' : 'frame-sentence.last-fragment'
  return {
    text: `${identification}: ${offset}+${octets}${moreFragments ? ' MF' : ''}, TTL ${ttl}`,
    told: told(key, { ...endsOf(ip), identification, offset, octets, ttl }),
    wrong: false,
  }
}

function endsOf({ source, destination }: Ipv4Packet): { readonly from: string; readonly to: string } {
  return { from: formatIpv4(source), to: formatIpv4(destination) }
}

function icmpSentence(ip: Ipv4Packet, icmp: IcmpMessage): FrameSentence | undefined {
  const { type, code, sequence } = icmp
  const octets = icmp.dataEnd - icmp.dataAt
  const ttl = ip.timeToLive
  const values = { ...endsOf(ip), ttl }
  switch (type) {
    case ICMP_ECHO:
      return {
        text: `echo ${sequence}, TTL ${ttl}`,
        told: told('frame-sentence.echo', { ...values, sequence, octets }),
        wrong: false,
      }
    case ICMP_ECHO_REPLY:
      return {
        text: `reply ${sequence}, TTL ${ttl}`,
        told: told('frame-sentence.reply', { ...values, sequence, octets }),
        wrong: false,
      }
    case ICMP_TIME_EXCEEDED:
      return {
        text: code === 0 ? 'TTL exceeded' : 'reassembly exceeded',
        told: told(code === 0 ? 'frame-sentence.exceeded' : 'frame-sentence.reassembly', values),
        wrong: true,
      }
    case ICMP_DESTINATION_UNREACHABLE:
      return { text: `unreachable ${code}`, told: told('frame-sentence.unreachable', { ...values, code }), wrong: true }
    default:
      return undefined
  }
}

function tcpSentence(ip: Ipv4Packet, tcp: TcpSegment): FrameSentence {
  const { flags, sequence, acknowledgement } = tcp
  const octets = tcp.payloadEnd - tcp.payloadAt
  const text = segmentText({ flags, octets })
  const values = {
    from: formatEndpoint({ address: ip.source, port: tcp.sourcePort }),
    to: formatEndpoint({ address: ip.destination, port: tcp.destinationPort }),
    flags: text,
    sequence,
  }
  const acknowledges = (flags & ACK) !== 0
  return {
    text,
    told: acknowledges
      ? told('frame-sentence.tcp', { ...values, acknowledgement })
      : told('frame-sentence.tcp-without-ack', values),
    wrong: false,
  }
}

function udpSentence(ip: Ipv4Packet, udp: UdpDatagram): FrameSentence {
  const octets = udp.payloadEnd - udp.payloadAt
  const from = formatEndpoint({ address: ip.source, port: udp.sourcePort })
  const to = formatEndpoint({ address: ip.destination, port: udp.destinationPort })
  return { text: `UDP, len ${octets}`, told: told('frame-sentence.udp', { from, to, octets }), wrong: false }
}
