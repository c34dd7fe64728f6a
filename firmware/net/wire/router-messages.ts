/** The messages that routers send (RFC 4861 4.2, 4.5, RFC 4191 2, RFC 8106 5), without checksum. */
import type { MacAddress } from '../address.js'
import { IPV6_OCTETS, type Ipv6Address, writeIpv6 } from '../ipv6/address.js'
import { nameLabels } from './dns-name.js'
import { REDIRECT, ROUTER_ADVERTISEMENT } from './icmpv6.js'
import { IPV6_HEADER_OCTETS, LEAST_IPV6_MTU } from './ipv6.js'
import {
  type DiscoveryOptions,
  DNS_SEARCH_LIST,
  FLAG_AUTONOMOUS,
  FLAG_MANAGED,
  FLAG_ON_LINK,
  FLAG_OTHER,
  linkAddress,
  MTU_OPTION,
  NAMES_AT,
  PREFIX_INFORMATION,
  type Preference,
  RECURSIVE_DNS_SERVER,
  REDIRECT_OPTIONS_AT,
  REDIRECTED_HEADER,
  ROUTE_INFORMATION,
  ROUTER_OPTIONS_AT,
  type RouterWords,
  SOURCE_LINK_ADDRESS,
  TARGET_LINK_ADDRESS,
} from './neighbour-discovery.js'
import { writeUint16, writeUint32 } from './octets.js'

/** What a router says beside its words; options that have none of what they are for are left out. */
export type AdvertisedOptions = Pick<DiscoveryOptions, 'prefixes' | 'routes' | 'nameServers' | 'searchDomains'> & {
  readonly mac: MacAddress
  readonly mtu: number | undefined
}

/** What a router says of itself and its link. Name servers and search domains have one lifetime for those of a kind that have the same. */
export function routerAdvertisement(words: RouterWords, told: AdvertisedOptions): Uint8Array {
  const options: Uint8Array[] = [linkAddress(SOURCE_LINK_ADDRESS, told.mac)]
  if (told.mtu !== undefined) options.push(lifetimeOption(MTU_OPTION, 1, told.mtu))
  for (const { prefix, length, onLink, autonomous, validSeconds, preferredSeconds } of told.prefixes) {
    const option = lifetimeOption(PREFIX_INFORMATION, 4, validSeconds)
    option[2] = length
    option[3] = (onLink ? FLAG_ON_LINK : 0) | (autonomous ? FLAG_AUTONOMOUS : 0)
    writeUint32(option, 8, preferredSeconds)
    writeIpv6(prefix, option, 16)
    options.push(option)
  }
  for (const { prefix, length, preference, lifetimeSeconds } of told.routes) {
    const units = length === 0 ? 1 : length <= 64 ? 2 : 3
    const octets = new Uint8Array(IPV6_OCTETS)
    writeIpv6(prefix, octets, 0)
    const option = lifetimeOption(ROUTE_INFORMATION, units, lifetimeSeconds)
    option[2] = length
    option[3] = preferenceBits(preference)
    option.set(octets.subarray(0, (units - 1) * 8), 8)
    options.push(option)
  }
  for (const [lifetime, servers] of byLifetime(told.nameServers)) {
    const option = lifetimeOption(RECURSIVE_DNS_SERVER, 1 + 2 * servers.length, lifetime)
    for (const [at, { address }] of servers.entries()) writeIpv6(address, option, NAMES_AT + at * IPV6_OCTETS)
    options.push(option)
  }
  for (const [lifetime, domains] of byLifetime(told.searchDomains)) {
    const names = domains.flatMap(({ domain }) => plainName(domain))
    const option = lifetimeOption(DNS_SEARCH_LIST, 1 + Math.ceil(names.length / 8), lifetime)
    option.set(names, NAMES_AT)
    options.push(option)
  }
  const message = new Uint8Array(options.reduce((length, option) => length + option.length, ROUTER_OPTIONS_AT))
  message[0] = ROUTER_ADVERTISEMENT
  message[4] = words.hopLimit
  message[5] =
    (words.managed ? FLAG_MANAGED : 0) |
    (words.otherConfiguration ? FLAG_OTHER : 0) |
    // Of who is no default router there is nothing to prefer (RFC 4191 2.2).
    (words.lifetimeSeconds === 0 ? 0 : preferenceBits(words.preference))
  writeUint16(message, 6, words.lifetimeSeconds)
  writeUint32(message, 8, words.reachableMilliseconds)
  writeUint32(message, 12, words.retransMilliseconds)
  append(message, ROUTER_OPTIONS_AT, options)
  return message
}

/**
 * A host had better send what is for `destination` to `target`.
 * @param mac of `target`, where it is known
 * @param quoted octets of the datagram that shows it, from its IPv6 header on: as much of it is repeated as every link takes
 */
export function redirectMessage(
  target: Ipv6Address,
  destination: Ipv6Address,
  mac: MacAddress | undefined,
  quoted: Uint8Array,
): Uint8Array {
  const options = mac === undefined ? [] : [linkAddress(TARGET_LINK_ADDRESS, mac)]
  const before = REDIRECT_OPTIONS_AT + options.length * 8 + 8
  const room = (LEAST_IPV6_MTU - IPV6_HEADER_OCTETS - before) & ~7
  const part = quoted.subarray(0, room)
  const repeated = new Uint8Array(8 + Math.ceil(part.length / 8) * 8)
  repeated[0] = REDIRECTED_HEADER
  repeated[1] = repeated.length / 8
  repeated.set(part, 8)
  const message = new Uint8Array(before - 8 + repeated.length)
  message[0] = REDIRECT
  writeIpv6(target, message, 8)
  writeIpv6(destination, message, 24)
  append(message, REDIRECT_OPTIONS_AT, [...options, repeated])
  return message
}

/** Zeros behind type, length and, at octet 4, a lifetime in seconds or an MTU. @param units of eight octets */
function lifetimeOption(type: number, units: number, word: number): Uint8Array {
  const option = new Uint8Array(units * 8)
  option[0] = type
  option[1] = units
  writeUint32(option, 4, word)
  return option
}

/** Two bits behind three others (RFC 4191 2.1). */
function preferenceBits(preference: Preference): number {
  return (preference & 3) << 3
}

function byLifetime<Told extends { readonly lifetimeSeconds: number }>(told: readonly Told[]): Map<number, Told[]> {
  const groups = new Map<number, Told[]>()
  for (const each of told) groups.set(each.lifetimeSeconds, [...(groups.get(each.lifetimeSeconds) ?? []), each])
  return groups
}

/** A name without pointers (RFC 8106 5.2). @throws RangeError where it is none */
function plainName(name: string): number[] {
  const labels = nameLabels(name)
  if (typeof labels === 'string') throw new RangeError(`"${name}" is not a domain name: it has ${labels}`)
  return [...labels.flatMap((label) => [label.length, ...label]), 0]
}

function append(message: Uint8Array, from: number, options: readonly Uint8Array[]): void {
  let at = from
  for (const option of options) {
    message.set(option, at)
    at += option.length
  }
}
