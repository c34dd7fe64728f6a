/** What a frame is, as far as a ladder shows it. */
import { ARP_REQUEST } from '../../../firmware/net/wire/arp.js'
import { controlBitNames } from '../../../firmware/net/wire/print/tcp.js'
import { type HeaderFault, readFrame } from '../../../firmware/net/wire/read-frame.js'
import type { TcpSegment } from '../../../firmware/net/wire/tcp.js'
import type { UdpDatagram } from '../../../firmware/net/wire/udp.js'

/** Octets are those of the payload. */
export interface TcpReading
  extends Readonly<Pick<TcpSegment, 'sourcePort' | 'destinationPort' | 'sequence' | 'acknowledgement' | 'flags'>> {
  readonly kind: 'tcp'
  readonly octets: number
}

interface UdpReading extends Readonly<Pick<UdpDatagram, 'sourcePort' | 'destinationPort'>> {
  readonly kind: 'udp'
  readonly octets: number
}

interface ArpReading {
  readonly kind: 'arp'
  readonly request: boolean
}

/** A datagram that no stack would take: something changed it on the way. */
interface SpoiltReading {
  readonly kind: 'spoilt'
  readonly fault: HeaderFault
}

export type LadderReading = TcpReading | UdpReading | ArpReading | SpoiltReading

/** @returns undefined for what a ladder does not show */
export function ladderReading(frame: Uint8Array): LadderReading | undefined {
  const { ethernet, arp, tcp, udp, fault } = readFrame(frame)
  if (ethernet === undefined) return undefined
  if (arp !== undefined) return { kind: 'arp', request: arp.operation === ARP_REQUEST }
  if (tcp !== undefined) {
    const { sourcePort, destinationPort, sequence, acknowledgement, flags } = tcp
    const octets = tcp.payloadEnd - tcp.payloadAt
    return { kind: 'tcp', sourcePort, destinationPort, sequence, acknowledgement, flags, octets }
  }
  if (udp !== undefined) {
    const { sourcePort, destinationPort } = udp
    return { kind: 'udp', sourcePort, destinationPort, octets: udp.payloadEnd - udp.payloadAt }
  }
  return fault === undefined || fault.header === 'ICMP' ? undefined : { kind: 'spoilt', fault }
}

/** `SYN, ACK`; of a segment with text, also how much: `PSH, ACK, len 2`. */
export function segmentText({ flags, octets }: Pick<TcpReading, 'flags' | 'octets'>): string {
  return [...controlBitNames(flags), ...(octets > 0 ? [`len ${octets}`] : [])].join(', ')
}
