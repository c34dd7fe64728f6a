/** What IPv6 asks of an interface: an Ethernet device with its neighbours, or the loopback. */
import type { FrameBuffer } from '../frame-buffer.js'
import type { SendResult } from '../network-layer.js'
import type { Ipv6Address } from './address.js'

/** Who takes a datagram next. A route is one. */
export interface Ipv6Hop {
  readonly nextHop: Ipv6Address
  readonly kind: 'unicast' | 'multicast'
}

/** An address that a link has and that may be sent from: found unique, and still valid. */
export interface SourceAddress {
  readonly address: Ipv6Address
  /** Past its preferred lifetime: nothing new is to begin from it (RFC 4862 5.5.4). */
  readonly deprecated: boolean
  /** Made to be hard to follow, and short-lived (RFC 8981). */
  readonly temporary: boolean
}

/** Who takes what is for a destination next, and how well the way is known: by the length of the prefix that says so. */
export interface Exit {
  readonly nextHop: Ipv6Address
  readonly prefixLength: number
}

export interface Ipv6Link {
  readonly name: string
  /** The most octets of an IP datagram in one frame. */
  readonly mtu: number
  /** What is sent comes back, and no other host sees it. */
  readonly loopback: boolean
  readonly sources: readonly SourceAddress[]
  /** Routers that a datagram passes at most, where nobody says: what routers advise (RFC 4861 6.3.4). */
  readonly hopLimit: number
  /** Whether it takes what is for a group. */
  hears(group: Ipv6Address): boolean
  /** The way to a host that is not link-local: on the link, or by a router there; undefined where there is none. */
  exitTo(destination: Ipv6Address): Exit | undefined
  /** Nothing comes back of what went to a next hop: whether it is there is asked anew. */
  doubt?(nextHop: Ipv6Address): void
  /** Sends the IP datagram in `frame` from octet 14 to `end`; its Ethernet header is written here. */
  transmit(frame: FrameBuffer, end: number, hop: Ipv6Hop): SendResult
}
