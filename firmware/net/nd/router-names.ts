/**
 * What routers of one link said of names (RFC 8106): name servers and search domains, each of its router and for as long as that said.
 * A lifetime of zero takes back what that router said, and nobody else.
 */
import type { Clock, Timer } from '../../hal/clock.js'
import { type Ipv6Address, inZone, isHostAddress6, LOOPBACK6 } from '../ipv6/address.js'
import { nameKey } from '../wire/dns-name.js'
import type { DiscoveryOptions } from '../wire/neighbour-discovery.js'
import { ENDLESS, endOfLifetime } from './lifetime.js'

/** Of each that are remembered: three are enough (RFC 8106 5.3.1), and whoever is on the link can announce any number. */
const NAME_LIMIT = 8

interface Entry<Value> {
  readonly router: Ipv6Address
  readonly value: Value
  until: number
}

export interface RouterNamesOptions {
  readonly clock: Clock
  /** Of the link, which link-local name servers are on. */
  readonly zone: string
  /** The name servers or the domains are others now. */
  onChanged(): void
}

export class RouterNames {
  readonly #options: RouterNamesOptions
  readonly #servers: Entry<Ipv6Address>[] = []
  /** By the key of a domain. */
  readonly #domains: Entry<string>[] = []
  /** Servers and domains as they were at the last change. */
  #told: readonly (Ipv6Address | string)[] = []
  #timer: Timer | undefined

  constructor(options: RouterNamesOptions) {
    this.#options = options
  }

  /** Name servers, in the order in which they were heard of. */
  get servers(): readonly Ipv6Address[] {
    return this.#valid(this.#servers)
  }

  /** Search domains, in the order in which they were heard of. */
  get search(): readonly string[] {
    return this.#valid(this.#domains)
  }

  /** An advertisement came. @returns how many of its name servers can be none */
  hear(router: Ipv6Address, { nameServers, searchDomains }: DiscoveryOptions): number {
    const { zone } = this.#options
    let refused = 0
    for (const { address, lifetimeSeconds } of nameServers) {
      if (isHostAddress6(address) && address !== LOOPBACK6)
        this.#put(this.#servers, router, inZone(address, zone), lifetimeSeconds)
      else refused++
    }
    for (const { domain, lifetimeSeconds } of searchDomains)
      this.#put(this.#domains, router, nameKey(domain), lifetimeSeconds)
    this.#review()
    return refused
  }

  /** Nothing is told any more. */
  stop(): void {
    this.#options.clock.cancel(this.#timer)
    this.#timer = undefined
  }

  #put<Value>(entries: Entry<Value>[], router: Ipv6Address, value: Value, seconds: number): void {
    const until = endOfLifetime(this.#options.clock.now, seconds)
    const at = entries.findIndex((entry) => entry.router === router && entry.value === value)
    if (at >= 0) entries[at].until = until
    else if (seconds > 0 && this.#makeRoom(entries, until)) entries.push({ router, value, until })
  }

  /** What ends first gives way to what ends later (RFC 8106 6.1 d). */
  #makeRoom(entries: Entry<unknown>[], until: number): boolean {
    if (entries.length < NAME_LIMIT) return true
    const first = entries.reduce((soonest, entry, at) => (entry.until < entries[soonest].until ? at : soonest), 0)
    if (entries[first].until >= until) return false
    entries.splice(first, 1)
    return true
  }

  #valid<Value>(entries: readonly Entry<Value>[]): readonly Value[] {
    const { now } = this.#options.clock
    return [...new Set(entries.filter(({ until }) => until > now).map(({ value }) => value))]
  }

  /** Forgets what is over, tells what changed, and looks again when the next is over. */
  #review(): void {
    const { clock, onChanged } = this.#options
    clock.cancel(this.#timer)
    this.#timer = undefined
    for (const entries of [this.#servers, this.#domains] as Entry<unknown>[][])
      for (let at = entries.length - 1; at >= 0; at--) if (entries[at].until <= clock.now) entries.splice(at, 1)
    const next = [...this.#servers, ...this.#domains].reduce((soonest, { until }) => Math.min(soonest, until), ENDLESS)
    if (next !== ENDLESS) this.#timer = clock.after(next - clock.now, () => this.#review())
    if (this.#changed()) onChanged()
  }

  #changed(): boolean {
    const now = [...this.servers, ...this.search]
    const same = now.length === this.#told.length && now.every((each, at) => each === this.#told[at])
    this.#told = now
    return !same
  }
}
