/** The way to one destination, found once and used for every datagram. */
import type { Clock } from '../../hal/clock.js'
import type { Ipv4Address } from '../address.js'
import type { Neighbour } from '../link/neighbour-cache.js'
import type { Route } from '../network-layer.js'
import { Way } from '../way.js'
import type { Hop, Link } from './link.js'

export class Ipv4Route extends Way implements Route, Hop {
  neighbour: Neighbour<Ipv4Address> | undefined
  /** The sum of the words of both addresses: all of the header checksum that does not change. */
  readonly addressSum: number
  /** Of the next datagram; every pair of addresses counts from a number of its own (RFC 6864 4.3; RFC 7739 4). */
  identification: number

  constructor(
    clock: Clock,
    readonly destination: Ipv4Address,
    readonly source: Ipv4Address,
    readonly nextHop: Ipv4Address,
    readonly kind: 'unicast' | 'broadcast' | 'multicast',
    readonly link: Link,
    identification: number,
  ) {
    super(clock)
    this.identification = identification
    this.addressSum = (source >>> 16) + (source & 0xffff) + (destination >>> 16) + (destination & 0xffff)
  }
}
