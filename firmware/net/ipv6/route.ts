/** The way to one destination, found once and used for every datagram. */
import type { Clock } from '../../hal/clock.js'
import type { Route } from '../network-layer.js'
import type { Ipv6Address } from './address.js'
import type { Hop, Ipv6Link } from './link.js'

export class Ipv6Route implements Route, Hop {
  /** Of the next datagram in fragments; every way counts from a number of its own (RFC 7739 5.3). */
  identification: number
  stale = false
  /** Its source was asked for, not chosen. */
  settled = false
  readonly #clock: Clock
  /** What the flow labels of its datagrams depend on beside their ports. */
  readonly #labelKey: number
  #lowered = Number.POSITIVE_INFINITY
  #loweredUntil = 0

  /** @param chance two words of 32 bits */
  constructor(
    clock: Clock,
    readonly destination: Ipv6Address,
    readonly source: Ipv6Address,
    readonly nextHop: Ipv6Address,
    readonly kind: 'unicast' | 'multicast',
    readonly link: Ipv6Link,
    identification: number,
    labelKey: number,
  ) {
    this.#clock = clock
    this.identification = identification
    this.#labelKey = labelKey
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
    // It is tried again whether the way takes more by now (RFC 8201 4).
    this.#lowered = Number.POSITIVE_INFINITY
    return mtu
  }

  /** The way takes no more than `mtu` octets; believed until the instant `until`. */
  lowerPathMtu(mtu: number, until: number): void {
    this.#lowered = mtu
    this.#loweredUntil = until
  }

  /**
   * The label of a flow on this way: the same for all of one conversation, and unlike those of others (RFC 6437 3; never 0, which is
   * none). Addresses are the way's, so that protocol and ports tell flows apart.
   */
  flowLabel(protocol: number, ports: number): number {
    let mixed = Math.imul(ports ^ this.#labelKey, 0x9e3779b1) ^ protocol
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b)
    return (mixed ^ (mixed >>> 13)) >>> 12 || 1
  }
}
