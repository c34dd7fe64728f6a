/** What routers of one link said: who is a default router, and which prefixes are on the link (RFC 4861 5.1, 6.3). */
import { type Clock, SECOND } from '../../hal/clock.js'
import { type Ipv6Address, underPrefix } from '../ipv6/address.js'
import type { Exit } from '../ipv6/link.js'

/** A router that did not answer is passed over for so long, where another is there. */
const SILENCE = 60 * SECOND
/** Routers and prefixes that are remembered: whoever is on the link can announce any number (RFC 3756 4.2). */
const ROUTER_LIMIT = 16
const PREFIX_LIMIT = 32

interface Router {
  readonly address: Ipv6Address
  until: number
  preference: number
  silentUntil: number
}

interface OnLinkPrefix {
  readonly prefix: Ipv6Address
  readonly length: number
  until: number
}

export class Routers {
  readonly #clock: Clock
  readonly #routers: Router[] = []
  readonly #prefixes: OnLinkPrefix[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Default routers that are believed, the preferred one first. */
  get addresses(): Ipv6Address[] {
    return this.#ranked().map(({ address }) => address)
  }

  /** Prefixes on the link. */
  get prefixes(): readonly Pick<OnLinkPrefix, 'prefix' | 'length'>[] {
    return this.#prefixes.filter(({ until }) => until > this.#clock.now)
  }

  /** A router is one until then. @returns whether that is new */
  setRouter(address: Ipv6Address, until: number, preference: number): boolean {
    const at = this.#routers.findIndex((router) => router.address === address)
    if (until <= this.#clock.now) return at >= 0 && this.#routers.splice(at, 1).length > 0
    if (at >= 0) {
      const known = this.#routers[at]
      const changed = known.preference !== preference
      Object.assign(known, { until, preference })
      return changed
    }
    if (this.#routers.length >= ROUTER_LIMIT) return false
    this.#routers.push({ address, until, preference, silentUntil: 0 })
    return true
  }

  /** A prefix is on the link until then. @returns whether that is new */
  setPrefix(prefix: Ipv6Address, length: number, until: number): boolean {
    const at = this.#prefixes.findIndex((each) => each.prefix === prefix && each.length === length)
    if (until <= this.#clock.now) return at >= 0 && this.#prefixes.splice(at, 1).length > 0
    if (at >= 0) {
      this.#prefixes[at].until = until
      return false
    }
    if (this.#prefixes.length >= PREFIX_LIMIT) return false
    this.#prefixes.push({ prefix, length, until })
    return true
  }

  /** A neighbour does not answer. @returns whether it is a router, which is passed over now (6.3.6) */
  silent(address: Ipv6Address): boolean {
    const router = this.#routers.find((each) => each.address === address)
    if (router !== undefined) router.silentUntil = this.#clock.now + SILENCE
    return router !== undefined
  }

  has(address: Ipv6Address): boolean {
    return this.#routers.some((router) => router.address === address && router.until > this.#clock.now)
  }

  /** What is under a prefix of the link is there itself; all else goes by a router, if there is one (5.2). */
  exitTo(destination: Ipv6Address): Exit | undefined {
    let longest = -1
    for (const { prefix, length, until } of this.#prefixes)
      if (until > this.#clock.now && length > longest && underPrefix(destination, prefix, length)) longest = length
    if (longest >= 0) return { nextHop: destination, prefixLength: longest }
    const [router] = this.#ranked()
    return router === undefined ? undefined : { nextHop: router.address, prefixLength: 0 }
  }

  /** When the next of them runs out; infinite where none does. */
  get nextEnd(): number {
    let next = Number.POSITIVE_INFINITY
    for (const { until } of [...this.#routers, ...this.#prefixes])
      if (until > this.#clock.now && until < next) next = until
    return next
  }

  clear(): void {
    this.#routers.length = 0
    this.#prefixes.length = 0
  }

  /** Those that answer before those that do not, then by preference (RFC 4191 3.2); of equals the first that came. */
  #ranked(): Router[] {
    const { now } = this.#clock
    const silent = ({ silentUntil }: Router) => (silentUntil > now ? 1 : 0)
    return this.#routers
      .filter(({ until }) => until > now)
      .sort((a, b) => silent(a) - silent(b) || b.preference - a.preference)
  }
}
