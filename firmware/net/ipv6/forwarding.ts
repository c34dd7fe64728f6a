/** Datagrams for other hosts, passed on as a router does (RFC 8200 3, RFC 4443 3.1 to 3.3, RFC 4007 9). The frame they came in goes out again. */
import { FrameBuffer } from '../frame-buffer.js'
import {
  BEYOND_SCOPE,
  ICMPV6_DESTINATION_UNREACHABLE,
  ICMPV6_PACKET_TOO_BIG,
  ICMPV6_TIME_EXCEEDED,
  NO_ROUTE,
  UNREACHABLE_ADDRESS,
} from '../wire/icmpv6.js'
import { type Ipv6Address, isLinkLocal6, needsZone, readIpv6 } from './address.js'
import { IPV6_AT } from './header.js'
import { Ipv6InboundDatagram } from './inbound-datagram.js'
import type { Ipv6Link } from './link.js'
import type { Ipv6Route } from './route.js'

/** Why a datagram was not passed on. */
export type Ipv6ForwardLoss =
  | 'hop limit'
  | 'no route to pass on'
  | 'link-local to pass on'
  | 'too long to pass on'
  | 'refused to pass on'

/** What forwarding needs of the layer. */
export interface Ipv6ForwardingLayer {
  find(destination: Ipv6Address): Ipv6Route | undefined
  sendError(datagram: Ipv6InboundDatagram, type: number, code: number, rest: number): void
  /** A datagram goes back onto the link that it came by: its sender may know a better way (RFC 4861 8.2). */
  goesBack(datagram: Ipv6InboundDatagram, way: Ipv6Route): void
}

/** Passes a datagram on. Its addresses are one other host's and one that may send; its headers are not looked at. */
export function forward6(datagram: Ipv6InboundDatagram, layer: Ipv6ForwardingLayer): Ipv6ForwardLoss | undefined {
  const { frame, headerAt, payloadEnd, source, destination } = datagram
  // Who is on one link only is not reached by way of another, and cannot be answered there.
  if (needsZone(destination)) return 'link-local to pass on'
  if (isLinkLocal6(source)) {
    layer.sendError(datagram, ICMPV6_DESTINATION_UNREACHABLE, BEYOND_SCOPE, 0)
    return 'link-local to pass on'
  }
  if (datagram.timeToLive <= 1) {
    layer.sendError(datagram, ICMPV6_TIME_EXCEEDED, 0, 0)
    return 'hop limit'
  }
  const way = layer.find(destination)
  if (way === undefined || way.kind !== 'unicast' || way.link.loopback) {
    layer.sendError(datagram, ICMPV6_DESTINATION_UNREACHABLE, NO_ROUTE, 0)
    return 'no route to pass on'
  }
  const { mtu } = way.link
  if (payloadEnd - headerAt > mtu) {
    layer.sendError(datagram, ICMPV6_PACKET_TOO_BIG, 0, mtu)
    return 'too long to pass on'
  }
  if (way.link === datagram.link) layer.goesBack(datagram, way)
  frame.octets[headerAt + 7]--
  return way.link.transmit(frame, payloadEnd, way) === 'sent' ? undefined : 'refused to pass on'
}

/** The sender of a frame that was passed on, and found nobody to take it, is told (RFC 4443 3.1). */
export function undeliverable6(
  network: Ipv6InboundDatagram['network'],
  link: Ipv6Link,
  frame: Uint8Array,
  layer: Ipv6ForwardingLayer,
): void {
  const copy = new FrameBuffer(frame.length)
  copy.octets.set(frame)
  const datagram = new Ipv6InboundDatagram(network, copy, link)
  datagram.source = readIpv6(frame, IPV6_AT + 8)
  datagram.destination = readIpv6(frame, IPV6_AT + 24)
  datagram.headerAt = IPV6_AT
  datagram.payloadEnd = frame.length
  layer.sendError(datagram, ICMPV6_DESTINATION_UNREACHABLE, UNREACHABLE_ADDRESS, 0)
}
