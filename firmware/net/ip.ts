/**
 * Addresses of every family, for whoever does not care which it is. What one looks like as text, where its octets go and what is
 * the same as what stands here; TCP, UDP and sockets look into none. (IPv4's own rooms work with its numbers: `address.ts`.)
 *
 * Two addresses that are the same are `===`, whatever their family. An IPv4 address is a number; a family whose addresses have
 * more than 32 bits keeps one object for each that it meets. So an address is a key of a Map or Set as it is, and to find whose a
 * segment is costs nothing but comparisons.
 */
import { formatIpv4, type Ipv4Address, parseIpv4, UNSPECIFIED } from './address.js'
import { readUint32, writeUint32 } from './wire/octets.js'

/** The families that there are. */
export type Family = 'ipv4'

/** An address that fits no number: one object for each, made by the layer of its family. No family has such yet. */
export interface WideAddress {
  readonly family: Exclude<Family, 'ipv4'>
}

export type IpAddress = Ipv4Address | WideAddress

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
  /** How a person writes one. */
  readonly example: string
  parse(text: string): IpAddress | undefined
  format(address: IpAddress): string
  /** 32 bits that differ between the addresses of one network. */
  hash(address: IpAddress): number
  read(octets: Uint8Array, at: number): IpAddress
  write(address: IpAddress, octets: Uint8Array, at: number): void
}

const FORMS: Readonly<Record<Family, AddressForm>> = {
  ipv4: {
    octets: 4,
    unspecified: UNSPECIFIED,
    example: '192.168.7.2',
    parse: parseIpv4,
    format: (address) => formatIpv4(address as Ipv4Address),
    hash: (address) => address as Ipv4Address,
    read: readUint32,
    write: (address, octets, at) => writeUint32(octets, at, address as Ipv4Address),
  },
}

export function isFamily(name: string): name is Family {
  return Object.hasOwn(FORMS, name)
}

export function familyOf(address: IpAddress): Family {
  return typeof address === 'number' ? 'ipv4' : address.family
}

/** "Any address of this host", of a family. */
export function unspecified(family: Family): IpAddress {
  return FORMS[family].unspecified
}

/** Whether it stands for any address of this host. */
export function isUnspecified(address: IpAddress): boolean {
  return address === FORMS[familyOf(address)].unspecified
}

/** Whether a socket bound to `bound`, which may be unspecified, has `address` among what it is bound to. */
export function covers(bound: IpAddress, address: IpAddress): boolean {
  return bound === address || (isUnspecified(bound) && familyOf(bound) === familyOf(address))
}

/** Whether two that are bound would have an address in common. */
export function overlap(a: IpAddress, b: IpAddress): boolean {
  return covers(a, b) || covers(b, a)
}

/**
 * An address as the key of a Map that is looked up often: a number above 2^31 would be allocated on the heap at every look-up, the
 * same 32 bits as a signed number are not.
 */
export function addressKey(address: IpAddress): number | WideAddress {
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
  return typeof given === 'object' && given !== null && 'family' in given && isFamily(String(given.family))
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

/** Octets that an address of the family has. */
export function addressOctets(family: Family): number {
  return FORMS[family].octets
}

/** Writes an address's octets as they stand on the wire. @returns where they end */
export function writeIp(address: IpAddress, octets: Uint8Array, at: number): number {
  const form = FORMS[familyOf(address)]
  form.write(address, octets, at)
  return at + form.octets
}

/** Reads an address of a family as it stands on the wire. */
export function readIp(family: Family, octets: Uint8Array, at: number): IpAddress {
  return FORMS[family].read(octets, at)
}
