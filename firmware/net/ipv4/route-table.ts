/** Which way datagrams go: networks on our links, gateways to the others; the longest prefix decides (RFC 1122 3.3.1). */
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

/** Routes held; more are a fault of who adds them. */
export const ROUTE_LIMIT = 256

export class RouteTable {
  /** Longest prefix first. */
  #routes: readonly TableRoute[] = []

  get routes(): readonly TableRoute[] {
    return this.#routes
  }

  /** @throws RangeError for a prefix that is none, or when the table is full */
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

  /** @param link the only one whose routes are looked at; all of them unless given */
  lookup(destination: Ipv4Address, link?: Link): TableRoute | undefined {
    const routes = this.#routes
    for (let i = 0; i < routes.length; i++) {
      const route = routes[i]
      if (((route.network ^ destination) & prefixMask(route.prefixLength)) !== 0) continue
      if (link === undefined || route.link === link) return route
    }
    return undefined
  }
}
