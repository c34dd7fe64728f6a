/** Finds the way to a destination, and remembers it: one route object for each destination in use (RFC 4861 5.2, the destination cache). */
import type { Clock } from '../../hal/clock.js'
import type { Random } from '../../hal/random.js'
import { DestinationCache } from '../destination-cache.js'
import { LEAST_IPV6_MTU } from '../wire/ipv6.js'
import { type Ipv6Address, isMulticast6, LOOPBACK6, UNSPECIFIED6 } from './address.js'
import type { Ipv6Link } from './link.js'
import { Ipv6Route } from './route.js'
import { selectSource } from './source-selection.js'

/**
 * Ipv6Ways remembered by a stack with so many octets for its buffers: 16 on a microcontroller, 8,192 on a computer. Beyond it the one found
 * first is found anew.
 */
export function ipv6WayLimit(memory: number): number {
  return Math.min(8192, Math.max(16, memory >> 7))
}

export class Ipv6Ways {
  readonly #clock: Clock
  readonly #random: Random
  readonly #links: readonly Ipv6Link[]
  readonly #isOwn: (address: Ipv6Address) => boolean
  readonly #ways: DestinationCache<Ipv6Address, Ipv6Route>

  /** @param links is read anew for each way */
  constructor(
    clock: Clock,
    random: Random,
    limit: number,
    links: readonly Ipv6Link[],
    isOwn: (address: Ipv6Address) => boolean,
  ) {
    this.#clock = clock
    this.#random = random
    this.#links = links
    this.#isOwn = isOwn
    this.#ways = new DestinationCache(clock, limit)
  }

  /** Everything is found anew. */
  forget(): void {
    this.#ways.forget()
  }

  /** As `forget`, and nothing is believed any more of what routers said about path MTUs. */
  forgetLearnt(): void {
    this.#ways.forgetLearnt()
  }

  /** The way to a destination, from `source` if that is settled already. */
  find(destination: Ipv6Address, source?: Ipv6Address): Ipv6Route | undefined {
    const known = this.#ways
      .get(destination)
      ?.find((way) => (source === undefined ? !way.settled : way.source === source))
    if (known !== undefined) return known
    const way = this.#make(destination, source)
    if (way === undefined) return undefined
    way.settled = source !== undefined
    this.#ways.remember(destination, way)
    return way
  }

  /** The way over a certain link to a next hop there, whatever else is known; it is not remembered, and never becomes stale. */
  over(link: Ipv6Link, destination: Ipv6Address, source: Ipv6Address, nextHop = destination): Ipv6Route {
    const kind = isMulticast6(destination) ? 'multicast' : 'unicast'
    const chance = this.#random
    const way = new Ipv6Route(
      this.#clock,
      destination,
      source,
      nextHop,
      kind,
      link,
      chance.next32(),
      chance.next32() | 0,
    )
    this.#ways.applyPathMtu(destination, way)
    return way
  }

  /**
   * A router could not pass on a datagram to `destination` (RFC 8201).
   * @returns false where that is nothing new, or not to be believed
   */
  lowerPathMtu(destination: Ipv6Address, mtu: number): boolean {
    // Less is no IPv6 link's, and not believed (RFC 8201 4).
    return mtu >= LEAST_IPV6_MTU && this.#ways.lowerPathMtu(destination, mtu)
  }

  /**
   * A router knows a better next hop for a destination (RFC 4861 8.3). It is believed only if it is the one that the datagrams go to now.
   * @returns false where it is not believed
   */
  redirect(link: Ipv6Link, destination: Ipv6Address, from: Ipv6Address, target: Ipv6Address): boolean {
    const ways = this.#ways.get(destination)
    if (ways === undefined || ways[0].link !== link || ways[0].nextHop !== from || target === from) return false
    const better = ways.map((way) => {
      const instead = this.over(link, destination, way.source, target)
      instead.settled = way.settled
      return instead
    })
    this.#ways.replace(destination, better)
    return true
  }

  /** A next hop does not answer: all that went by it is found anew, and what redirects said of it is forgotten. */
  unreachable(link: Ipv6Link, nextHop: Ipv6Address): void {
    this.#ways.forgetWhere((way) => way.link === link && way.nextHop === nextHop)
  }

  #make(destination: Ipv6Address, source: Ipv6Address | undefined): Ipv6Route | undefined {
    if (destination === UNSPECIFIED6 || destination.anyFamily) return undefined
    if (this.#isOwn(destination)) {
      const loopback = this.#links.find((link) => link.loopback)
      return loopback === undefined ? undefined : this.over(loopback, destination, source ?? destination)
    }
    const exit = this.#exitTo(destination, source)
    if (exit === undefined) return undefined
    const { link, nextHop } = exit
    const from = source ?? selectSource(link.sources, destination)
    // ::1 is on no wire, as a source neither (RFC 4291 2.5.3).
    return from === undefined || from === LOOPBACK6 ? undefined : this.over(link, destination, from, nextHop)
  }

  #exitTo(
    destination: Ipv6Address,
    source: Ipv6Address | undefined,
  ): { readonly link: Ipv6Link; readonly nextHop: Ipv6Address } | undefined {
    const outward = this.#links.filter((link) => !link.loopback)
    if (destination.zone !== '') {
      const link = outward.find(({ name }) => name === destination.zone)
      return link === undefined ? undefined : { link, nextHop: destination }
    }
    if (isMulticast6(destination)) {
      const has = ({ sources }: Ipv6Link) => sources.some(({ address }) => address === source)
      const link = outward.find(has) ?? outward.find(({ sources }) => sources.length > 0)
      return link === undefined ? undefined : { link, nextHop: destination }
    }
    let best: { link: Ipv6Link; nextHop: Ipv6Address; prefixLength: number } | undefined
    for (const link of outward) {
      const exit = link.exitTo(destination)
      if (exit !== undefined && exit.prefixLength > (best?.prefixLength ?? -1)) best = { link, ...exit }
    }
    return best
  }
}
