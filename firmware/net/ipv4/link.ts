/** What IPv4 asks of an interface: an Ethernet device with its neighbours, or the loopback. */
import type { Ipv4Address, Ipv4Interface } from '../address.js'
import type { FrameBuffer } from '../frame-buffer.js'
import type { NextHop } from '../link/neighbour-cache.js'
import type { SendResult } from '../network-layer.js'

/** Who takes a datagram next. A route is one; the link keeps in it what it found out, so as not to look it up again. */
export interface Hop extends NextHop<Ipv4Address> {
  readonly nextHop: Ipv4Address
  readonly kind: 'unicast' | 'broadcast' | 'multicast'
}

export interface Link {
  readonly name: string
  /** The most octets of an IP datagram in one frame. */
  readonly mtu: number
  /** What is sent comes back, and no other host sees it. */
  readonly loopback: boolean
  /** False while nothing can go over it; undefined where it always can. */
  readonly linkUp?: boolean
  /** Its own addresses, the one it prefers to send from first; none while it is not configured. */
  readonly addresses: readonly Ipv4Interface[]
  /** Nothing comes back of what went to a next hop: whether it is there is asked anew. */
  doubt?(nextHop: Ipv4Address): void
  /** Other groups were joined on the link, or left. */
  setGroups?(groups: readonly Ipv4Address[]): void
  /** Sends the IP datagram in `frame` from octet 14 to `end`; its Ethernet header is written here. */
  transmit(frame: FrameBuffer, end: number, hop: Hop): SendResult
}
