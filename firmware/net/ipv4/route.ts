/** The way to one destination, found once and used for every datagram. */
import type { Clock } from '../../hal/clock.js'
import type { Ipv4Address } from '../address.js'
import type { Neighbour } from '../link/neighbour-cache.js'
import type { Route } from '../network-layer.js'
import type { Hop, Link } from './link.js'

export class Ipv4Route implements Route, Hop {
  neighbour: Neighbour<Ipv4Address> | undefined
  /** The sum of the words of both addresses: all of the header checksum that does not change. */
  readonly addressSum: number
  /** Of the next datagram; every pair of addresses counts from a number of its own (RFC 6864 4.3; RFC 7739 4). */
  identification: number
  stale = false
  /** Its source was asked for, not chosen. */
  settled = false
  readonly #clock: Clock
  #lowered = Number.POSITIVE_INFINITY
  #loweredUntil = 0

  constructor(
    clock: Clock,
    readonly destination: Ipv4Address,
    readonly source: Ipv4Address,
    readonly nextHop: Ipv4Address,
    readonly kind: 'unicast' | 'broadcast' | 'multicast',
    readonly link: Link,
    identification: number,
  ) {
    this.#clock = clock
    this.identification = identification
    this.addressSum = (source >>> 16) + (source & 0xffff) + (destination >>> 16) + (destination & 0xffff)
  }

  get via(): string {
    return this.link.name
  }

  get linkMtu(): number {
    return this.link.mtu
  }

  get pathMtu(): number {
    const { mtu } = this.link
    if (this.#lowered >= mtu) return mtu
    if (this.#clock.now < this.#loweredUntil) return this.#lowered
    // It is tried again whether the way takes more by now (RFC 1191 6.3).
    this.#lowered = Number.POSITIVE_INFINITY
    return mtu
  }

  /** The way takes no more than `mtu` octets; believed until the instant `until`. */
  lowerPathMtu(mtu: number, until: number): void {
    this.#lowered = mtu
    this.#loweredUntil = until
  }
}
