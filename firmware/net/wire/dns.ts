/** DNS messages (RFC 1035 4; AAAA: RFC 3596; numbers of types as text: RFC 3597; EDNS(0): RFC 6891). */
import type { Ipv4Address } from '../address.js'
import { IPV6_OCTETS, type Ipv6Address, readIpv6, writeIpv6 } from '../ipv6/address.js'
import { type DnsNameFault, NameReader, NameWriter, patchUint16 } from './dns-name.js'
import { readUint16, readUint32 } from './octets.js'
import { readText, textOctets } from './text.js'

export const DNS_PORT = 53
/** A datagram has at most this many octets of message (4.2.1), unless both ends say by EDNS that they can take more. */
export const DNS_DATAGRAM_LIMIT = 512
/** What is taken, and said to be taken, where EDNS is spoken: on nearly every path it goes without fragments. */
export const EDNS_DATAGRAM_LIMIT = 1232
/** Over TCP the length is a field of 16 bits (4.2.2). */
export const DNS_STREAM_LIMIT = 0xffff
const DNS_HEADER_OCTETS = 12
export const CLASS_IN = 1

const TYPE_NUMBERS = { A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, MX: 15, TXT: 16, AAAA: 28, ANY: 255 } as const
const TYPE_NAMES = new Map<number, DnsType>(
  Object.entries(TYPE_NUMBERS).map(([name, number]) => [number, name as keyof typeof TYPE_NUMBERS]),
)

/** `A`, `MX` …; `TYPE65` where there is no name for it here. */
export type DnsType = keyof typeof TYPE_NUMBERS | `TYPE${number}`

/** 4.1.1, RCODE, and RFC 6891 9; `RCODE11` where there is no name for it. */
export type DnsResponseCode = keyof typeof RESPONSE_CODES | `RCODE${number}`
const RESPONSE_CODES = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5, BADVERS: 16 } as const
const RESPONSE_CODE_NAMES = new Map<number, DnsResponseCode>(
  Object.entries(RESPONSE_CODES).map(([name, number]) => [number, name as keyof typeof RESPONSE_CODES]),
)

export interface DnsQuestion {
  name: string
  type: DnsType
  /** IN unless said otherwise. */
  class: number
}

export interface StartOfAuthority {
  /** MNAME: the server that the zone comes from. */
  primary: string
  /** RNAME: the mailbox of the person responsible for it, its first dot standing for the at sign. */
  mailbox: string
  serial: number
  refresh: number
  retry: number
  expire: number
  /** How long, in seconds, it holds that something does not exist (RFC 2308 4). */
  minimum: number
}

export type DnsData =
  | { type: 'A'; address: Ipv4Address }
  /** Without a zone: a name server knows nothing of links. */
  | { type: 'AAAA'; address: Ipv6Address }
  | { type: 'NS' | 'CNAME' | 'PTR'; target: string }
  | ({ type: 'SOA' } & StartOfAuthority)
  | { type: 'MX'; preference: number; exchange: string }
  | { type: 'TXT'; texts: readonly string[] }
  /** Any other type: its octets as they are. */
  | { type: 'ANY' | `TYPE${number}`; octets: Uint8Array }

export type DnsRecord = { name: string; class: number /** In seconds. */; timeToLive: number } & DnsData

export interface DnsMessage {
  id: number
  /** QR */
  response: boolean
  opcode: number
  /** AA */
  authoritative: boolean
  /** TC */
  truncated: boolean
  /** RD */
  recursionDesired: boolean
  /** RA */
  recursionAvailable: boolean
  /** The three bits between, of which DNSSEC has taken two. */
  reserved: number
  responseCode: DnsResponseCode
  questions: readonly DnsQuestion[]
  answers: readonly DnsRecord[]
  authorities: readonly DnsRecord[]
  /** Without the OPT record, which is `edns`. */
  additionals: readonly DnsRecord[]
  edns?: Edns | undefined
}

/** What the OPT record says (RFC 6891 6.1.2, 6.1.3); the upper bits of the response code are in `responseCode`. */
export interface Edns {
  /** Octets of message that its sender takes in one datagram; below 512 means 512 (6.2.3). */
  udpSize: number
  version: number
  /** DO: wants DNSSEC records (RFC 3225). */
  dnssecOk: boolean
  /** As they came. */
  options: Uint8Array
}

export type DnsFault = DnsNameFault | 'record data' | 'OPT record'

/** RFC 6891 6.1.1. */
const TYPE_OPT = 41
/** An OPT record without options: root, type, size, code and version and flags, length. */
const OPT_OCTETS = 11
const NO_OPTIONS = new Uint8Array(0)

function dnsTypeNumber(type: DnsType): number {
  return type in TYPE_NUMBERS ? TYPE_NUMBERS[type as keyof typeof TYPE_NUMBERS] : Number(type.slice(4))
}

function dnsTypeName(number: number): DnsType {
  return TYPE_NAMES.get(number) ?? `TYPE${number}`
}

/** A query as a resolver sends it (recursion desired), to spread the differing fields over. */
export function dnsQuery(id: number, name: string, type: DnsType): DnsMessage {
  return {
    id,
    response: false,
    opcode: 0,
    authoritative: false,
    truncated: false,
    recursionDesired: true,
    recursionAvailable: false,
    reserved: 0,
    responseCode: 'NOERROR',
    questions: [{ name, type, class: CLASS_IN }],
    answers: [],
    authorities: [],
    additionals: [],
  }
}

/** EDNS as we speak it: version 0, no options. */
export function edns(udpSize: number): Edns {
  return { udpSize, version: 0, dnssecOk: false, options: NO_OPTIONS }
}

/** Parses the message in `octets[at .. end)`; what follows it within is nobody's. */
export function parseDns(octets: Uint8Array, at = 0, end = octets.length): DnsMessage | DnsFault {
  if (end - at < DNS_HEADER_OCTETS) return 'truncated'
  const flags = readUint16(octets, at + 2)
  let next = at + DNS_HEADER_OCTETS
  const names = new NameReader(octets, at, end)
  const questions: DnsQuestion[] = []
  for (let count = readUint16(octets, at + 4); count > 0; count--) {
    const parsed = names.read(next)
    if (typeof parsed === 'string') return parsed
    if (parsed.end + 4 > end) return 'truncated'
    const type = dnsTypeName(readUint16(octets, parsed.end))
    questions.push({ name: parsed.name, type, class: readUint16(octets, parsed.end + 2) })
    next = parsed.end + 4
  }
  const sections: DnsRecord[][] = []
  let extension: { edns: Edns; upperCode: number } | undefined
  for (const countAt of [6, 8, 10]) {
    const records: DnsRecord[] = []
    for (let count = readUint16(octets, at + countAt); count > 0; count--) {
      const parsed = parseRecord(octets, names, next, end)
      if (typeof parsed === 'string') return parsed
      const { record } = parsed
      if (countAt === 10 && record.type === `TYPE${TYPE_OPT}`) {
        // RFC 6891 6.1.1, 6.1.2: one, and of the root.
        if (extension !== undefined || record.name !== '') return 'OPT record'
        extension = readExtension(octets, parsed.dataAt, record)
      } else records.push(record)
      next = parsed.end
    }
    sections.push(records)
  }
  const code = (flags & 0xf) | ((extension?.upperCode ?? 0) << 4)
  return {
    id: readUint16(octets, at),
    response: (flags & 0x8000) !== 0,
    opcode: (flags >> 11) & 0xf,
    authoritative: (flags & 0x0400) !== 0,
    truncated: (flags & 0x0200) !== 0,
    recursionDesired: (flags & 0x0100) !== 0,
    recursionAvailable: (flags & 0x0080) !== 0,
    reserved: (flags >> 4) & 7,
    responseCode: RESPONSE_CODE_NAMES.get(code) ?? `RCODE${code}`,
    questions,
    answers: sections[0],
    authorities: sections[1],
    additionals: sections[2],
    ...(extension === undefined ? {} : { edns: extension.edns }),
  }
}

/** @param dataAt where its data begin: what is the time to live of other records is before it */
function readExtension(octets: Uint8Array, dataAt: number, record: DnsRecord): { edns: Edns; upperCode: number } {
  const options = 'octets' in record ? record.octets : NO_OPTIONS
  const dnssecOk = (octets[dataAt - 4] & 0x80) !== 0
  return {
    edns: { udpSize: record.class, version: octets[dataAt - 5], dnssecOk, options },
    upperCode: octets[dataAt - 6],
  }
}

function parseRecord(
  octets: Uint8Array,
  names: NameReader,
  at: number,
  end: number,
): { record: DnsRecord; dataAt: number; end: number } | DnsFault {
  const owner = names.read(at)
  if (typeof owner === 'string') return owner
  const fixed = owner.end
  if (fixed + 10 > end) return 'truncated'
  const dataAt = fixed + 10
  const dataEnd = dataAt + readUint16(octets, fixed + 8)
  if (dataEnd > end) return 'truncated'
  const data = parseData(dnsTypeName(readUint16(octets, fixed)), octets, names, dataAt, dataEnd)
  if (typeof data === 'string') return data
  // RFC 2181 8: the highest bit set is no time to live; it is taken as none.
  const timeToLive = readUint32(octets, fixed + 4)
  const record = {
    name: owner.name,
    class: readUint16(octets, fixed + 2),
    timeToLive: timeToLive > 0x7fffffff ? 0 : timeToLive,
    ...data,
  }
  return { record, dataAt, end: dataEnd }
}

function parseData(type: DnsType, octets: Uint8Array, names: NameReader, at: number, end: number): DnsData | DnsFault {
  switch (type) {
    case 'A':
      return end - at === 4 ? { type, address: readUint32(octets, at) } : 'record data'
    case 'AAAA':
      return end - at === IPV6_OCTETS ? { type, address: readIpv6(octets, at) } : 'record data'
    case 'NS':
    case 'CNAME':
    case 'PTR': {
      const target = names.read(at, end)
      if (typeof target === 'string') return target
      return target.end === end ? { type, target: target.name } : 'record data'
    }
    case 'SOA': {
      const primary = names.read(at, end)
      if (typeof primary === 'string') return primary
      const mailbox = names.read(primary.end, end)
      if (typeof mailbox === 'string') return mailbox
      const i = mailbox.end
      if (end - i !== 20) return 'record data'
      return {
        type,
        primary: primary.name,
        mailbox: mailbox.name,
        serial: readUint32(octets, i),
        refresh: readUint32(octets, i + 4),
        retry: readUint32(octets, i + 8),
        expire: readUint32(octets, i + 12),
        minimum: readUint32(octets, i + 16),
      }
    }
    case 'MX': {
      if (end - at < 3) return 'record data'
      const exchange = names.read(at + 2, end)
      if (typeof exchange === 'string') return exchange
      if (exchange.end !== end) return 'record data'
      return { type, preference: readUint16(octets, at), exchange: exchange.name }
    }
    case 'TXT': {
      const texts: string[] = []
      let i = at
      while (i < end) {
        const to = i + 1 + octets[i]
        if (to > end) return 'record data'
        texts.push(readText(octets, i + 1, to))
        i = to
      }
      return texts.length > 0 ? { type, texts } : 'record data'
    }
    default:
      return { type, octets: octets.slice(at, end) }
  }
}

/**
 * The octets of a message, names compressed. Where it does not fit into `limit` octets, records are left out from the end
 * and TC is set (RFC 2181 9: unless only additional ones were). The OPT record is never left out (RFC 6891 7).
 * @throws RangeError when a name, a text or the response code of the message cannot be written
 */
export function emitDns(message: DnsMessage, limit = DNS_STREAM_LIMIT): Uint8Array {
  const { responseCode, edns } = message
  const code =
    responseCode in RESPONSE_CODES
      ? RESPONSE_CODES[responseCode as keyof typeof RESPONSE_CODES]
      : Number(responseCode.slice(5))
  if (code > (edns === undefined ? 0xf : 0xfff))
    throw new RangeError(`${responseCode} does not fit ${edns === undefined ? 'a message without EDNS' : '12 bits'}`)
  const room = limit - (edns === undefined ? 0 : OPT_OCTETS + edns.options.length)
  const octets: number[] = [...pair(message.id), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  const names = new NameWriter()
  for (const question of message.questions) {
    names.write(octets, question.name)
    octets.push(...pair(dnsTypeNumber(question.type)), ...pair(question.class))
  }
  let { truncated } = message
  let full = false
  const counts = [message.answers, message.authorities, message.additionals].map((records, section) => {
    let count = 0
    for (const record of full ? [] : records) {
      const before = octets.length
      emitRecord(record, octets, names)
      if (octets.length > room) {
        octets.length = before
        full = true
        truncated ||= section < 2
        break
      }
      count++
    }
    return count
  })
  if (edns !== undefined) {
    const { udpSize, version, dnssecOk, options } = edns
    octets.push(0, ...pair(TYPE_OPT), ...pair(udpSize), code >> 4, version, dnssecOk ? 0x80 : 0, 0)
    octets.push(...pair(options.length), ...options)
    counts[2]++
  }
  patchUint16(
    octets,
    2,
    (message.response ? 0x8000 : 0) |
      (message.opcode << 11) |
      (message.authoritative ? 0x0400 : 0) |
      (truncated ? 0x0200 : 0) |
      (message.recursionDesired ? 0x0100 : 0) |
      (message.recursionAvailable ? 0x0080 : 0) |
      (message.reserved << 4) |
      (code & 0xf),
  )
  patchUint16(octets, 4, message.questions.length)
  for (const [section, count] of counts.entries()) patchUint16(octets, 6 + 2 * section, count)
  return Uint8Array.from(octets)
}

function emitRecord(record: DnsRecord, octets: number[], names: NameWriter): void {
  names.write(octets, record.name)
  octets.push(...pair(dnsTypeNumber(record.type)), ...pair(record.class), ...word(record.timeToLive), 0, 0)
  const at = octets.length
  switch (record.type) {
    case 'A':
      octets.push(...word(record.address))
      break
    case 'AAAA': {
      const address = new Uint8Array(IPV6_OCTETS)
      writeIpv6(record.address, address, 0)
      octets.push(...address)
      break
    }
    case 'NS':
    case 'CNAME':
    case 'PTR':
      names.write(octets, record.target)
      break
    case 'SOA':
      names.write(octets, record.primary)
      names.write(octets, record.mailbox)
      for (const key of ['serial', 'refresh', 'retry', 'expire', 'minimum'] as const) octets.push(...word(record[key]))
      break
    case 'MX':
      octets.push(...pair(record.preference))
      names.write(octets, record.exchange)
      break
    case 'TXT':
      for (const text of record.texts) {
        if (text.length > 0xff)
          throw new RangeError(`a text of a TXT record has at most 255 octets, not ${text.length}`)
        octets.push(text.length, ...textOctets(text))
      }
      break
    default:
      octets.push(...record.octets)
  }
  patchUint16(octets, at - 2, octets.length - at)
}

function pair(value: number): [number, number] {
  return [(value >> 8) & 0xff, value & 0xff]
}

function word(value: number): [number, number, number, number] {
  return [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]
}
