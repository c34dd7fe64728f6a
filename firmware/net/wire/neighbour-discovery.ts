/** The options of neighbour discovery (RFC 4861 4.6, RFC 4191 2.3, RFC 7527 4.1, RFC 8106 5), and its messages as hosts send them. */
import { MAC_OCTETS, type MacAddress } from '../address.js'
import { IPV6_OCTETS, type Ipv6Address, prefixOf, readIpv6, writeIpv6 } from '../ipv6/address.js'
import { NameReader } from './dns-name.js'
import { NEIGHBOUR_ADVERTISEMENT, NEIGHBOUR_SOLICITATION, ROUTER_SOLICITATION } from './icmpv6.js'
import { readUint16, readUint32, writeUint32 } from './octets.js'

export const SOURCE_LINK_ADDRESS = 1
export const TARGET_LINK_ADDRESS = 2
export const PREFIX_INFORMATION = 3
export const REDIRECTED_HEADER = 4
export const MTU_OPTION = 5
const NONCE = 14
export const ROUTE_INFORMATION = 24
export const RECURSIVE_DNS_SERVER = 25
export const DNS_SEARCH_LIST = 31

/** Where the options of each message begin, from its type octet on. */
export const SOLICITATION_OPTIONS_AT = 24
export const ROUTER_SOLICITATION_OPTIONS_AT = 8
export const ADVERTISEMENT_OPTIONS_AT = 24
export const ROUTER_OPTIONS_AT = 16
export const REDIRECT_OPTIONS_AT = 40
/** Octets of a nonce: the least that RFC 3971 5.3.2 allows. */
export const NONCE_OCTETS = 6

/** Where name servers and domains begin in their options, behind the lifetime. */
export const NAMES_AT = 8

/** Flags of a neighbour advertisement, in its octet 4. */
export const FLAG_ROUTER = 0x80
export const FLAG_SOLICITED = 0x40
export const FLAG_OVERRIDE = 0x20

/** Flags of a router advertisement, in its octet 5. */
export const FLAG_MANAGED = 0x80
export const FLAG_OTHER = 0x40
/** Flags of a prefix in an advertisement. */
export const FLAG_ON_LINK = 0x80
export const FLAG_AUTONOMOUS = 0x40

/** What a router says of a prefix (RFC 4861 4.6.2); lifetimes in seconds, 4294967295 for ever. */
export interface PrefixInformation {
  readonly prefix: Ipv6Address
  readonly length: number
  readonly onLink: boolean
  readonly autonomous: boolean
  readonly validSeconds: number
  readonly preferredSeconds: number
}

/** A network that a router would have its datagrams for (RFC 4191 2.3); its lifetime as those of prefixes. */
export interface RouteInformation {
  readonly prefix: Ipv6Address
  readonly length: number
  readonly preference: Preference
  readonly lifetimeSeconds: number
}

/** How a router or a route is preferred: 1 high, 0 medium, -1 low (RFC 4191 2.1). */
export type Preference = 1 | 0 | -1

/** A name server that a router names, and for how long, as lifetimes of prefixes (RFC 8106 5.1); 0: not any more. */
export interface NameServerInformation {
  readonly address: Ipv6Address
  readonly lifetimeSeconds: number
}

/** A domain that a router would have names looked for in (RFC 8106 5.2). */
export interface SearchDomainInformation {
  readonly domain: string
  readonly lifetimeSeconds: number
}

/** What the options of a message say, as far as it is known here. The octets are copies. */
export interface DiscoveryOptions {
  sourceMac?: MacAddress
  targetMac?: MacAddress
  mtu?: number
  nonce?: Uint8Array
  readonly prefixes: PrefixInformation[]
  readonly routes: RouteInformation[]
  readonly nameServers: NameServerInformation[]
  readonly searchDomains: SearchDomainInformation[]
  /** Options of name servers and domains that are not as RFC 8106 5.1 and 5.2 have them: nothing of these is taken. */
  misshapen: number
}

/** Prefixes that one advertisement may announce. */
export const PREFIX_LIMIT = 16
/** Routes that one advertisement may announce: more than a router should send (RFC 4191 4). */
export const ROUTE_LIMIT = 17
/** Name servers, and domains, that one advertisement may announce. */
export const NAME_LIMIT = 16

/**
 * Reads the options in `octets[at .. end)`.
 * @returns undefined where one has no length, or more than there is: then nothing of the message is taken (RFC 4861 6.1.2, 7.1)
 */
export function parseDiscoveryOptions(octets: Uint8Array, at: number, end: number): DiscoveryOptions | undefined {
  const options: DiscoveryOptions = { prefixes: [], routes: [], nameServers: [], searchDomains: [], misshapen: 0 }
  for (let here = at; here < end; ) {
    const length = octets[here + 1] * 8
    if (here + 2 > end || length === 0 || here + length > end) return undefined
    const type = octets[here]
    if (type === SOURCE_LINK_ADDRESS && length === 8) options.sourceMac = octets.slice(here + 2, here + 2 + MAC_OCTETS)
    else if (type === TARGET_LINK_ADDRESS && length === 8)
      options.targetMac = octets.slice(here + 2, here + 2 + MAC_OCTETS)
    else if (type === MTU_OPTION && length === 8) options.mtu = readUint32(octets, here + 4)
    else if (type === NONCE) options.nonce = octets.slice(here + 2, here + length)
    else if (type === PREFIX_INFORMATION && length === 32 && options.prefixes.length < PREFIX_LIMIT)
      options.prefixes.push({
        prefix: readIpv6(octets, here + 16),
        length: octets[here + 2],
        onLink: (octets[here + 3] & FLAG_ON_LINK) !== 0,
        autonomous: (octets[here + 3] & FLAG_AUTONOMOUS) !== 0,
        validSeconds: readUint32(octets, here + 4),
        preferredSeconds: readUint32(octets, here + 8),
      })
    else if (type === ROUTE_INFORMATION) readRoute(options, octets, here, length)
    else if (type === RECURSIVE_DNS_SERVER) readNameServers(options, octets, here, here + length)
    else if (type === DNS_SEARCH_LIST) readSearchDomains(options, octets, here, here + length)
    here += length
  }
  return options
}

/**
 * RFC 4191 2.3: as many octets of the prefix as its length needs are there, or more; one with the reserved preference is passed over, and
 * so is one whose prefix is longer than what there is of it.
 */
function readRoute(options: DiscoveryOptions, octets: Uint8Array, at: number, size: number): void {
  const length = octets[at + 2]
  const preference = preferenceOf(octets[at + 3])
  if (preference === undefined || size > 24 || length > (size - 8) * 8 || options.routes.length >= ROUTE_LIMIT) return
  const prefix = new Uint8Array(IPV6_OCTETS)
  prefix.set(octets.subarray(at + 8, at + size))
  options.routes.push({
    prefix: prefixOf(readIpv6(prefix, 0), length),
    length,
    preference,
    lifetimeSeconds: readUint32(octets, at + 4),
  })
}

/** Of the octet with two bits of preference behind three others (RFC 4191 2.1); undefined for the reserved value. */
function preferenceOf(octet: number): Preference | undefined {
  return ([0, 1, undefined, -1] as const)[(octet >> 3) & 3]
}

/** RFC 8106 5.1: addresses, at least one, behind eight octets. */
function readNameServers(options: DiscoveryOptions, octets: Uint8Array, at: number, end: number): void {
  const lifetimeSeconds = readUint32(octets, at + 4)
  const size = end - at - NAMES_AT
  if (size === 0 || size % IPV6_OCTETS !== 0) options.misshapen++
  else
    for (let here = at + NAMES_AT; here < end && options.nameServers.length < NAME_LIMIT; here += IPV6_OCTETS)
      options.nameServers.push({ address: readIpv6(octets, here), lifetimeSeconds })
}

/** RFC 8106 5.2: names without pointers, at least one, behind eight octets, and zeros up to the end. */
function readSearchDomains(options: DiscoveryOptions, octets: Uint8Array, at: number, end: number): void {
  const lifetimeSeconds = readUint32(octets, at + 4)
  const found: SearchDomainInformation[] = []
  let here = at + NAMES_AT
  while (here < end && octets[here] !== 0) {
    // To a message that begins where the name does, every pointer leads out of it.
    const read = new NameReader(octets, here, end).read(here)
    if (typeof read === 'string') break
    found.push({ domain: read.name, lifetimeSeconds })
    here = read.end
  }
  if (found.length === 0 || octets.subarray(here, end).some((octet) => octet !== 0)) options.misshapen++
  else options.searchDomains.push(...found.slice(0, NAME_LIMIT - options.searchDomains.length))
}

/** What a router says of itself and its link (RFC 4861 4.2). */
export interface RouterWords {
  readonly hopLimit: number
  /** Addresses come from DHCPv6 (M). */
  readonly managed: boolean
  /** What else there is to know comes from DHCPv6 (O). */
  readonly otherConfiguration: boolean
  readonly lifetimeSeconds: number
  readonly preference: Preference
  readonly reachableMilliseconds: number
  readonly retransMilliseconds: number
}

export function readRouterWords(octets: Uint8Array, at: number): RouterWords {
  return {
    hopLimit: octets[at + 4],
    managed: (octets[at + 5] & FLAG_MANAGED) !== 0,
    otherConfiguration: (octets[at + 5] & FLAG_OTHER) !== 0,
    lifetimeSeconds: readUint16(octets, at + 6),
    // The reserved value is medium (RFC 4191 2.2).
    preference: preferenceOf(octets[at + 5]) ?? 0,
    reachableMilliseconds: readUint32(octets, at + 8),
    retransMilliseconds: readUint32(octets, at + 12),
  }
}

/** An option with an Ethernet address (RFC 4861 4.6.1). @param type SOURCE_LINK_ADDRESS, TARGET_LINK_ADDRESS */
export function linkAddress(type: number, mac: MacAddress): Uint8Array {
  const option = new Uint8Array(8)
  option[0] = type
  option[1] = 1
  option.set(mac, 2)
  return option
}

function message(
  type: number,
  flags: number,
  target: Ipv6Address | undefined,
  options: readonly Uint8Array[],
): Uint8Array {
  const fixed = target === undefined ? 8 : 24
  const made = new Uint8Array(options.reduce((length, option) => length + option.length, fixed))
  made[0] = type
  writeUint32(made, 4, flags * 0x1000000)
  if (target !== undefined) writeIpv6(target, made, 8)
  let at = fixed
  for (const option of options) {
    made.set(option, at)
    at += option.length
  }
  return made
}

/** Without checksum. @param mac undefined where the sender has no address yet (RFC 4861 4.1) */
export function routerSolicitation(mac: MacAddress | undefined): Uint8Array {
  return message(ROUTER_SOLICITATION, 0, undefined, mac === undefined ? [] : [linkAddress(SOURCE_LINK_ADDRESS, mac)])
}

/** Without checksum. A question has the Ethernet address of who asks, a probe has a nonce (RFC 7527 4.1). */
export function neighbourSolicitation(
  target: Ipv6Address,
  option: { mac: MacAddress } | { nonce: Uint8Array },
): Uint8Array {
  if ('mac' in option) return message(NEIGHBOUR_SOLICITATION, 0, target, [linkAddress(SOURCE_LINK_ADDRESS, option.mac)])
  const nonce = new Uint8Array(2 + NONCE_OCTETS)
  nonce[0] = NONCE
  nonce[1] = 1
  nonce.set(option.nonce, 2)
  return message(NEIGHBOUR_SOLICITATION, 0, target, [nonce])
}

/** Without checksum. @param flags FLAG_ROUTER, FLAG_SOLICITED, FLAG_OVERRIDE */
export function neighbourAdvertisement(target: Ipv6Address, flags: number, mac: MacAddress): Uint8Array {
  return message(NEIGHBOUR_ADVERTISEMENT, flags, target, [linkAddress(TARGET_LINK_ADDRESS, mac)])
}
