/** Datagrams for other hosts, passed on as a router does (RFC 1812 5.2.1, 5.3.1). The frame they came in goes out again. */
import type { Clock } from '../../hal/clock.js'
import type { FrameBuffer } from '../frame-buffer.js'
import type { SendResult } from '../network-layer.js'
import { ICMP_DESTINATION_UNREACHABLE, ICMP_TIME_EXCEEDED } from '../wire/icmp.js'
import { IPV4_HEADER_OCTETS } from '../wire/ipv4.js'
import { copiedOptions, nonStandardTime, type OptionPlaces, recordAddress, recordTime } from '../wire/ipv4-options.js'
import { readUint16, writeUint16 } from '../wire/octets.js'
import { DONT_FRAGMENT, IP_AT, MORE_FRAGMENTS, OFFSET_MASK } from './header.js'
import type { InboundDatagram } from './inbound-datagram.js'
import type { Ipv4Route } from './route.js'

const NET_UNREACHABLE = 0
const FRAGMENTATION_NEEDED = 4

/** Why a datagram was not passed on. */
export type ForwardLoss =
  | 'time to live'
  | 'no route to pass on'
  | 'source route'
  | 'too long to pass on'
  | 'refused to pass on'

/** What forwarding needs of the layer. */
export interface ForwardingLayer {
  readonly clock: Clock
  find(destination: number): Ipv4Route | undefined
  sendError(datagram: InboundDatagram, type: number, code: number, rest: number): void
}

/**
 * Passes a datagram on. Its link-layer and IP destination are one other host's, its header is verified.
 * @param options of its header; found already
 * @param spare a frame for fragments
 */
export function forward(
  datagram: InboundDatagram,
  options: OptionPlaces | undefined,
  ways: ForwardingLayer,
  spare: FrameBuffer,
): ForwardLoss | undefined {
  // RFC 7126 4.3, 4.4: a source route is a way around other people's firewalls.
  if (options !== undefined && options.sourceRoute !== 0) return 'source route'
  if (datagram.timeToLive <= 1) {
    ways.sendError(datagram, ICMP_TIME_EXCEEDED, 0, 0)
    return 'time to live'
  }
  const way = ways.find(datagram.destination)
  if (way === undefined || way.kind !== 'unicast' || way.link.loopback) {
    ways.sendError(datagram, ICMP_DESTINATION_UNREACHABLE, NET_UNREACHABLE, 0)
    return 'no route to pass on'
  }
  const { frame, headerAt, payloadEnd } = datagram
  const { octets } = frame
  const { mtu } = way.link
  const tooLong = payloadEnd - headerAt > mtu
  if (tooLong && (datagram.fragmentField & DONT_FRAGMENT) !== 0) {
    ways.sendError(datagram, ICMP_DESTINATION_UNREACHABLE, FRAGMENTATION_NEEDED, mtu)
    return 'too long to pass on'
  }
  octets[headerAt + 8]--
  if (options !== undefined && (options.recordRoute !== 0 || options.timestamp !== 0)) {
    if (options.recordRoute !== 0) recordAddress(octets, options.recordRoute, way.source)
    if (options.timestamp !== 0) recordTime(octets, options.timestamp, way.source, nonStandardTime(ways.clock))
    writeUint16(octets, headerAt + 10, 0)
    writeUint16(octets, headerAt + 10, frame.checksum(headerAt, datagram.payloadAt))
  } else {
    // One less in the high half of a word is 0100h more in the complement of the sum (RFC 1624 3).
    const sum = readUint16(octets, headerAt + 10) + 0x100
    writeUint16(octets, headerAt + 10, (sum & 0xffff) + (sum >>> 16))
  }
  const result = tooLong ? fragment(datagram, way, spare) : way.link.transmit(frame, payloadEnd, way)
  return result === 'sent' ? undefined : 'refused to pass on'
}

/** Sends a datagram in pieces (RFC 791 3.2): the first has all options, the others those that are to be copied. */
function fragment(datagram: InboundDatagram, way: Ipv4Route, spare: FrameBuffer): SendResult {
  const { octets } = datagram.frame
  const { headerAt, payloadAt, payloadEnd, fragmentField } = datagram
  const into = spare.octets
  for (let i = headerAt; i < payloadAt; i++) into[IP_AT + i - headerAt] = octets[i]
  let headerEnd = IP_AT + payloadAt - headerAt
  for (let at = payloadAt; at < payloadEnd; ) {
    const room = (way.link.mtu - (headerEnd - IP_AT)) & ~7
    const end = Math.min(payloadEnd, at + room)
    for (let i = at; i < end; i++) into[headerEnd + i - at] = octets[i]
    const more = end < payloadEnd ? MORE_FRAGMENTS : fragmentField & MORE_FRAGMENTS
    const offset = (fragmentField & OFFSET_MASK) + ((at - payloadAt) >> 3)
    into[IP_AT] = 0x40 | ((headerEnd - IP_AT) >> 2)
    writeUint16(into, IP_AT + 2, headerEnd - IP_AT + end - at)
    writeUint16(into, IP_AT + 6, more | offset)
    writeUint16(into, IP_AT + 10, 0)
    writeUint16(into, IP_AT + 10, spare.checksum(IP_AT, headerEnd))
    const result = way.link.transmit(spare, headerEnd + end - at, way)
    if (result !== 'sent') return result
    if (at === payloadAt && headerEnd > IP_AT + IPV4_HEADER_OCTETS) {
      const optionsAt = headerAt + IPV4_HEADER_OCTETS
      headerEnd =
        IP_AT + IPV4_HEADER_OCTETS + copiedOptions(octets, optionsAt, payloadAt, into, IP_AT + IPV4_HEADER_OCTETS)
    }
    at = end
  }
  return 'sent'
}
