/** The way to one destination, found once and used for every datagram. */
import type { Clock } from '../../hal/clock.js'
import type { Route } from '../network-layer.js'
import { Way } from '../way.js'
import type { Ipv6Address } from './address.js'
import type { Ipv6Hop, Ipv6Link } from './link.js'

export class Ipv6Route extends Way implements Route, Ipv6Hop {
  /** Of the next datagram in fragments; every way counts from a number of its own (RFC 7739 5.3). */
  identification: number
  /** What the flow labels of its datagrams depend on beside their ports. */
  readonly #labelKey: number

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
    super(clock)
    this.identification = identification
    this.#labelKey = labelKey
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
