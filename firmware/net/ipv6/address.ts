/**
 * IPv6 addresses (RFC 4291): 128 bits and, where they mean something on one link only, the zone that the link is (RFC 4007).
 *
 * One address is one object, whoever made it: what is the same is `===`. The objects are found again by weak references, so that one
 * is forgotten as soon as nobody holds it, however many a stranger makes us meet; that can be told by nobody but who counts memory.
 */
import { formatIpv4, type Ipv4Address, type MacAddress, parseIpv4 } from '../address.js'
import { readUint32, writeUint32 } from '../wire/octets.js'

export const IPV6_OCTETS = 16
/** Bits of an interface identifier under a prefix of 64 bits (RFC 4291 2.5.1). */
export const PREFIX_BITS = 64

export class Ipv6Address {
  readonly family = 'ipv6'
  /** The sum of its eight 16-bit words, for checksums. */
  readonly sum: number

  /** By `ipv6Address`, which sees to it that one is one object. The words are signed; `zone` is '' where there is none. */
  constructor(
    readonly word0: number,
    readonly word1: number,
    readonly word2: number,
    readonly word3: number,
    readonly zone: string,
    readonly hash: number,
    /** Stands for any address of this host of IPv4 as well (RFC 3493 3.7). */
    readonly anyFamily = false,
  ) {
    let sum = 0
    for (const word of [word0, word1, word2, word3]) sum += (word >>> 16) + (word & 0xffff)
    this.sum = sum
  }
}

/** Of the addresses met last, each in the place that its hash names: the way that costs no look at a weak reference. */
const recent: (Ipv6Address | undefined)[] = Array(64).fill(undefined)
/** All that somebody may hold, by hash; a power of two. */
let places: WeakRef<Ipv6Address>[][] = Array.from({ length: 64 }, () => [])
let kept = 0

/** The one object for an address. @param zone the name of the link's interface, '' for none */
export function ipv6Address(word0: number, word1: number, word2: number, word3: number, zone = ''): Ipv6Address {
  const hash = hashOf(word0, word1, word2, word3)
  const last = recent[hash & 63]
  if (last !== undefined && matches(last, word0, word1, word2, word3, zone)) return last
  const address = find(hash, word0, word1, word2, word3, zone)
  recent[hash & 63] = address
  return address
}

function find(hash: number, word0: number, word1: number, word2: number, word3: number, zone: string): Ipv6Address {
  const place = hash & (places.length - 1)
  let live = 0
  const here = places[place]
  for (const reference of here) {
    const address = reference.deref()
    if (address === undefined) continue
    if (matches(address, word0, word1, word2, word3, zone)) return address
    here[live++] = reference
  }
  kept -= here.length - live
  here.length = live
  const made = new Ipv6Address(word0 | 0, word1 | 0, word2 | 0, word3 | 0, zone, hash)
  here.push(new WeakRef(made))
  if (++kept > 2 * places.length) spread()
  return made
}

/** More places, or the same again, for those that somebody still holds. */
function spread(): void {
  const held = places.flat().flatMap((reference) => {
    const address = reference.deref()
    return address === undefined ? [] : [{ reference, hash: address.hash }]
  })
  let size = 64
  while (size < held.length) size *= 2
  places = Array.from({ length: size }, () => [])
  for (const { reference, hash } of held) places[hash & (size - 1)].push(reference)
  kept = held.length
}

function matches(a: Ipv6Address, word0: number, word1: number, word2: number, word3: number, zone: string): boolean {
  return (
    a.word3 === (word3 | 0) &&
    a.word2 === (word2 | 0) &&
    a.word1 === (word1 | 0) &&
    a.word0 === (word0 | 0) &&
    a.zone === zone
  )
}

function hashOf(word0: number, word1: number, word2: number, word3: number): number {
  let hash = Math.imul(word0 ^ Math.imul(word1, 0x85ebca6b), 0xc2b2ae35) ^ word2
  hash = Math.imul(hash ^ (hash >>> 15), 0x27d4eb2d) ^ word3
  return hash ^ (hash >>> 16)
}

/** `::`, "this host" (RFC 4291 2.5.2). */
export const UNSPECIFIED6 = ipv6Address(0, 0, 0, 0)
/** `::` where it stands for any address of this host, of IPv4 as well: what a socket without IPV6_V6ONLY is bound to. */
export const ANY_FAMILY = new Ipv6Address(0, 0, 0, 0, '', 0, true)
/** `::1` (RFC 4291 2.5.3). */
export const LOOPBACK6 = ipv6Address(0, 0, 0, 1)

/** Reads the 16 octets at `at`. @param zone of the link it came by: it becomes the address's where the address needs one */
export function readIpv6(octets: Uint8Array, at: number, zone = ''): Ipv6Address {
  const word0 = readUint32(octets, at) | 0
  const needs = zone !== '' && needsZoneWord(word0)
  return ipv6Address(
    word0,
    readUint32(octets, at + 4) | 0,
    readUint32(octets, at + 8) | 0,
    readUint32(octets, at + 12) | 0,
    needs ? zone : '',
  )
}

export function writeIpv6(address: Ipv6Address, octets: Uint8Array, at: number): void {
  writeUint32(octets, at, address.word0)
  writeUint32(octets, at + 4, address.word1)
  writeUint32(octets, at + 8, address.word2)
  writeUint32(octets, at + 12, address.word3)
}

/** The same 128 bits in a zone, where they need one; without a zone, where it is ''. */
export function inZone(address: Ipv6Address, zone: string): Ipv6Address {
  const wanted = zone !== '' && needsZone(address) ? zone : ''
  if (address.zone === wanted) return address
  return ipv6Address(address.word0, address.word1, address.word2, address.word3, wanted)
}

/** ff00::/8 (RFC 4291 2.7). */
export function isMulticast6(address: Ipv6Address): boolean {
  return address.word0 >>> 24 === 0xff
}

/** fe80::/10 (RFC 4291 2.5.6). */
export function isLinkLocal6(address: Ipv6Address): boolean {
  return address.word0 >>> 22 === 0x3fa
}

/** It means something on one link only: link-local, or a group of the interface or the link (RFC 4007 4). */
export function needsZone(address: Ipv6Address): boolean {
  return needsZoneWord(address.word0)
}

function needsZoneWord(word0: number): boolean {
  if (word0 >>> 22 === 0x3fa) return true
  if (word0 >>> 24 !== 0xff) return false
  const scope = (word0 >>> 16) & 0xf
  return scope === 1 || scope === 2
}

/** ::ffff:0:0/96, an IPv4 address in IPv6's clothes (RFC 4291 2.5.5.2): on no wire (RFC 4942 2.2). */
export function isV4Mapped(address: Ipv6Address): boolean {
  return address.word0 === 0 && address.word1 === 0 && address.word2 === 0xffff
}

/** The IPv4 address in a mapped one. */
export function mappedIpv4(address: Ipv6Address): Ipv4Address {
  return address.word3 >>> 0
}

/** `::ffff:192.0.2.1` for an IPv4 address. */
export function v4Mapped(address: Ipv4Address): Ipv6Address {
  return ipv6Address(0, 0, 0xffff, address | 0)
}

/** The scopes of addresses, by the values that multicast has for them (RFC 4291 2.7; RFC 6724 3.1 for the rest). */
export const SCOPE_LINK = 2
const SCOPE_SITE = 5
const SCOPE_GLOBAL = 14

/** How far an address reaches: the four bits of a group, and of others what RFC 6724 3.1 says they are. */
export function scopeOf(address: Ipv6Address): number {
  if (isMulticast6(address)) return (address.word0 >>> 16) & 0xf
  if (isLinkLocal6(address) || isLoopback6(address)) return SCOPE_LINK
  // fec0::/10, deprecated by RFC 3879, still has its scope.
  return address.word0 >>> 22 === 0x3fb ? SCOPE_SITE : SCOPE_GLOBAL
}

function isLoopback6(address: Ipv6Address): boolean {
  return address === LOOPBACK6
}

/** The group that whoever asks for an address's station asks: ff02::1:ff and its low 24 bits (RFC 4291 2.7.1). */
export function solicitedNode(address: Ipv6Address, zone: string): Ipv6Address {
  return ipv6Address(0xff020000 | 0, 0, 1, 0xff000000 | (address.word3 & 0xffffff), zone)
}

/** ff02::1, every node of a link. */
export function allNodes(zone: string): Ipv6Address {
  return ipv6Address(0xff020000 | 0, 0, 0, 1, zone)
}

/** ff02::2, every router of a link. */
export function allRouters(zone: string): Ipv6Address {
  return ipv6Address(0xff020000 | 0, 0, 0, 2, zone)
}

/** The link-local address of a station: its modified EUI-64 identifier under fe80::/64 (RFC 4291 2.5.6, appendix A). */
export function linkLocalOf(mac: MacAddress, zone: string): Ipv6Address {
  return ipv6Address(
    0xfe800000 | 0,
    0,
    ((mac[0] ^ 2) << 24) | (mac[1] << 16) | (mac[2] << 8) | 0xff,
    (0xfe << 24) | (mac[3] << 16) | (mac[4] << 8) | mac[5],
    zone,
  )
}

/** How many of their first bits two addresses have in common, 0 to 128. */
export function commonPrefix(a: Ipv6Address, b: Ipv6Address): number {
  const differences = [a.word0 ^ b.word0, a.word1 ^ b.word1, a.word2 ^ b.word2, a.word3 ^ b.word3]
  const at = differences.findIndex((difference) => difference !== 0)
  return at < 0 ? 128 : 32 * at + Math.clz32(differences[at])
}

/** Whether an address is under a prefix. */
export function underPrefix(address: Ipv6Address, prefix: Ipv6Address, length: number): boolean {
  return commonPrefix(address, prefix) >= length
}

/** An address with all bits behind the first `length` zero, without zone. */
export function prefixOf(address: Ipv6Address, length: number): Ipv6Address {
  const word = (value: number, from: number) =>
    length <= from ? 0 : length >= from + 32 ? value : value & (-1 << (32 - length + from))
  return ipv6Address(word(address.word0, 0), word(address.word1, 32), word(address.word2, 64), word(address.word3, 96))
}

/** An address and the length of its network prefix in bits. */
export interface Ipv6InterfaceAddress {
  readonly address: Ipv6Address
  readonly prefixLength: number
}

const GROUP = /^[0-9a-f]{1,4}$/i
/** A zone is the name of an interface (RFC 4007 11.2): nothing that ends an address elsewhere. */
const ZONE = /^[^\s%/\][]{1,64}$/

/** @returns undefined where the text is no address of RFC 4291 2.2, with a zone only where it needs one (RFC 4007 11) */
export function parseIpv6(text: string): Ipv6Address | undefined {
  const percent = text.indexOf('%')
  const zone = percent < 0 ? '' : text.slice(percent + 1)
  if (percent >= 0 && !ZONE.test(zone)) return undefined
  const words = parseWords(percent < 0 ? text : text.slice(0, percent))
  if (words === undefined) return undefined
  const [a, b, c, d, e, f, g, h] = words
  const address = ipv6Address((a << 16) | b, (c << 16) | d, (e << 16) | f, (g << 16) | h)
  if (zone === '') return address
  return needsZone(address) ? inZone(address, zone) : undefined
}

/** The eight 16-bit words of an address's text. */
function parseWords(text: string): number[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2 || text === '') return undefined
  const head = parseGroups(halves[0], halves.length === 1)
  const tail = halves.length === 2 ? parseGroups(halves[1], true) : []
  if (head === undefined || tail === undefined) return undefined
  const missing = 8 - head.length - tail.length
  // "::" is one group of zeros or more.
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  return [...head, ...Array<number>(missing).fill(0), ...tail]
}

/** @param last the last group may be an IPv4 address */
function parseGroups(text: string, last: boolean): number[] | undefined {
  if (text === '') return []
  const words: number[] = []
  const groups = text.split(':')
  for (const [at, group] of groups.entries()) {
    if (GROUP.test(group)) {
      words.push(Number.parseInt(group, 16))
      continue
    }
    const ipv4 = last && at === groups.length - 1 ? parseIpv4(group) : undefined
    if (ipv4 === undefined) return undefined
    words.push(ipv4 >>> 16, ipv4 & 0xffff)
  }
  return words
}

/** As RFC 5952 recommends: small letters, no leading zeros, the first of the longest runs of zeros left out, its zone behind a %. */
export function formatIpv6(address: Ipv6Address): string {
  const zone = address.zone === '' ? '' : `%${address.zone}`
  // RFC 5952 5: what has an IPv4 address in it, by a prefix that everybody knows, shows it.
  if (isV4Mapped(address)) return `::ffff:${formatIpv4(mappedIpv4(address))}`
  const words = [address.word0, address.word1, address.word2, address.word3].flatMap((word) => [
    word >>> 16,
    word & 0xffff,
  ])
  let longest = 1
  let from = -1
  for (let at = 0; at < 8; at++) {
    let to = at
    while (to < 8 && words[to] === 0) to++
    if (to - at <= longest) continue
    longest = to - at
    from = at
  }
  const text = (some: readonly number[]) => some.map((word) => word.toString(16)).join(':')
  if (from < 0) return `${text(words)}${zone}`
  return `${text(words.slice(0, from))}::${text(words.slice(from + longest))}${zone}`
}

/**
 * As typed by a person: `2001:db8::2/64`.
 * @throws RangeError that names the text when it is no address with a prefix length of 0 to 128.
 */
export function ipv6Interface(text: string): Ipv6InterfaceAddress {
  const [host, prefix, ...rest] = text.split('/')
  const address = parseIpv6(host)
  if (
    address === undefined ||
    rest.length > 0 ||
    prefix === undefined ||
    !/^\d{1,3}$/.test(prefix) ||
    Number(prefix) > 128
  )
    throw new RangeError(`"${text}" is not an IPv6 address with its prefix length: write it like 2001:db8::2/64`)
  return { address, prefixLength: Number(prefix) }
}

/** `2001:db8::2/64` */
export function formatIpv6Interface({ address, prefixLength }: Ipv6InterfaceAddress): string {
  return `${formatIpv6(address)}/${prefixLength}`
}

/** Why an interface cannot have this address; undefined where it can (RFC 4291 2.5, 2.7). */
function interfaceFault6({ address }: Ipv6InterfaceAddress): string | undefined {
  if (address.word0 === 0 && address.word1 === 0 && address.word2 === 0 && address.word3 === 0)
    return 'it stands for no address'
  if (isLoopback6(address)) return '::1 is every host to itself'
  if (isMulticast6(address)) return 'it is a multicast group'
  if (isV4Mapped(address)) return 'it stands for an IPv4 address'
  return undefined
}

/**
 * An address for an interface on a link; without a zone, which the interface is.
 * @throws RangeError that names it and why no interface can have it
 */
export function hostInterface6(given: string | Ipv6InterfaceAddress): Ipv6InterfaceAddress {
  const own = typeof given === 'string' ? ipv6Interface(given) : given
  const fault = interfaceFault6(own)
  if (fault === undefined) return own
  throw new RangeError(
    `an interface cannot have the address ${formatIpv6Interface(own)}: ${fault}; give one of its network's hosts`,
  )
}

/** Whether one host can have it: not unspecified, no group. */
export function isHostAddress6(address: Ipv6Address): boolean {
  return address !== UNSPECIFIED6 && !address.anyFamily && !isMulticast6(address) && !isV4Mapped(address)
}
