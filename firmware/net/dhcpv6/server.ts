/**
 * A stateless DHCPv6 server (RFC 9915 6.1, 18.3.6): tells who asks of name servers and domains, and lends no addresses; hosts make these of what
 * the router advertises, which says by its O flag that there is more to ask for.
 *
 *     const server = startDhcpv6Server(stack, network, { nameServers: ['2001:db8::53'], searchDomains: ['lab.test'] })
 */
import { Tally } from '../../hal/counters.js'
import { type Ipv6Address, isHostAddress6, isLinkLocal6, isMulticast6, LOOPBACK6, parseIpv6 } from '../ipv6/address.js'
import { DHCPV6_OPTIONS, type Dhcpv6Fault, type Dhcpv6Message, emitDhcpv6, parseDhcpv6 } from '../wire/dhcpv6.js'
import { dnsName } from '../wire/dns-name.js'
import { sameDuid } from './duid.js'

export interface Dhcpv6ServerSettings {
  /** Addresses of name servers, as `2001:db8::53`; none by default. */
  readonly nameServers?: readonly string[]
  /** Domains that names are looked for in, as `lab.test`; none by default. */
  readonly searchDomains?: readonly string[]
  /** When clients ask anew, 600 or more seconds (RFC 9915 21.23); they choose a day where it is left out. */
  readonly refreshSeconds?: number
}

export interface Dhcpv6ServerHost {
  /** Sends to port 546 of a client; false when it could not be sent. */
  send(octets: Uint8Array, client: Ipv6Address): boolean
}

export type Dhcpv6ServerLoss =
  | `DHCPv6 ${Dhcpv6Fault}`
  | 'DHCPv6 not an information request'
  | 'DHCPv6 to one address'
  | 'DHCPv6 not from the link'
  | 'DHCPv6 for another server'
  | 'DHCPv6 information request with addresses'
  | 'DHCPv6 not sent'

export interface Dhcpv6ServerCounters {
  readonly requests: number
  readonly replies: number
  readonly dropped: Readonly<Partial<Record<Dhcpv6ServerLoss, number>>>
}

/** Of each that a reply names. */
const NAME_LIMIT = 16
const LEAST_REFRESH_SECONDS = 600

export class Dhcpv6Server {
  readonly #host: Dhcpv6ServerHost
  readonly #identifier: Uint8Array
  readonly #nameServers: readonly Ipv6Address[]
  readonly #searchDomains: readonly string[]
  readonly #refreshSeconds: number | undefined
  readonly #lost = new Tally<Dhcpv6ServerLoss>()
  #requests = 0
  #replies = 0

  /** @param identifier the DUID of this host @throws RangeError that names what cannot be told */
  constructor(host: Dhcpv6ServerHost, identifier: Uint8Array, settings: Dhcpv6ServerSettings) {
    const { nameServers = [], searchDomains = [], refreshSeconds } = settings
    const refuse = (what: string): never => {
      throw new RangeError(`a DHCPv6 server cannot tell of ${what}`)
    }
    if (nameServers.length > NAME_LIMIT) refuse(`${nameServers.length} name servers: give ${NAME_LIMIT} at most`)
    if (searchDomains.length > NAME_LIMIT) refuse(`${searchDomains.length} domains: give ${NAME_LIMIT} at most`)
    if (refreshSeconds !== undefined && !(refreshSeconds >= LEAST_REFRESH_SECONDS && refreshSeconds <= 0xffffffff))
      refuse(`a refresh time of ${refreshSeconds} s: give ${LEAST_REFRESH_SECONDS} to 4294967295`)
    this.#host = host
    this.#identifier = identifier
    this.#nameServers = nameServers.map(
      (text) => nameServer(text) ?? refuse(`"${text}" as a name server: give a host's address, as 2001:db8::53`),
    )
    this.#searchDomains = searchDomains.map(dnsName)
    this.#refreshSeconds = refreshSeconds
  }

  get counters(): Dhcpv6ServerCounters {
    return { requests: this.#requests, replies: this.#replies, dropped: this.#lost.snapshot() }
  }

  /** A datagram for port 547 arrived. */
  receive(octets: Uint8Array, start: number, end: number, client: Ipv6Address, destination: Ipv6Address): void {
    const loss = this.#take(octets, start, end, client, destination)
    if (loss !== undefined) this.#lost.add(loss)
  }

  #take(
    octets: Uint8Array,
    start: number,
    end: number,
    client: Ipv6Address,
    destination: Ipv6Address,
  ): Dhcpv6ServerLoss | undefined {
    // RFC 9915 16: what is sent to an address of ours is not taken; and who answers a stranger is made to shout at one.
    if (!isMulticast6(destination)) return 'DHCPv6 to one address'
    if (!isLinkLocal6(client)) return 'DHCPv6 not from the link'
    const message = parseDhcpv6(octets, start, end)
    if (typeof message === 'string') return `DHCPv6 ${message}`
    if (message.type !== 'INFORMATION-REQUEST') return 'DHCPv6 not an information request'
    // 16.12.
    if (message.serverIdentifier !== undefined && !sameDuid(message.serverIdentifier, this.#identifier))
      return 'DHCPv6 for another server'
    if (message.associations !== undefined) return 'DHCPv6 information request with addresses'
    this.#requests++
    if (!this.#host.send(emitDhcpv6(this.#reply(message)), client)) return 'DHCPv6 not sent'
    this.#replies++
    return undefined
  }

  /** What the client asked for (21.7), as far as there is any. */
  #reply({ transactionId, clientIdentifier, requested = [] }: Dhcpv6Message): Dhcpv6Message {
    const asks = (code: number) => requested.includes(code)
    const [servers, domains, refresh] = [this.#nameServers, this.#searchDomains, this.#refreshSeconds]
    return {
      type: 'REPLY',
      transactionId,
      serverIdentifier: this.#identifier,
      ...(clientIdentifier === undefined ? {} : { clientIdentifier }),
      ...(servers.length > 0 && asks(DHCPV6_OPTIONS.nameServers) ? { nameServers: servers } : {}),
      ...(domains.length > 0 && asks(DHCPV6_OPTIONS.searchDomains) ? { searchDomains: domains } : {}),
      ...(refresh !== undefined && asks(DHCPV6_OPTIONS.refreshTime) ? { refreshSeconds: refresh } : {}),
    }
  }
}

/** Without a zone: on what link it is whoever is told knows. */
function nameServer(text: string): Ipv6Address | undefined {
  const address = parseIpv6(text)
  if (address === undefined || address.zone !== '' || address === LOOPBACK6) return undefined
  return isHostAddress6(address) ? address : undefined
}
