/**
 * What is known of the ways off one link, and of what is on it: routes by its routers, default ones among them, and prefixes (RFC 4861
 * 5.1, 6.3, RFC 4191 3: this is a host of type C).
 */
import { type Clock, SECOND } from '../../hal/clock.js'
import { type Ipv6Address, UNSPECIFIED6, underPrefix } from '../ipv6/address.js'
import type { Exit } from '../ipv6/link.js'
import type { Preference } from '../wire/neighbour-discovery.js'

/** A router that did not answer is passed over for so long, where another is there. */
const SILENCE = 60 * SECOND
/** Routers, routes and prefixes that are remembered: whoever is on the link can announce any number (RFC 3756 4.2). */
const ROUTER_LIMIT = 16
const ROUTE_LIMIT = 64
const PREFIX_LIMIT = 32

interface Router {
  readonly address: Ipv6Address
  silentUntil: number
}

/** What goes by a router: everything, where the length is 0. */
interface RouterRoute {
  readonly prefix: Ipv6Address
  readonly length: number
  readonly router: Router
  until: number
  preference: Preference
}

interface OnLinkPrefix {
  readonly prefix: Ipv6Address
  readonly length: number
  until: number
}

export class Routers {
  readonly #clock: Clock
  /** Of those that stay where they are equal, the first that came is first. */
  readonly #routes: RouterRoute[] = []
  readonly #prefixes: OnLinkPrefix[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Default routers that are believed, the preferred one first. */
  get addresses(): Ipv6Address[] {
    return this.#ranked(({ length }) => length === 0).map(({ router }) => router.address)
  }

  /** Networks that certain routers are for, longest prefix first. */
  get routes(): readonly { readonly prefix: Ipv6Address; readonly length: number; readonly router: Ipv6Address }[] {
    return this.#ranked(({ length }) => length > 0).map(({ prefix, length, router }) => ({
      prefix,
      length,
      router: router.address,
    }))
  }

  /** Prefixes on the link. */
  get prefixes(): readonly Pick<OnLinkPrefix, 'prefix' | 'length'>[] {
    return this.#prefixes.filter(({ until }) => until > this.#clock.now)
  }

  /** A router is a default one until then. @returns whether that is new */
  setRouter(address: Ipv6Address, until: number, preference: Preference): boolean {
    return this.setRoute(UNSPECIFIED6, 0, address, until, preference)
  }

  /** What is for a network goes by a router until then. @returns whether that is new */
  setRoute(prefix: Ipv6Address, length: number, address: Ipv6Address, until: number, preference: Preference): boolean {
    const at = this.#routes.findIndex(
      (each) => each.prefix === prefix && each.length === length && each.router.address === address,
    )
    if (until <= this.#clock.now) return at >= 0 && this.#routes.splice(at, 1).length > 0
    if (at >= 0) {
      const known = this.#routes[at]
      const changed = known.preference !== preference || known.until <= this.#clock.now
      known.until = until
      known.preference = preference
      return changed
    }
    this.#forgetOver()
    const router = this.#router(address)
    if (router === undefined || this.#routes.length >= ROUTE_LIMIT) return false
    this.#routes.push({ prefix, length, router, until, preference })
    return true
  }

  /** Nothing goes to a network by a router any more. @returns whether something did */
  removeRoutes(prefix: Ipv6Address, length: number): boolean {
    const before = this.#routes.length
    for (let at = before - 1; at >= 0; at--)
      if (this.#routes[at].prefix === prefix && this.#routes[at].length === length) this.#routes.splice(at, 1)
    return this.#routes.length < before
  }

  /** A prefix is on the link until then. @returns whether that is new */
  setPrefix(prefix: Ipv6Address, length: number, until: number): boolean {
    const at = this.#prefixes.findIndex((each) => each.prefix === prefix && each.length === length)
    if (until <= this.#clock.now) return at >= 0 && this.#prefixes.splice(at, 1).length > 0
    if (at >= 0) {
      const changed = this.#prefixes[at].until <= this.#clock.now
      this.#prefixes[at].until = until
      return changed
    }
    this.#forgetOver()
    if (this.#prefixes.length >= PREFIX_LIMIT) return false
    this.#prefixes.push({ prefix, length, until })
    return true
  }

  /** A neighbour does not answer. @returns whether it is a router, which is passed over now (RFC 4861 6.3.6, RFC 4191 3.2) */
  silent(address: Ipv6Address): boolean {
    const router = this.#find(address)
    if (router !== undefined) router.silentUntil = this.#clock.now + SILENCE
    return router !== undefined
  }

  /** Whether something goes by this router. */
  has(address: Ipv6Address): boolean {
    return this.#routes.some(({ router, until }) => router.address === address && until > this.#clock.now)
  }

  /**
   * What is under a prefix of the link is there itself; all else goes by a router, if there is one (RFC 4861 5.2). Of several the first
   * that answers is taken: of the longest prefix, then of the highest preference (RFC 4191 3.2).
   */
  exitTo(destination: Ipv6Address): Exit | undefined {
    let longest = -1
    for (const { prefix, length, until } of this.#prefixes)
      if (until > this.#clock.now && length > longest && underPrefix(destination, prefix, length)) longest = length
    const [best] = this.#ranked(({ prefix, length }) => length > longest && underPrefix(destination, prefix, length))
    if (longest >= 0 && best === undefined) return { nextHop: destination, prefixLength: longest }
    return best === undefined ? undefined : { nextHop: best.router.address, prefixLength: best.length }
  }

  /** When the next of them runs out; infinite where none does. */
  get nextEnd(): number {
    let next = Number.POSITIVE_INFINITY
    for (const { until } of [...this.#routes, ...this.#prefixes])
      if (until > this.#clock.now && until < next) next = until
    return next
  }

  /** One of its name, or a new one; undefined where there are as many as may be. */
  #router(address: Ipv6Address): Router | undefined {
    const known = this.#find(address)
    if (known !== undefined) return known
    const count = new Set(this.#routes.map(({ router }) => router)).size
    return count >= ROUTER_LIMIT ? undefined : { address, silentUntil: 0 }
  }

  #find(address: Ipv6Address): Router | undefined {
    return this.#routes.find(({ router }) => router.address === address)?.router
  }

  /** What has run out makes room. */
  #forgetOver(): void {
    for (const entries of [this.#routes, this.#prefixes])
      for (let at = entries.length - 1; at >= 0; at--) if (entries[at].until <= this.#clock.now) entries.splice(at, 1)
  }

  /** By routers that answer before those that do not, then by length, then by preference; of equals the first that came. */
  #ranked(fits: (route: RouterRoute) => boolean): RouterRoute[] {
    const { now } = this.#clock
    const silent = ({ router }: RouterRoute) => (router.silentUntil > now ? 1 : 0)
    return this.#routes
      .filter((route) => route.until > now && fits(route))
      .sort((a, b) => silent(a) - silent(b) || b.length - a.length || b.preference - a.preference)
  }
}
