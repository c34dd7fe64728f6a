/** Finds the way to a destination, and remembers it: the route table, and one route object for each destination in use. */
import type { Clock } from '../../hal/clock.js'
import type { Random } from '../../hal/random.js'
import { type Ipv4Address, isLoopback, isMulticast, LIMITED_BROADCAST, onLink, prefixMask } from '../address.js'
import { DestinationCache } from '../destination-cache.js'
import type { AddressBook } from './address-book.js'
import { believedMtu } from './believed-mtu.js'
import type { Link } from './link.js'
import { Ipv4Route } from './route.js'
import { RouteTable, type TableRoute } from './route-table.js'

/**
 * Ways remembered by a stack with so many octets for its buffers: 16 on a microcontroller, 16,384 on a computer. Beyond it
 * the one found first is found anew.
 */
export function wayLimit(memory: number): number {
  return Math.min(16_384, Math.max(16, memory >> 6))
}

type Exit = Pick<TableRoute, 'link' | 'gateway'>

export class Ways {
  readonly #clock: Clock
  readonly #random: Random
  readonly #links: readonly Link[]
  readonly #addresses: AddressBook
  readonly #table: RouteTable
  /** By destination, as a signed word. */
  readonly #ways: DestinationCache<number, Ipv4Route>

  constructor(clock: Clock, random: Random, limit: number, links: readonly Link[], addresses: AddressBook) {
    this.#clock = clock
    this.#random = random
    this.#links = links
    this.#addresses = addresses
    this.#ways = new DestinationCache(clock, limit)
    this.#table = new RouteTable(clock)
  }

  get routes(): readonly TableRoute[] {
    return this.#table.routes
  }

  /** @throws RangeError for an invalid prefix, or when the table is full */
  add(route: TableRoute): void {
    this.#table.add(route)
    this.forget()
  }

  /** @returns how many were removed */
  remove(which: (route: TableRoute) => boolean): number {
    const removed = this.#table.remove(which)
    if (removed > 0) this.forget()
    return removed
  }

  /** The routes that follow from a link's addresses and its gateways, in place of those it had. */
  connect(link: Link, gateways: readonly Ipv4Address[]): void {
    this.#table.remove((route) => route.link === link && route.origin !== 'static')
    for (const { address, prefixLength } of link.addresses) {
      const network = (address & prefixMask(prefixLength)) >>> 0
      this.#table.add({ network, prefixLength, link, gateway: undefined, origin: 'connected' })
    }
    for (const gateway of gateways) this.#table.add({ network: 0, prefixLength: 0, link, gateway, origin: 'gateway' })
    this.forget()
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
  find(destination: Ipv4Address, source?: Ipv4Address): Ipv4Route | undefined {
    const ways = this.#ways.get(destination | 0)
    if (ways !== undefined) {
      if (source === undefined) {
        if (!ways[0].settled) return ways[0]
      } else {
        for (let i = 0; i < ways.length; i++) if (ways[i].source === source) return ways[i]
      }
    }
    const exit = this.#exitTo(destination, source)
    if (exit === undefined) return undefined
    const way = this.over(exit.link, destination, source, exit.gateway)
    if (way === undefined) return undefined
    way.settled = source !== undefined
    this.#ways.remember(destination | 0, way)
    return way
  }

  /**
   * The way over a certain link, whatever the table says of other links; it is not remembered.
   * @returns undefined where it would put an address of 127/8 onto a wire (RFC 1122 3.2.1.3 g)
   */
  over(link: Link, destination: Ipv4Address, source?: Ipv4Address, gateway?: Ipv4Address): Ipv4Route | undefined {
    const nextHop = gateway ?? destination
    const multicast = isMulticast(destination) ? 'multicast' : 'unicast'
    const kind = this.#addresses.isBroadcast(destination) ? 'broadcast' : multicast
    const own = link.loopback ? destination : this.#addresses.sourceFor(link, nextHop)
    const from = source ?? own ?? 0
    if (!link.loopback && (isLoopback(from) || isLoopback(destination) || isLoopback(nextHop))) return undefined
    const way = new Ipv4Route(this.#clock, destination, from, nextHop, kind, link, this.#random.below(0x10000))
    this.#ways.applyPathMtu(destination | 0, way)
    return way
  }

  /** The router that a link's routes name for a destination; undefined where it is on the link, or they name none. */
  routerOn(link: Link, destination: Ipv4Address): Ipv4Address | undefined {
    const direct = destination === LIMITED_BROADCAST || isMulticast(destination)
    return direct ? undefined : this.#table.lookup(destination, link)?.gateway
  }

  /**
   * A router could not pass on a datagram to `destination` (RFC 1191): `nextHopMtu` as it says, 0 where it does not, and
   * the length of that datagram.
   * @returns false where that is nothing new
   */
  lowerPathMtu(destination: Ipv4Address, nextHopMtu: number, length: number): boolean {
    const [way] = this.#ways.get(destination | 0) ?? []
    return way !== undefined && this.#ways.lowerPathMtu(destination | 0, believedMtu(nextHopMtu, length, way.pathMtu))
  }

  /**
   * A router knows a better next hop for a destination (RFC 1122 3.2.2.2). It is believed only if it is the one that the
   * datagrams go to now, and if the better one is a host on the same link.
   * @returns false where it is not believed
   */
  redirect(destination: Ipv4Address, from: Ipv4Address, gateway: Ipv4Address): boolean {
    const ways = this.#ways.get(destination | 0)
    if (ways === undefined) return false
    const { link, nextHop, kind } = ways[0]
    const reachable = link.addresses.some((own) => onLink(own, gateway))
    if (kind !== 'unicast' || nextHop !== from || gateway === from || !reachable) return false
    if (!this.#addresses.isHost(gateway) || this.#addresses.isOwn(gateway)) return false
    const better = ways.flatMap((way) => {
      const instead = this.over(link, destination, way.source, gateway)
      if (instead === undefined) return []
      instead.settled = way.settled
      return [instead]
    })
    this.#ways.replace(destination | 0, better)
    return true
  }

  /** Nobody answers on the way to a destination: it is found anew, and what a redirect said is forgotten (RFC 1122 3.3.1.5). */
  forgetTo(destination: Ipv4Address): void {
    this.#ways.forgetTo(destination | 0)
  }

  /**
   * A next hop does not answer. If it is a router, all that went by it goes by another from now on, if there is one (RFC 1122
   * 3.3.1.5); what redirects said of it is forgotten.
   */
  unreachable(link: Link, nextHop: Ipv4Address): void {
    this.#table.silent(link, nextHop)
    this.#ways.forgetWhere((way) => way.link === link && way.nextHop === nextHop)
  }

  /** Whether the next hop is believed to answer. */
  isReachable({ link, nextHop }: Ipv4Route): boolean {
    return this.#table.answers(link, nextHop)
  }

  #exitTo(destination: Ipv4Address, source: Ipv4Address | undefined): Exit | undefined {
    const links = this.#links
    if (this.#addresses.isOwn(destination)) {
      const loopback = links.find((link) => link.loopback)
      return loopback === undefined ? undefined : { link: loopback, gateway: undefined }
    }
    if (destination === 0) return undefined
    if (destination !== LIMITED_BROADCAST && !isMulticast(destination)) return this.#table.lookup(destination)
    // To a group: over the link of the source, the link that a route names, or the first that there is.
    const listed = isMulticast(destination) ? this.#table.lookup(destination) : undefined
    const bySource = source === undefined ? undefined : this.#addresses.linkOf(source)
    const outward = links.filter((link) => !link.loopback)
    const link = bySource ?? listed?.link ?? outward.find(({ addresses }) => addresses.length > 0) ?? outward[0]
    return link === undefined ? undefined : { link, gateway: undefined }
  }
}
