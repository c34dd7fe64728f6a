/** Which way datagrams go: networks on our links, gateways to the others; the longest prefix decides (RFC 1122 3.3.1). */
import { type Clock, SECOND } from '../../hal/clock.js'
import { formatIpv4, type Ipv4Address, prefixMask } from '../address.js'
import type { Link } from './link.js'

export interface TableRoute {
  readonly network: Ipv4Address
  readonly prefixLength: number
  readonly link: Link
  /** The router; undefined where destinations are on the link itself. */
  readonly gateway: Ipv4Address | undefined
  /** `connected`: follows from an address; `gateway`: from its gateway; `static`: was added. */
  readonly origin: 'connected' | 'gateway' | 'static'
}

/** Routes held; a caller that adds more makes a mistake. */
const ROUTE_LIMIT = 256

/** How long a router that did not answer is passed over, before what is new goes to it again. */
export const SILENCE = 60 * SECOND

/** A router that did not answer. */
interface Silent {
  readonly link: Link
  readonly gateway: Ipv4Address
  readonly until: number
}

export class RouteTable {
  readonly #clock: Clock
  #silent: Silent[] = []
  /** Longest prefix first. */
  #routes: readonly TableRoute[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get routes(): readonly TableRoute[] {
    return this.#routes
  }

  /** @throws RangeError for an invalid prefix, or when the table is full */
  add(route: TableRoute): void {
    const { network, prefixLength } = route
    if (!Number.isInteger(prefixLength) || prefixLength < 0 || prefixLength > 32)
      throw new RangeError(`route to ${formatIpv4(network)}: a prefix length is 0 to 32; got ${prefixLength}`)
    if ((network & ~prefixMask(prefixLength)) !== 0)
      throw new RangeError(
        `route to ${formatIpv4(network)}/${prefixLength}: bits are set behind the prefix; write ${formatIpv4((network & prefixMask(prefixLength)) >>> 0)}/${prefixLength}`,
      )
    if (this.#routes.length >= ROUTE_LIMIT) throw new RangeError(`the route table is full: ${ROUTE_LIMIT} routes`)
    // Among equals the older one wins.
    const before = this.#routes.findIndex((other) => other.prefixLength < prefixLength)
    this.#routes = this.#routes.toSpliced(before < 0 ? this.#routes.length : before, 0, route)
  }

  /** @returns how many were removed */
  remove(which: (route: TableRoute) => boolean): number {
    const before = this.#routes.length
    this.#routes = this.#routes.filter((route) => !which(route))
    return before - this.#routes.length
  }

  /**
   * Of routes that fit, the longest prefix's; but a router that does not answer gives way to the next that fits, whatever its
   * prefix (RFC 1122 3.3.1.5). Where none answers: the one that has been silent the longest, or whose link is up.
   * @param link the only one whose routes are looked at; all of them unless given
   */
  lookup(destination: Ipv4Address, link?: Link): TableRoute | undefined {
    const routes = this.#routes
    let last: TableRoute | undefined
    let silentUntil = 0
    for (let i = 0; i < routes.length; i++) {
      const route = routes[i]
      if (((route.network ^ destination) & prefixMask(route.prefixLength)) !== 0) continue
      if (link !== undefined && route.link !== link) continue
      // Who is on a link is looked for there.
      if (route.gateway === undefined) return last ?? route
      const until = this.#silentUntil(route.link, route.gateway)
      if (until === 0) return route
      if (last === undefined || until < silentUntil) {
        last = route
        silentUntil = until
      }
    }
    return last
  }

  /** A router did not answer: it is passed over for a time. */
  silent(link: Link, gateway: Ipv4Address): void {
    this.#silent = this.#silent.filter((each) => each.until > this.#clock.now && !isAt(each, link, gateway))
    if (this.#routes.some((route) => route.link === link && route.gateway === gateway))
      this.#silent.push({ link, gateway, until: this.#clock.now + SILENCE })
  }

  /** Whether the router is believed to answer. */
  answers(link: Link, gateway: Ipv4Address): boolean {
    return this.#silentUntil(link, gateway) === 0
  }

  /** 0: it is believed to answer. */
  #silentUntil(link: Link, gateway: Ipv4Address): number {
    if (link.linkUp === false) return Number.POSITIVE_INFINITY
    for (const each of this.#silent) if (isAt(each, link, gateway) && each.until > this.#clock.now) return each.until
    return 0
  }
}

function isAt(silent: Silent, link: Link, gateway: Ipv4Address): boolean {
  return silent.link === link && silent.gateway === gateway
}
