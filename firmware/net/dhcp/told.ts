/** What DHCP servers told a whole host: name servers, domain, host name. Several interfaces may each have been told something. */

import type { Ipv4Address } from '../address.js'
import { nameLabels } from '../wire/dns-name.js'
import type { DhcpEnd } from './dhcp-end.js'
import type { DhcpLease } from './lease.js'

/** What the host has where no server tells it otherwise. */
interface Own {
  readonly servers: readonly Ipv4Address[]
  readonly search: readonly string[]
  readonly hostName: string
}

class Told {
  readonly #stack: DhcpEnd
  /** By interface. */
  readonly #leases = new Map<string, DhcpLease>()
  #own: Own | undefined

  constructor(stack: DhcpEnd) {
    this.#stack = stack
  }

  /** @param lease undefined: the interface has none any more */
  tell(network: string, lease: DhcpLease | undefined): void {
    const { resolver, hostName } = this.#stack
    this.#own ??= { servers: resolver.servers, search: resolver.search, hostName }
    if (lease === undefined) this.#leases.delete(network)
    else this.#leases.set(network, lease)
    // In the order of the interfaces, whichever was served first.
    const leases = this.#stack.interfaces.flatMap(({ name }) => this.#leases.get(name) ?? [])
    const servers = leases.flatMap(({ dnsServers }) => dnsServers)
    const domains = leases.flatMap(({ domainName }) => (isDomain(domainName) ? [domainName] : []))
    resolver.servers = servers.length === 0 ? this.#own.servers : [...new Set(servers)]
    resolver.search = domains.length === 0 ? this.#own.search : [...new Set(domains)]
    this.#stack.hostName = leases.find((each) => each.hostName !== undefined)?.hostName ?? this.#own.hostName
    if (leases.length === 0) this.#own = undefined
  }
}

function isDomain(name: string | undefined): name is string {
  return name !== undefined && typeof nameLabels(name) !== 'string'
}

const known = new WeakMap<DhcpEnd, Told>()

/** One for each stack. */
export function toldTo(stack: DhcpEnd): Told {
  let told = known.get(stack)
  if (told === undefined) {
    told = new Told(stack)
    known.set(stack, told)
  }
  return told
}
