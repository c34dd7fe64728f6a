/** What a lab's host may be set up with. */
import type { Clock } from '../firmware/hal/clock.js'
import type { Random } from '../firmware/hal/random.js'
import type { DhcpServerSettings, DhcpSettings } from '../firmware/net/dhcp/start.js'
import type { Dhcpv6ServerSettings } from '../firmware/net/dhcpv6/server.js'
import type { Dhcpv6Settings, startDhcpv6, startDhcpv6Server } from '../firmware/net/dhcpv6/start.js'
import type { DnsServerOptions } from '../firmware/net/dns/server.js'
import type { Ipv6InterfaceOptions } from '../firmware/net/ipv6/ipv6-interface.js'
import type { AddressDefence } from '../firmware/net/link/address-conflicts.js'
import type { ServiceName } from '../firmware/services/service.js'
import type { HostIpv6 } from '../firmware/stack.js'
import type { StationOptions } from './ethernet/station.js'

/** What a host's card may be set up with. */
type CardOptions = Pick<StationOptions, 'duplex' | 'correctsPolarity' | 'jack' | 'only100' | 'silent'>

/** What a host's card has of IPv6. */
export interface CardIpv6 extends Pick<Ipv6InterfaceOptions, 'advertise' | 'temporary'> {
  /** Addresses with their prefix lengths, as `2001:db8::2/64`, beside its link-local one and those that routers' prefixes make. */
  readonly addresses?: readonly string[]
  /** Routers on its link, as `fe80::1`, beside those that advertise themselves. */
  readonly gateways?: readonly string[]
  /** Asks DHCPv6, as its routers say or as `mode` does: give `{ start: startDhcpv6 }`, of linkpulse/net; it does not by default. */
  readonly dhcp6?: Dhcpv6Settings & { readonly start: typeof startDhcpv6 }
  /**
   * Answers who asks DHCPv6 for name servers and domains: give `{ start: startDhcpv6Server, nameServers: ['2001:db8::53'] }`, and have a router say
   * `otherConfiguration: true`.
   */
  readonly dhcp6Server?: Dhcpv6ServerSettings & { readonly start: typeof startDhcpv6Server }
}

export interface LabHostOptions extends CardOptions {
  clock: Clock
  random: Random
  /** Address and prefix length, `192.168.7.1/24`, or `dhcp`: from a server. */
  address: string
  /**
   * Speaks IPv6 as well: give `{ side: Ipv6Side, addresses: ['2001:db8::1/64'] }`, or as a router `{ side: Ipv6RouterSide, addresses: [...],
   * advertise: { prefixes: ['2001:db8::/64'] } }`; IPv4 alone by default.
   */
  ipv6?: HostIpv6 & CardIpv6
  /** How the address is asked for, with `dhcp`. */
  dhcp?: DhcpSettings
  /** First hop out of its network; none by default. With `dhcp` the server names it. */
  gateway?: string
  /** What it does when another station claims its address (RFC 5227 2.4); a fixed one is kept by default. */
  addressDefence?: AddressDefence
  /** Gives addresses of its network to whoever asks; clients are given its name server and, if it forwards, its routing. */
  dhcpServer?: DhcpServerSettings
  /** Answers for names. */
  dnsServer?: DnsServerOptions
  /** What the buffers of its stack may take, in octets; 1 MiB by default. */
  memory?: number
  /** Passes on datagrams for other hosts; false by default. */
  forwarding?: boolean
  /** What runs on it; nothing by default. */
  services?: readonly ServiceName[]
  name?: string
  /** Ethernet address, `02:…`; one drawn from the seed by default. */
  mac?: string
}

/** What a further card may be set up with; a station address is drawn from the seed by default. */
export type ExtraCardOptions = CardOptions & {
  readonly mac?: string
  /** What it has of IPv6, where its host speaks that. */
  readonly ipv6?: CardIpv6
}
