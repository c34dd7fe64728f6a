/**
 * Addresses of every family, for whoever does not care which it is. What one looks like as text, where its octets go and what is
 * the same as what stands here; TCP, UDP and sockets look into none. (The rooms of a family work with its own: `address.ts`,
 * `ipv6/address.ts`.)
 *
 * Two addresses that are the same are `===`, whatever their family. An IPv4 address is a number; a family whose addresses have
 * more than 32 bits keeps one object for each that it meets (`ipv6/address.ts`). So an address is a key of a Map or Set as it is, and to find whose a
 * segment is costs nothing but comparisons.
 */
import { formatIpv4, type Ipv4Address, parseIpv4, UNSPECIFIED } from './address.js'
import {
  ANY_FAMILY,
  formatIpv6,
  IPV6_OCTETS,
  Ipv6Address,
  isV4Mapped,
  LOOPBACK6,
  mappedIpv4,
  parseIpv6,
  readIpv6,
  UNSPECIFIED6,
  v4Mapped,
  writeIpv6,
} from './ipv6/address.js'
import { readUint16, readUint32, writeUint16, writeUint32 } from './wire/octets.js'

/** The families that there are. */
export type Family = 'ipv4' | 'ipv6'

export type IpAddress = Ipv4Address | Ipv6Address

/** An address and a port: one end of a conversation. */
export interface IpEndpoint {
  readonly address: IpAddress
  readonly port: number
}

/** What is known of the addresses of a family. */
interface AddressForm {
  /** The octets of one. */
  readonly octets: number
  /** Stands for any address of this host. */
  readonly unspecified: IpAddress
  /** Stands for this host itself. */
  readonly loopback: IpAddress
  /** How a person writes one. */
  readonly example: string
  parse(text: string): IpAddress | undefined
  format(address: IpAddress): string
  /** 32 bits that differ between the addresses of one network. */
  hash(address: IpAddress): number
  write(address: IpAddress, octets: Uint8Array, at: number): void
  /** Octets that an address is kept in with all that belongs to it; of IPv6 its zone, and it may be one of IPv4. */
  readonly keptOctets: number
  keep(address: IpAddress, octets: Uint8Array, at: number): void
  recall(octets: Uint8Array, at: number): IpAddress
}

const FORMS: Readonly<Record<Family, AddressForm>> = {
  ipv4: {
    octets: 4,
    unspecified: UNSPECIFIED,
    // 127.0.0.1 (RFC 1122 3.2.1.3 g).
    loopback: 0x7f000001,
    example: '192.168.7.2',
    parse: parseIpv4,
    format: (address) => formatIpv4(address as Ipv4Address),
    hash: (address) => address as Ipv4Address,
    write: (address, octets, at) => writeUint32(octets, at, address as Ipv4Address),
    keptOctets: 4,
    keep: (address, octets, at) => writeUint32(octets, at, address as Ipv4Address),
    recall: readUint32,
  },
  ipv6: {
    octets: IPV6_OCTETS,
    unspecified: UNSPECIFIED6,
    loopback: LOOPBACK6,
    example: '2001:db8::2',
    parse: parseIpv6,
    format: (address) => formatIpv6(address as Ipv6Address),
    hash: (address) => (address as Ipv6Address).hash,
    write: (address, octets, at) => writeIpv6(address as Ipv6Address, octets, at),
    keptOctets: IPV6_OCTETS + 2,
    keep: (address, octets, at) => {
      const wide = typeof address === 'number' ? v4Mapped(address) : address
      writeIpv6(wide, octets, at)
      writeUint16(octets, at + IPV6_OCTETS, zoneIndex(wide.zone))
    },
    recall: (octets, at) => {
      const address = readIpv6(octets, at, zones[readUint16(octets, at + IPV6_OCTETS)])
      return isV4Mapped(address) ? mappedIpv4(address) : address
    },
  },
}

/** The zones of addresses that were kept: as many as interfaces have names. */
const zones: string[] = ['']

function zoneIndex(zone: string): number {
  const known = zones.indexOf(zone)
  return known >= 0 ? known : zones.push(zone) - 1
}

export function isFamily(name: string): name is Family {
  return Object.hasOwn(FORMS, name)
}

export function familyOf(address: IpAddress): Family {
  return typeof address === 'number' ? 'ipv4' : address.family
}

/** This host, to itself. */
export function loopbackOf(family: Family): IpAddress {
  return FORMS[family].loopback
}

/** "Any address of this host", of a family. */
export function unspecified(family: Family): IpAddress {
  return FORMS[family].unspecified
}

/** Whether it stands for any address of this host. */
export function isUnspecified(address: IpAddress): boolean {
  return address === FORMS[familyOf(address)].unspecified || address === ANY_FAMILY
}

/**
 * "Any address of this host", of every family that goes by a socket of this one: of IPv6 those of IPv4 as well (RFC 3493 3.7, 5.3).
 */
export function unspecifiedOfAll(family: Family): IpAddress {
  return family === 'ipv6' ? ANY_FAMILY : unspecified(family)
}

/** Whether a socket bound to `bound`, which may be unspecified, has `address` among what it is bound to. */
export function covers(bound: IpAddress, address: IpAddress): boolean {
  if (bound === address || bound === ANY_FAMILY) return true
  return isUnspecified(bound) && familyOf(bound) === familyOf(address) && address !== ANY_FAMILY
}

/** Whether two that are bound would have an address in common. */
export function overlap(a: IpAddress, b: IpAddress): boolean {
  return covers(a, b) || covers(b, a)
}

/**
 * An address as the key of a Map that is looked up often: a number above 2^31 would be allocated on the heap at every look-up, the
 * same 32 bits as a signed number are not.
 */
export function addressKey(address: IpAddress): number | Ipv6Address {
  return typeof address === 'number' ? address | 0 : address
}

/** 32 bits that differ between the addresses of one network: the place of an address in a table of fixed size. */
export function hashIp(address: IpAddress): number {
  return FORMS[familyOf(address)].hash(address)
}

/** @returns undefined where the text is no address of the family, as it is written */
export function parseIp(family: Family, text: string): IpAddress | undefined {
  return FORMS[family].parse(text)
}

/** An address as it came from a program: a number of 32 bits, or one of the objects that a family made. */
export function isIpAddress(given: unknown): given is IpAddress {
  if (typeof given === 'number') return Number.isInteger(given) && given >= 0 && given <= 0xffffffff
  return given instanceof Ipv6Address
}

/** The address that a program of IPv6 means: in a mapped one that of IPv4 (RFC 3493 3.7), else itself. */
export function unmapped(address: IpAddress): IpAddress {
  return typeof address !== 'number' && isV4Mapped(address) ? mappedIpv4(address) : address
}

/** An address as a socket of a family shows it: in one of IPv6 an address of IPv4 is mapped. */
export function addressShownIn(family: Family, address: IpAddress): IpAddress {
  return family === 'ipv6' && typeof address === 'number' ? v4Mapped(address) : address
}

/** `192.168.7.2` */
export function formatIp(address: IpAddress): string {
  return FORMS[familyOf(address)].format(address)
}

/** `192.168.7.2:80`; an address that has colons of its own stands in brackets (RFC 3986 3.2.2). */
export function formatEndpoint({ address, port }: IpEndpoint): string {
  const text = formatIp(address)
  return text.includes(':') ? `[${text}]:${port}` : `${text}:${port}`
}

/** How an address of the family is written, as an example. */
export function addressExample(family: Family): string {
  return FORMS[family].example
}

/** Octets that `keepIp` writes for an address that a socket of the family may meet. */
export function keptOctets(family: Family): number {
  return FORMS[family].keptOctets
}

/** Writes an address that a socket of the family met, with all that belongs to it. @returns where it ends */
export function keepIp(family: Family, address: IpAddress, octets: Uint8Array, at: number): number {
  const form = FORMS[family]
  form.keep(address, octets, at)
  return at + form.keptOctets
}

/** Reads what `keepIp` wrote. */
export function recallIp(family: Family, octets: Uint8Array, at: number): IpAddress {
  return FORMS[family].recall(octets, at)
}

/** @returns undefined where the text is an address of no family */
export function parseAnyIp(text: string): IpAddress | undefined {
  return parseIpv4(text) ?? parseIpv6(text)
}

/** Writes an address's octets as they stand on the wire. @returns where they end */
export function writeIp(address: IpAddress, octets: Uint8Array, at: number): number {
  const form = FORMS[familyOf(address)]
  form.write(address, octets, at)
  return at + form.octets
}
