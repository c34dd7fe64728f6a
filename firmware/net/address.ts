/**
 * Addresses. An IPv4 address is a number, 0 to 2^32 - 1, its first octet the highest; an Ethernet address is 6 octets.
 * What people type is turned into these once, at the edge.
 */

export type Ipv4Address = number
export type MacAddress = Uint8Array

export const MAC_OCTETS = 6
export const BROADCAST_MAC: MacAddress = Uint8Array.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff])
/** 0.0.0.0, "this host" (RFC 1122 3.2.1.3). */
export const UNSPECIFIED: Ipv4Address = 0
/** 255.255.255.255, everyone on this link. */
export const LIMITED_BROADCAST: Ipv4Address = 0xffffffff

/** 224.0.0.1, every host on this link; nobody needs to join it (RFC 1112 4). */
export const ALL_HOSTS: Ipv4Address = 0xe0000001

/** An address and the length of its network prefix in bits. */
export interface Ipv4Interface {
  readonly address: Ipv4Address
  readonly prefixLength: number
}

/** @returns undefined when the text is not four decimal numbers of 0 to 255 with dots between them. */
export function parseIpv4(text: string): Ipv4Address | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  let address = 0
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part)) return undefined
    const octet = Number(part)
    if (octet > 255) return undefined
    address = address * 256 + octet
  }
  return address
}

/**
 * As typed by a person: `192.168.7.2`.
 * @throws RangeError that names the text when it is no address.
 */
export function ipv4(text: string): Ipv4Address {
  const address = parseIpv4(text)
  if (address === undefined) throw new RangeError(`"${text}" is not an IPv4 address: write it like 192.168.7.2`)
  return address
}

/**
 * As typed by a person: `192.168.7.2/24`.
 * @throws RangeError that names the text when it is no address with a prefix length of 0 to 32.
 */
export function ipv4Interface(text: string): Ipv4Interface {
  const [host, prefix, ...rest] = text.split('/')
  const address = parseIpv4(host)
  if (
    address === undefined ||
    rest.length > 0 ||
    prefix === undefined ||
    !/^\d{1,2}$/.test(prefix) ||
    Number(prefix) > 32
  )
    throw new RangeError(`"${text}" is not an IPv4 address with its prefix length: write it like 192.168.7.2/24`)
  return { address, prefixLength: Number(prefix) }
}

/**
 * An address for an interface on a link.
 * @throws RangeError that names it and why no interface can have it
 */
export function hostInterface(given: string | Ipv4Interface): Ipv4Interface {
  const own = typeof given === 'string' ? ipv4Interface(given) : given
  const fault = interfaceFault(own)
  if (fault === undefined) return own
  const text = `${formatIpv4(own.address)}/${own.prefixLength}`
  throw new RangeError(`an interface cannot have the address ${text}: ${fault}; give one of its network's hosts`)
}

/**
 * Routers for an interface with an address.
 * @throws RangeError that names one that cannot be, and why
 */
export function routersFor(own: Ipv4Interface, given: string | Ipv4Address | readonly Ipv4Address[]): Ipv4Address[] {
  const routers = typeof given === 'string' ? [ipv4(given)] : typeof given === 'number' ? [given] : [...given]
  for (const router of routers) {
    const fault = routerFault(own, router)
    if (fault !== undefined)
      throw new RangeError(
        `${formatIpv4(router)} cannot be a gateway: ${fault}; give the address of a router on the link`,
      )
  }
  return routers
}

/**
 * The router of a station with one address, and no other way off its network.
 * @throws RangeError that names one that cannot be, and why
 */
export function onlyGateway(own: Ipv4Interface, given: string | Ipv4Address): Ipv4Address {
  const [router] = routersFor(own, given)
  if (onLink(own, router)) return router
  throw new RangeError(
    `${formatIpv4(router)} cannot be a gateway: it is not on the network of ${formatIpv4(own.address)}/${own.prefixLength}; give the address of a router on the link`,
  )
}

export function formatIpv4(address: Ipv4Address): string {
  return `${address >>> 24}.${(address >>> 16) & 0xff}.${(address >>> 8) & 0xff}.${address & 0xff}`
}

export function prefixMask(prefixLength: number): number {
  return prefixLength === 0 ? 0 : (0xffffffff << (32 - prefixLength)) >>> 0
}

/** Whether `address` is on the interface's own network. */
export function onLink(own: Ipv4Interface, address: Ipv4Address): boolean {
  return ((own.address ^ address) & prefixMask(own.prefixLength)) === 0
}

/** The broadcast address of the interface's network; undefined for a prefix of 31 or 32 bits (RFC 3021). */
export function directedBroadcast(own: Ipv4Interface): Ipv4Address | undefined {
  return own.prefixLength >= 31 ? undefined : (own.address | ~prefixMask(own.prefixLength)) >>> 0
}

/** The network's own number, all zeros behind the prefix; undefined for a prefix of 31 or 32 bits (RFC 3021). */
export function networkNumber(own: Ipv4Interface): Ipv4Address | undefined {
  return own.prefixLength >= 31 ? undefined : (own.address & prefixMask(own.prefixLength)) >>> 0
}

export function isMulticast(address: Ipv4Address): boolean {
  return address >>> 28 === 0xe
}

/** Whether one host can have it as its address: not 0.0.0.0, multicast, class E or broadcast (RFC 1122 3.2.1.3). */
export function isHostAddress(address: Ipv4Address): boolean {
  return address >>> 24 !== 0 && address >>> 28 < 0xe
}

/** 127/8: never on any wire (RFC 1122 3.2.1.3 g). */
export function isLoopback(address: Ipv4Address): boolean {
  return address >>> 24 === 127
}

/** Why an interface on a link cannot have this address; undefined where it can (RFC 1122 3.2.1.3). */
export function interfaceFault(own: Ipv4Interface): string | undefined {
  const { address, prefixLength } = own
  if (!Number.isInteger(prefixLength) || prefixLength < 0 || prefixLength > 32)
    return `a prefix length is 0 to 32, not ${prefixLength}`
  return stationFault(own, address)
}

/** Why this is no router for an interface with such an address; undefined where it can be one. */
export function routerFault(own: Ipv4Interface, router: Ipv4Address): string | undefined {
  return router === own.address ? "it is the interface's own address" : stationFault(own, router)
}

/** Why no station, as the interface sees it, has this address. */
function stationFault(own: Ipv4Interface, address: Ipv4Address): string | undefined {
  if (isLoopback(address)) return '127.0.0.0/8 is every host to itself'
  if (isMulticast(address)) return 'it is a multicast group'
  if (!isHostAddress(address)) return 'no host has one of 0.0.0.0/8 or 240.0.0.0/4'
  if (address === directedBroadcast(own)) return "it is the network's broadcast address"
  return address === networkNumber(own) ? 'it is the address of the network itself' : undefined
}

export function formatMac(address: Uint8Array): string {
  return Array.from(address, (octet) => octet.toString(16).padStart(2, '0')).join(':')
}

/** @throws RangeError that names the text when it is not six pairs of hexadecimal digits. */
export function mac(text: string): MacAddress {
  if (!/^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/i.test(text))
    throw new RangeError(`"${text}" is not an Ethernet address: write it like 02:00:00:00:00:01`)
  return Uint8Array.from(text.split(/[:-]/), (pair) => Number.parseInt(pair, 16))
}

/** A group address: the lowest bit of the first octet (IEEE 802.3 3.2.3). Broadcast is one too. */
export function isGroupMac(octets: Uint8Array, at = 0): boolean {
  return (octets[at] & 1) !== 0
}

export function sameMac(a: MacAddress, b: MacAddress): boolean {
  for (let i = 0; i < MAC_OCTETS; i++) if (a[i] !== b[i]) return false
  return true
}
