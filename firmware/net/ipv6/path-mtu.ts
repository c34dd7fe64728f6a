/**
 * How long datagrams to a destination may be (RFC 8201). What routers say is believed for ten minutes and then tried again; nothing here
 * needs a timer.
 */
import { type Clock, SECOND } from '../../hal/clock.js'
import { LEAST_IPV6_MTU } from '../wire/ipv6.js'
import type { Ipv6Address } from './address.js'

/** RFC 8201 5.3: ten minutes. */
const PATH_MTU_LIFETIME = 600 * SECOND
/** Destinations with a smaller MTU than their link; beyond it the one learned first is evicted. */
const DESTINATION_LIMIT = 256

export interface PathMtu {
  readonly mtu: number
  /** When it stops being believed. */
  readonly until: number
}

export class PathMtuCache {
  readonly #clock: Clock
  readonly #known = new Map<Ipv6Address, PathMtu>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** What a destination's way is known to take; undefined where it is not known to take less than its link. */
  get(destination: Ipv6Address): PathMtu | undefined {
    const known = this.#known.get(destination)
    if (known === undefined || known.until > this.#clock.now) return known
    this.#known.delete(destination)
    return undefined
  }

  /**
   * A router did not pass on a datagram.
   * @param mtu that it says its next link has; below 1280 it is no IPv6 link's, and not believed (RFC 8201 4)
   * @returns what the way is now believed to take; undefined where that is no less
   */
  lower(destination: Ipv6Address, mtu: number, current: number): PathMtu | undefined {
    if (mtu < LEAST_IPV6_MTU || mtu >= current) return undefined
    const lowered = { mtu, until: this.#clock.now + PATH_MTU_LIFETIME }
    this.#known.delete(destination)
    if (this.#known.size >= DESTINATION_LIMIT) {
      const [oldest] = this.#known.keys()
      this.#known.delete(oldest)
    }
    this.#known.set(destination, lowered)
    return lowered
  }

  clear(): void {
    this.#known.clear()
  }
}
