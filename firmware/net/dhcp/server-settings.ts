/** What DHCP servers told a whole host: name servers, domain, host name. Several interfaces may each have been told something. */

import type { IpAddress } from '../ip.js'
import { nameLabels } from '../wire/dns-name.js'
import type { DhcpEnd } from './dhcp-end.js'
import type { DhcpLease } from './lease.js'

/** What the host has where no server tells it otherwise. */
interface Own {
  readonly servers: readonly IpAddress[]
  readonly search: readonly string[]
  readonly hostName: string
}

class ServerSettings {
  readonly #stack: DhcpEnd
  /** By interface. */
  readonly #leases = new Map<string, DhcpLease>()
  #own: Own | undefined

  constructor(stack: DhcpEnd) {
    this.#stack = stack
  }

  /** @param lease undefined: the interface has none any more */
  set(network: string, lease: DhcpLease | undefined): void {
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

const known = new WeakMap<DhcpEnd, ServerSettings>()

/** One for each stack. */
export function serverSettingsOf(stack: DhcpEnd): ServerSettings {
  let settings = known.get(stack)
  if (settings === undefined) {
    settings = new ServerSettings(stack)
    known.set(stack, settings)
  }
  return settings
}
