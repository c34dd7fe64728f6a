/**
 * Messages of DHCPv6 between clients and servers (RFC 9915 8, 21; name servers and domains: RFC 3646), read and written. What relays say to
 * servers (RFC 9915 9) is not read: who hears it, drops it by its type.
 */
import { IPV6_OCTETS, type Ipv6Address, ipv6Address, readIpv6, writeIpv6 } from '../ipv6/address.js'
import { NameReader, NameWriter } from './dns-name.js'
import { readUint16, readUint32, writeUint16, writeUint32 } from './octets.js'

/** RFC 9915 7.2. */
export const DHCPV6_CLIENT_PORT = 546
export const DHCPV6_SERVER_PORT = 547

/** ff02::1:2, All_DHCP_Relay_Agents_and_Servers of a link (RFC 9915 7.1). */
export function allDhcpServers(zone: string): Ipv6Address {
  return ipv6Address(0xff020000 | 0, 0, 0, 0x10002, zone)
}

/** RFC 9915 7.3. */
const MESSAGE_TYPES = {
  SOLICIT: 1,
  ADVERTISE: 2,
  REQUEST: 3,
  CONFIRM: 4,
  RENEW: 5,
  REBIND: 6,
  REPLY: 7,
  RELEASE: 8,
  DECLINE: 9,
  RECONFIGURE: 10,
  'INFORMATION-REQUEST': 11,
} as const
export type Dhcpv6MessageType = keyof typeof MESSAGE_TYPES
const MESSAGE_NAMES: readonly (Dhcpv6MessageType | undefined)[] = [
  undefined,
  ...(Object.keys(MESSAGE_TYPES) as Dhcpv6MessageType[]),
]

/** RFC 9915 7.4, RFC 3646 3 and 4: those that are read here, and so those that a client may ask for. */
export const DHCPV6_OPTIONS = {
  clientIdentifier: 1,
  serverIdentifier: 2,
  association: 3,
  address: 5,
  requested: 6,
  preference: 7,
  elapsed: 8,
  status: 13,
  rapidCommit: 14,
  nameServers: 23,
  searchDomains: 24,
  refreshTime: 32,
  solicitMaximum: 82,
  informationMaximum: 83,
} as const

/** RFC 9915 7.5 (5, UseMulticast, is obsolete: nothing is sent to a server's own address). */
export const STATUS_SUCCESS = 0
export const STATUS_NO_ADDRESSES = 2
export const STATUS_NO_BINDING = 3
export const STATUS_NOT_ON_LINK = 4

/** One address of an association (RFC 9915 21.6). 4294967295 seconds are for ever. */
export interface Dhcpv6Address {
  readonly address: Ipv6Address
  readonly preferredSeconds: number
  readonly validSeconds: number
  readonly status?: number
}

/** An identity association for addresses to keep, IA_NA (RFC 9915 21.4). T1 and T2 of 0 leave them to the client. */
export interface Dhcpv6Association {
  readonly iaid: number
  readonly t1Seconds: number
  readonly t2Seconds: number
  readonly addresses: readonly Dhcpv6Address[]
  readonly status?: number
}

export interface Dhcpv6Message {
  readonly type: Dhcpv6MessageType
  /** 24 bits. */
  readonly transactionId: number
  /** DUIDs (RFC 9915 11); the octets are copies. */
  readonly clientIdentifier?: Uint8Array
  readonly serverIdentifier?: Uint8Array
  readonly associations?: readonly Dhcpv6Association[]
  /** Codes of the options that the client would have. */
  readonly requested?: readonly number[]
  readonly preference?: number
  /** Since the exchange began, in hundredths of a second. */
  readonly elapsedCentiseconds?: number
  /** Of the message as a whole. */
  readonly status?: number
  readonly rapidCommit?: true
  readonly nameServers?: readonly Ipv6Address[]
  readonly searchDomains?: readonly string[]
  readonly refreshSeconds?: number
  readonly solicitMaximumSeconds?: number
  readonly informationMaximumSeconds?: number
}

/** Why octets are no message. */
export type Dhcpv6Fault = 'truncated' | 'message type' | 'option length' | 'identifier' | 'domain name' | 'too many'

const HEADER_OCTETS = 4
const OPTION_HEADER_OCTETS = 4
/** RFC 9915 11.1: two octets of type, and up to 128. */
const DUID_LIMIT = 130
/** Associations of a message, addresses of one, codes asked for, servers and domains named: more of them nobody needs. */
const ASSOCIATION_LIMIT = 8
const ADDRESS_LIMIT = 16
const REQUESTED_LIMIT = 64
const NAME_LIMIT = 16

/** Fields of fixed length in front of the options that an option holds. */
const ASSOCIATION_OCTETS = 12
const ADDRESS_OCTETS = IPV6_OCTETS + 8

type Writable<Of> = { -readonly [Key in keyof Of]: Of[Key] }
type Reading = Writable<Dhcpv6Message> & { associations?: Dhcpv6Association[] }

/** Reads `octets[start .. end)`. Options that are not known here are passed over (RFC 9915 16); of one that is there twice the first counts. */
export function parseDhcpv6(octets: Uint8Array, start = 0, end = octets.length): Dhcpv6Message | Dhcpv6Fault {
  if (start + HEADER_OCTETS > end) return 'truncated'
  const type = MESSAGE_NAMES[octets[start]]
  if (type === undefined) return 'message type'
  const message: Reading = { type, transactionId: readUint32(octets, start) & 0xffffff }
  return (
    eachOption(octets, start + HEADER_OCTETS, end, (code, at, to) => readOption(message, octets, code, at, to)) ??
    message
  )
}

/** Calls `read` with each option's code and data, until one is at fault. */
function eachOption(
  octets: Uint8Array,
  start: number,
  end: number,
  read: (code: number, at: number, to: number) => Dhcpv6Fault | undefined,
): Dhcpv6Fault | undefined {
  for (let here = start; here < end; ) {
    const at = here + OPTION_HEADER_OCTETS
    if (at > end) return 'truncated'
    const to = at + readUint16(octets, here + 2)
    if (to > end) return 'truncated'
    const fault = read(readUint16(octets, here), at, to)
    if (fault !== undefined) return fault
    here = to
  }
  return undefined
}

/** Options of one number: how many octets they have, and where the number goes. */
const NUMBERS: Readonly<
  Record<
    number,
    readonly [
      octets: 1 | 2 | 4,
      field:
        | 'preference'
        | 'elapsedCentiseconds'
        | 'refreshSeconds'
        | 'solicitMaximumSeconds'
        | 'informationMaximumSeconds',
    ]
  >
> = {
  [DHCPV6_OPTIONS.preference]: [1, 'preference'],
  [DHCPV6_OPTIONS.elapsed]: [2, 'elapsedCentiseconds'],
  [DHCPV6_OPTIONS.refreshTime]: [4, 'refreshSeconds'],
  [DHCPV6_OPTIONS.solicitMaximum]: [4, 'solicitMaximumSeconds'],
  [DHCPV6_OPTIONS.informationMaximum]: [4, 'informationMaximumSeconds'],
}

function readOption(
  message: Reading,
  octets: Uint8Array,
  code: number,
  at: number,
  to: number,
): Dhcpv6Fault | undefined {
  const size = to - at
  const number = NUMBERS[code]
  if (number !== undefined) {
    const [width, field] = number
    if (size !== width) return 'option length'
    message[field] ??= width === 1 ? octets[at] : width === 2 ? readUint16(octets, at) : readUint32(octets, at)
    return undefined
  }
  switch (code) {
    case DHCPV6_OPTIONS.clientIdentifier:
    case DHCPV6_OPTIONS.serverIdentifier: {
      // A type without anything behind it tells nobody from another.
      if (size < 3 || size > DUID_LIMIT) return 'identifier'
      message[code === DHCPV6_OPTIONS.clientIdentifier ? 'clientIdentifier' : 'serverIdentifier'] ??= octets.slice(
        at,
        to,
      )
      return undefined
    }
    case DHCPV6_OPTIONS.association:
      return readAssociation(message, octets, at, to)
    case DHCPV6_OPTIONS.requested: {
      if (size % 2 !== 0) return 'option length'
      if (size > 2 * REQUESTED_LIMIT) return 'too many'
      message.requested ??= Array.from({ length: size / 2 }, (_, index) => readUint16(octets, at + 2 * index))
      return undefined
    }
    case DHCPV6_OPTIONS.status: {
      if (size < 2) return 'option length'
      message.status ??= readUint16(octets, at)
      return undefined
    }
    case DHCPV6_OPTIONS.rapidCommit: {
      if (size !== 0) return 'option length'
      message.rapidCommit = true
      return undefined
    }
    case DHCPV6_OPTIONS.nameServers: {
      if (size === 0 || size % IPV6_OCTETS !== 0) return 'option length'
      if (size > NAME_LIMIT * IPV6_OCTETS) return 'too many'
      message.nameServers ??= Array.from({ length: size / IPV6_OCTETS }, (_, index) =>
        readIpv6(octets, at + index * IPV6_OCTETS),
      )
      return undefined
    }
    case DHCPV6_OPTIONS.searchDomains:
      return readDomains(message, octets, at, to)
    default:
      return undefined
  }
}

/** Names without pointers (RFC 9915 10). */
function readDomains(message: Reading, octets: Uint8Array, at: number, to: number): Dhcpv6Fault | undefined {
  const found: string[] = []
  for (let here = at; here < to; ) {
    if (found.length >= NAME_LIMIT) return 'too many'
    // To a message that begins where the name does, every pointer leads out of it.
    const read = new NameReader(octets, here, to).read(here)
    if (typeof read === 'string') return 'domain name'
    found.push(read.name)
    here = read.end
  }
  message.searchDomains ??= found
  return undefined
}

function readAssociation(message: Reading, octets: Uint8Array, at: number, to: number): Dhcpv6Fault | undefined {
  if (to - at < ASSOCIATION_OCTETS) return 'option length'
  message.associations ??= []
  if (message.associations.length >= ASSOCIATION_LIMIT) return 'too many'
  const addresses: Dhcpv6Address[] = []
  let status: number | undefined
  const fault = eachOption(octets, at + ASSOCIATION_OCTETS, to, (code, start, end) => {
    if (code === DHCPV6_OPTIONS.status) {
      if (end - start < 2) return 'option length'
      status ??= readUint16(octets, start)
    } else if (code === DHCPV6_OPTIONS.address) {
      if (addresses.length >= ADDRESS_LIMIT) return 'too many'
      const read = readAddress(octets, start, end)
      if (typeof read === 'string') return read
      addresses.push(read)
    }
    return undefined
  })
  if (fault !== undefined) return fault
  message.associations.push({
    iaid: readUint32(octets, at),
    t1Seconds: readUint32(octets, at + 4),
    t2Seconds: readUint32(octets, at + 8),
    addresses,
    ...(status === undefined ? {} : { status }),
  })
  return undefined
}

function readAddress(octets: Uint8Array, at: number, to: number): Dhcpv6Address | Dhcpv6Fault {
  if (to - at < ADDRESS_OCTETS) return 'option length'
  let status: number | undefined
  const fault = eachOption(octets, at + ADDRESS_OCTETS, to, (code, start, end) => {
    if (code !== DHCPV6_OPTIONS.status) return undefined
    if (end - start < 2) return 'option length'
    status ??= readUint16(octets, start)
    return undefined
  })
  return (
    fault ?? {
      address: readIpv6(octets, at),
      preferredSeconds: readUint32(octets, at + IPV6_OCTETS),
      validSeconds: readUint32(octets, at + IPV6_OCTETS + 4),
      ...(status === undefined ? {} : { status }),
    }
  )
}

/** The octets of a message. @throws RangeError for a domain that is no domain name */
export function emitDhcpv6(message: Dhcpv6Message): Uint8Array {
  const parts: Uint8Array[] = [word(MESSAGE_TYPES[message.type] * 0x1000000 + message.transactionId)]
  const put = (code: number, data: Uint8Array | undefined): void => {
    if (data !== undefined) parts.push(option(code, data))
  }
  put(DHCPV6_OPTIONS.clientIdentifier, message.clientIdentifier)
  put(DHCPV6_OPTIONS.serverIdentifier, message.serverIdentifier)
  if (message.rapidCommit) put(DHCPV6_OPTIONS.rapidCommit, new Uint8Array(0))
  for (const [code, [width, field]] of Object.entries(NUMBERS)) {
    const value = message[field]
    if (value !== undefined) put(Number(code), word(value).subarray(4 - width))
  }
  if (message.status !== undefined) put(DHCPV6_OPTIONS.status, word(message.status).subarray(2))
  for (const each of message.associations ?? []) put(DHCPV6_OPTIONS.association, association(each))
  const { requested, nameServers, searchDomains } = message
  put(DHCPV6_OPTIONS.requested, requested && joined(requested.map((code) => word(code).subarray(2))))
  put(DHCPV6_OPTIONS.nameServers, nameServers && joined(nameServers.map(addressOctets)))
  put(DHCPV6_OPTIONS.searchDomains, searchDomains && domains(searchDomains))
  return joined(parts)
}

function option(code: number, data: Uint8Array): Uint8Array {
  const made = new Uint8Array(OPTION_HEADER_OCTETS + data.length)
  writeUint16(made, 0, code)
  writeUint16(made, 2, data.length)
  made.set(data, OPTION_HEADER_OCTETS)
  return made
}

const statusOption = (status: number | undefined): readonly Uint8Array[] =>
  status === undefined ? [] : [option(DHCPV6_OPTIONS.status, word(status).subarray(2))]

function association({ iaid, t1Seconds, t2Seconds, addresses, status }: Dhcpv6Association): Uint8Array {
  return joined([
    word(iaid),
    word(t1Seconds),
    word(t2Seconds),
    ...addresses.map((each) =>
      option(
        DHCPV6_OPTIONS.address,
        joined([
          addressOctets(each.address),
          word(each.preferredSeconds),
          word(each.validSeconds),
          ...statusOption(each.status),
        ]),
      ),
    ),
    ...statusOption(status),
  ])
}

function domains(names: readonly string[]): Uint8Array {
  const octets: number[] = []
  const writer = new NameWriter()
  for (const name of names) writer.write(octets, name, false)
  return Uint8Array.from(octets)
}

function addressOctets(address: Ipv6Address): Uint8Array {
  const octets = new Uint8Array(IPV6_OCTETS)
  writeIpv6(address, octets, 0)
  return octets
}

function word(value: number): Uint8Array {
  const octets = new Uint8Array(4)
  writeUint32(octets, 0, value)
  return octets
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
