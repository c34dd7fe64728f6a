/** What a frame is, as far as a ladder shows it. */
import { ARP_REQUEST, parseArp } from '../../../firmware/net/wire/arp.js'
import { ETHERTYPE_ARP, ETHERTYPE_IPV4, parseEthernet } from '../../../firmware/net/wire/ethernet.js'
import { parseIpv4Packet } from '../../../firmware/net/wire/ipv4.js'
import { controlBitNames } from '../../../firmware/net/wire/print/tcp.js'
import { PROTOCOL_TCP, PROTOCOL_UDP } from '../../../firmware/net/wire/protocols.js'
import { ipv4PseudoHeader } from '../../../firmware/net/wire/pseudo-header.js'
import { parseTcp } from '../../../firmware/net/wire/tcp.js'
import { parseUdp } from '../../../firmware/net/wire/udp.js'

export interface TcpReading {
  readonly kind: 'tcp'
  readonly sourcePort: number
  readonly destinationPort: number
  readonly sequence: number
  readonly acknowledgement: number
  readonly flags: number
  /** Octets of text. */
  readonly octets: number
}

export interface UdpReading {
  readonly kind: 'udp'
  readonly sourcePort: number
  readonly destinationPort: number
  readonly octets: number
}

export interface ArpReading {
  readonly kind: 'arp'
  readonly request: boolean
}

/** A datagram that no stack would take: something changed it on the way. */
export interface SpoiltReading {
  readonly kind: 'spoilt'
  readonly why: string
}

export type FrameReading = TcpReading | UdpReading | ArpReading | SpoiltReading

/** @returns undefined for what a ladder does not show */
export function readingOf(frame: Uint8Array): FrameReading | undefined {
  const ethernet = parseEthernet(frame)
  if (ethernet === undefined) return undefined
  const { etherType, payloadAt } = ethernet
  if (etherType === ETHERTYPE_ARP) {
    const arp = parseArp(frame, payloadAt)
    return typeof arp === 'string'
      ? { kind: 'spoilt', why: arp }
      : { kind: 'arp', request: arp.operation === ARP_REQUEST }
  }
  if (etherType !== ETHERTYPE_IPV4) return undefined
  const packet = parseIpv4Packet(frame, payloadAt)
  if (typeof packet === 'string') return { kind: 'spoilt', why: packet }
  const { source, destination, protocol, payloadAt: at, payloadEnd: end } = packet
  const sum = (octets: number) => ipv4PseudoHeader(source, destination, protocol, octets)
  if (protocol === PROTOCOL_TCP) {
    const segment = parseTcp(frame, at, end, sum(end - at))
    if (typeof segment === 'string') return { kind: 'spoilt', why: segment }
    const { sourcePort, destinationPort, sequence, acknowledgement, flags } = segment
    const octets = segment.payloadEnd - segment.payloadAt
    return { kind: 'tcp', sourcePort, destinationPort, sequence, acknowledgement, flags, octets }
  }
  if (protocol !== PROTOCOL_UDP) return undefined
  const datagram = parseUdp(frame, at, end, sum)
  if (typeof datagram === 'string') return { kind: 'spoilt', why: datagram }
  const { sourcePort, destinationPort } = datagram
  return { kind: 'udp', sourcePort, destinationPort, octets: datagram.payloadEnd - datagram.payloadAt }
}

/** `SYN, ACK`; of a segment with text, also how much: `PSH, ACK, len 2`. */
export function segmentText({ flags, octets }: TcpReading): string {
  return [...controlBitNames(flags), ...(octets > 0 ? [`len ${octets}`] : [])].join(', ')
}
