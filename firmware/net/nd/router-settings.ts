/** What a router announces on a link (RFC 4861 6.2.1, RFC 4191 5.1, RFC 8106 5), as a person says it, and as it is sent. */
import { SECOND } from '../../hal/clock.js'
import {
  type Ipv6Address,
  type Ipv6InterfaceAddress,
  ipv6Interface,
  isHostAddress6,
  isLinkLocal6,
  isMulticast6,
  LOOPBACK6,
  PREFIX_BITS,
  parseIpv6,
  prefixOf,
} from '../ipv6/address.js'
import { dnsName } from '../wire/dns-name.js'
import { ETHERNET_MTU } from '../wire/ethernet.js'
import { IPV6_HEADER_OCTETS, LEAST_IPV6_MTU } from '../wire/ipv6.js'
import {
  NAME_LIMIT,
  PREFIX_LIMIT,
  type Preference,
  type PrefixInformation,
  ROUTE_LIMIT,
  type RouterWords,
} from '../wire/neighbour-discovery.js'
import { type AdvertisedOptions, routerAdvertisement } from '../wire/router-messages.js'

export type RouterPreference = 'high' | 'medium' | 'low'

/** A prefix with all that can be said of it. */
export interface AdvertisedPrefix {
  /** `2001:db8:1::/64` */
  readonly prefix: string
  /** Its addresses are on the link (L); true by default. */
  readonly onLink?: boolean
  /** Hosts make addresses of it (A), where it has 64 bits; true by default. */
  readonly autonomous?: boolean
  /** 30 days by default; 4294967295 is for ever. */
  readonly validSeconds?: number
  /** 7 days by default, or as long as it is valid. */
  readonly preferredSeconds?: number
}

/** A network beyond this router (RFC 4191). */
export interface AdvertisedRoute {
  /** `2001:db8:8000::/33` */
  readonly prefix: string
  /** `medium` by default. */
  readonly preference?: RouterPreference
  /** As long as the router is one by default. */
  readonly lifetimeSeconds?: number
}

/** What a router announces on a link; what is left out is as RFC 4861 6.2.1 has it by default. */
export interface RouterSettings {
  /** Prefixes of the link, as `2001:db8:1::/64`. */
  readonly prefixes?: readonly (string | AdvertisedPrefix)[]
  /** For how long it is a default router: 0, it is none, or as long as the greatest interval or longer, up to 9000; 3 such intervals. */
  readonly lifetimeSeconds?: number
  /** As a default router (RFC 4191 2.2); `medium` by default. */
  readonly preference?: RouterPreference
  /** Networks that it is the router for. */
  readonly routes?: readonly (string | AdvertisedRoute)[]
  /** That hosts are to send with; 64 by default, 0 says nothing of it. */
  readonly hopLimit?: number
  /** Of the link; that of the interface by default, where it is less than Ethernet's 1500. */
  readonly mtu?: number
  /** For how long a neighbour that answered is believed to be there; 0, nothing is said of it, by default. */
  readonly reachableMilliseconds?: number
  /** Between two questions for a neighbour; 0, nothing is said of it, by default. */
  readonly retransMilliseconds?: number
  /** Addresses of name servers. */
  readonly nameServers?: readonly string[]
  /** Domains that names are looked for in. */
  readonly searchDomains?: readonly string[]
  /** Addresses come from DHCPv6 (M); false by default. */
  readonly managed?: boolean
  /** What else there is to know comes from DHCPv6 (O); false by default. */
  readonly otherConfiguration?: boolean
  /** Between two advertisements that nobody asked for, 4 to 1800; 600 by default. */
  readonly maximumIntervalSeconds?: number
  /** At least so long, 3 to three quarters of the maximum; a third of that by default. */
  readonly minimumIntervalSeconds?: number
}

/** The same, read. */
export interface Announcement {
  readonly words: RouterWords
  readonly options: Omit<AdvertisedOptions, 'mac'>
  /** Between two advertisements, in nanoseconds. */
  readonly interval: { readonly least: number; readonly most: number }
}

/** RFC 4861 6.2.1: AdvValidLifetime, AdvPreferredLifetime, MaxRtrAdvInterval, AdvDefaultLifetime at most. */
const VALID_SECONDS = 2_592_000
const PREFERRED_SECONDS = 604_800
const MAXIMUM_INTERVAL_SECONDS = 600
const MOST_LIFETIME_SECONDS = 9_000
const HOP_LIMIT = 64
const PREFERENCES: Readonly<Record<RouterPreference, Preference>> = { high: 1, medium: 0, low: -1 }

/**
 * Reads what a router is to announce.
 * @param mtu of the link
 * @throws RangeError that names the interface, the value and what it may be
 */
export function announcementOf(settings: RouterSettings, interfaceName: string, mtu: number): Announcement {
  const refuse = (what: string): never => {
    throw new RangeError(`interface ${interfaceName} cannot advertise ${what}`)
  }
  const whole = (name: string, value: number, least: number, most: number): number =>
    Number.isInteger(value) && value >= least && value <= most
      ? value
      : refuse(`${name} of ${value}: give a whole number, ${least} to ${most}`)
  const few = <Each>(name: string, list: readonly Each[], most: number): readonly Each[] =>
    list.length <= most ? list : refuse(`${list.length} ${name}: give ${most} at most`)
  const network = (text: string): Ipv6InterfaceAddress => {
    const { address, prefixLength } = ipv6Interface(text)
    if (isLinkLocal6(address) || isMulticast6(address) || prefixOf(address, prefixLength) !== address)
      refuse(
        `${text}: give a network with nothing behind its prefix length and that is neither link-local nor a group, as 2001:db8:1::/64`,
      )
    return { address, prefixLength }
  }

  const maximum = whole('a longest interval', settings.maximumIntervalSeconds ?? MAXIMUM_INTERVAL_SECONDS, 4, 1800)
  const minimum = settings.minimumIntervalSeconds ?? Math.max(3, Math.floor(maximum * (maximum >= 9 ? 0.33 : 0.75)))
  whole('a shortest interval', minimum, 3, Math.floor(0.75 * maximum))
  const lifetimeSeconds = settings.lifetimeSeconds ?? 3 * maximum
  if (lifetimeSeconds !== 0) whole('a lifetime', lifetimeSeconds, maximum, MOST_LIFETIME_SECONDS)
  const saidMtu = settings.mtu ?? (mtu < ETHERNET_MTU ? mtu : undefined)
  const toldMtu = saidMtu === undefined ? undefined : whole('an MTU', saidMtu, LEAST_IPV6_MTU, mtu)

  const prefixes = few('prefixes', settings.prefixes ?? [], PREFIX_LIMIT).map((given): PrefixInformation => {
    const said = typeof given === 'string' ? { prefix: given } : given
    const { address: prefix, prefixLength: length } = network(said.prefix)
    const validSeconds = whole('a valid lifetime', said.validSeconds ?? VALID_SECONDS, 0, 0xffff_ffff)
    const preferredSeconds = said.preferredSeconds ?? Math.min(PREFERRED_SECONDS, validSeconds)
    whole('a preferred lifetime', preferredSeconds, 0, validSeconds)
    const autonomous = said.autonomous ?? length === PREFIX_BITS
    if (autonomous && length !== PREFIX_BITS)
      refuse(`${said.prefix} for addresses to be made of: a prefix of 64 bits is, give one or autonomous: false`)
    return { prefix, length, onLink: said.onLink ?? true, autonomous, validSeconds, preferredSeconds }
  })
  const routes = few('routes', settings.routes ?? [], ROUTE_LIMIT).map((given) => {
    const said = typeof given === 'string' ? { prefix: given } : given
    const { address: prefix, prefixLength: length } = network(said.prefix)
    return {
      prefix,
      length,
      preference: PREFERENCES[said.preference ?? 'medium'],
      lifetimeSeconds: whole('a lifetime', said.lifetimeSeconds ?? 3 * maximum, 0, 0xffff_ffff),
    }
  })
  const announcement: Announcement = {
    words: {
      hopLimit: whole('a hop limit', settings.hopLimit ?? HOP_LIMIT, 0, 255),
      managed: settings.managed ?? false,
      otherConfiguration: settings.otherConfiguration ?? false,
      lifetimeSeconds,
      preference: PREFERENCES[settings.preference ?? 'medium'],
      reachableMilliseconds: whole('a reachable time', settings.reachableMilliseconds ?? 0, 0, 3_600_000),
      retransMilliseconds: whole('a retransmission timer', settings.retransMilliseconds ?? 0, 0, 0xffff_ffff),
    },
    options: {
      mtu: toldMtu,
      prefixes,
      routes,
      // RFC 8106 5.1: as long as three of its advertisements may be lost.
      nameServers: few('name servers', settings.nameServers ?? [], NAME_LIMIT).map((text) => ({
        address: nameServer(text) ?? refuse(`"${text}" as a name server: give a host's address, as 2001:db8::53`),
        lifetimeSeconds: 3 * maximum,
      })),
      searchDomains: few('search domains', settings.searchDomains ?? [], NAME_LIMIT).map((text) => ({
        domain: dnsName(text),
        lifetimeSeconds: 3 * maximum,
      })),
    },
    interval: { least: minimum * SECOND, most: maximum * SECOND },
  }
  const { length } = routerAdvertisement(announcement.words, { ...announcement.options, mac: new Uint8Array(6) })
  if (length > LEAST_IPV6_MTU - IPV6_HEADER_OCTETS)
    refuse(
      `so much: it takes ${length} octets, and one datagram that every link takes has ${LEAST_IPV6_MTU - IPV6_HEADER_OCTETS} for it; announce less`,
    )
  return announcement
}

/** A name server's address, without a zone: on what link it is whoever is told knows. */
function nameServer(text: string): Ipv6Address | undefined {
  const address = parseIpv6(text)
  return address === undefined || !isHostAddress6(address) || address === LOOPBACK6 || address.zone !== ''
    ? undefined
    : address
}

/** What is left to say by who ceases to be a router (RFC 4861 6.2.5): nothing goes by it, and it names nobody, from now on. */
export function farewell({ words, options, interval }: Announcement): Announcement {
  const over = { lifetimeSeconds: 0 }
  return {
    words: { ...words, ...over },
    options: {
      ...options,
      routes: options.routes.map((route) => ({ ...route, ...over })),
      nameServers: options.nameServers.map((server) => ({ ...server, ...over })),
      searchDomains: options.searchDomains.map((domain) => ({ ...domain, ...over })),
    },
    interval,
  }
}
