/** What DHCP servers told a whole host: name servers, domain, host name. Several interfaces may each have been told something. */

import { nameLabels } from '../wire/dns-name.js'
import type { DhcpEnd } from './dhcp-end.js'
import type { DhcpLease } from './lease.js'

class ServerSettings {
  readonly #stack: DhcpEnd
  /** By interface. */
  readonly #leases = new Map<string, DhcpLease>()
  /** What the host is called where no server says otherwise; undefined: none has a lease. */
  #ownHostName: string | undefined

  constructor(stack: DhcpEnd) {
    this.#stack = stack
  }

  /** @param lease undefined: the interface has none any more */
  set(network: string, lease: DhcpLease | undefined): void {
    this.#ownHostName ??= this.#stack.hostName
    if (lease === undefined) this.#leases.delete(network)
    else this.#leases.set(network, lease)
    // In the order of the interfaces, whichever was served first.
    const leases = this.#stack.interfaces.flatMap(({ name }) => this.#leases.get(name) ?? [])
    const servers = leases.flatMap(({ dnsServers }) => dnsServers)
    const search = leases.flatMap(({ domainName }) => (isDomain(domainName) ? [domainName] : []))
    this.#stack.resolver.setTold('DHCP', { servers, search })
    this.#stack.hostName = leases.find((each) => each.hostName !== undefined)?.hostName ?? this.#ownHostName
    if (leases.length === 0) this.#ownHostName = undefined
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
