/** What of a frame was added by which layer: places in the octets that were really sent, from the headers that stand in them. */
import { ETHERNET_HEADER_OCTETS } from '../../../../firmware/net/wire/ethernet.js'
import { IPV4_HEADER_OCTETS } from '../../../../firmware/net/wire/ipv4.js'
import { readUint16 } from '../../../../firmware/net/wire/octets.js'
import { PROTOCOL_TCP, PROTOCOL_UDP } from '../../../../firmware/net/wire/protocols.js'
import { UDP_HEADER_OCTETS } from '../../../../firmware/net/wire/udp.js'

/** Of the OSI reference model, the physical layer is 1 (ISO/IEC 7498-1 6.1). */
export const OSI_LAYERS = [7, 6, 5, 4, 3, 2, 1] as const
export type Layer = (typeof OSI_LAYERS)[number]

export const NETWORK_AT = ETHERNET_HEADER_OCTETS
export const TRANSPORT_AT = NETWORK_AT + IPV4_HEADER_OCTETS

/** Where a message of an application lies in a frame without its FCS. */
export interface Carried {
  readonly transport: 'tcp' | 'udp'
  /** Octets of the message. */
  readonly from: number
  readonly to: number
}

/**
 * Our stacks send IPv4 without options. What may have been spoilt is not looked at.
 * @returns undefined where the frame can carry nothing of an application
 */
export function carriedIn(frame: Uint8Array): Carried | undefined {
  if (frame.length < TRANSPORT_AT + UDP_HEADER_OCTETS) return undefined
  const protocol = frame[NETWORK_AT + 9]
  if (protocol !== PROTOCOL_TCP && protocol !== PROTOCOL_UDP) return undefined
  const header = protocol === PROTOCOL_UDP ? UDP_HEADER_OCTETS : (frame[TRANSPORT_AT + 12] >> 4) * 4
  const from = TRANSPORT_AT + header
  const to = NETWORK_AT + readUint16(frame, NETWORK_AT + 2)
  if (to <= from || to > frame.length) return undefined
  return { transport: protocol === PROTOCOL_TCP ? 'tcp' : 'udp', from, to }
}

/** Of a frame on the wire, who put it there. */
export type FramePartName =
  | 'preamble'
  | 'ethernet'
  | 'ip'
  | 'transport'
  | 'command'
  | 'text'
  | 'line-end'
  | 'padding'
  | 'fcs'

export interface FramePart {
  readonly name: FramePartName
  readonly layer: Layer
  /** Octets of the signal, the first of the preamble is 0. */
  readonly from: number
  readonly to: number
}

const PREAMBLE_OCTETS = 8
const FCS_OCTETS = 4

/**
 * @param octets destination address to FCS, as sent
 * @param command octets in front of the text in the message
 * @param end octets behind it
 */
export function partsOf(octets: Uint8Array, { from, to }: Carried, command: number, end: number): FramePart[] {
  const places: [FramePartName, Layer, number, number][] = [
    ['ethernet', 2, 0, NETWORK_AT],
    ['ip', 3, NETWORK_AT, TRANSPORT_AT],
    ['transport', 4, TRANSPORT_AT, from],
    ['command', 7, from, from + command],
    ['text', 6, from + command, to - end],
    ['line-end', 7, to - end, to],
    ['padding', 2, to, octets.length - FCS_OCTETS],
    ['fcs', 2, octets.length - FCS_OCTETS, octets.length],
  ]
  return [
    { name: 'preamble', layer: 1, from: 0, to: PREAMBLE_OCTETS },
    ...places
      .filter(([, , start, stop]) => stop > start)
      .map(([name, layer, start, stop]) => ({
        name,
        layer,
        from: PREAMBLE_OCTETS + start,
        to: PREAMBLE_OCTETS + stop,
      })),
  ]
}
