/** Packets: what stands after `<` or `>`. */
import { parseIpv4 } from '../../firmware/net/address.js'
import { ACK, CWR, ECE, FIN, PSH, RST, SYN, URG } from '../../firmware/net/wire/tcp.js'
import { ICMP_CODES, ICMP_TYPES } from './names.js'
import type { Reader } from './reader.js'
import {
  ECN_NAMES,
  type IcmpFields,
  type NetworkFields,
  type Packet,
  type TcpFields,
  type TcpOption,
} from './script.js'

/** Flags by packetdrill's letters; a dot is ACK, and a hyphen stands for none. */
export const FLAG_LETTERS: readonly (readonly [letter: string, flag: number])[] = [
  ['F', FIN],
  ['S', SYN],
  ['R', RST],
  ['P', PSH],
  ['U', URG],
  ['E', ECE],
  ['W', CWR],
  ['.', ACK],
]

const FLAGS = /[FSRPUEW]+\.?|\.|-/y
const WORD = /[A-Za-z_]\w*/y
const DECIMAL = /\d+/y
const NUMBER = /0x[0-9a-f]+|\d+/iy
const SEQUENCE = /\d+:\d+\(\d+\)/y
const ADDRESS = /\d+\.\d+\.\d+\.\d+/y
const HEXADECIMAL = /(?:0x)?([0-9a-f]+)/iy
const UINT16 = 0xffff
const UINT32 = 0xffffffff

export function parsePacket(reader: Reader, direction: Packet['direction']): Packet {
  const kind = 'packet'
  let network: NetworkFields = {}
  let quotes: IcmpFields['quotes']
  if (reader.accept('[')) {
    // In the oldest form the quoted segment stands before `icmp`.
    quotes = parseQuoted(reader)
    if (quotes === undefined) network = parseNetworkFields(reader)
    reader.expect(']', 'at the end of what stands in brackets')
  }
  const begin = reader.at
  const word = reader.take(WORD)
  if (word === 'icmp') return { kind, direction, network, transport: parseIcmp(reader, quotes) }
  if (quotes !== undefined) reader.fail('only icmp quotes a segment: write [1:1001(1000)] after or before "icmp …"')
  if (word === 'udp') return { kind, direction, network, transport: { kind: 'udp', length: parenthesised(reader) } }
  if (word === 'ipv4' || word === 'ipv6' || word === 'gre' || word === 'mpls')
    reader.fail(`packets in packets (${word} …) are not supported: write the inner packet alone`, begin)
  reader.at = begin
  return { kind, direction, network, transport: parseTcp(reader) }
}

function parseNetworkFields(reader: Reader): NetworkFields {
  const fields: { -readonly [Name in keyof NetworkFields]: NetworkFields[Name] } = {}
  do {
    const word = reader.take(WORD)
    const ecn = ECN_NAMES.find((name) => name === word)
    if (ecn !== undefined) fields.ecn = ecn
    else if (word === 'tos') fields.trafficClass = number(reader, 'tos', 255)
    else if (word === 'ttl') fields.timeToLive = number(reader, 'ttl', 255)
    else if (word === 'port') fields.port = number(reader, 'port', UINT16)
    else if (word === 'from') fields.from = address(reader, word)
    else if (word === 'to') fields.to = address(reader, word)
    else
      reader.fail(
        `expected ${ECN_NAMES.join(', ')}, tos N, ttl N, port N, from ADDRESS or to ADDRESS in brackets, but ${word === undefined ? reader.found() : `found "${word}"`}`,
      )
  } while (reader.accept(','))
  return fields
}

function parseTcp(reader: Reader): TcpFields {
  const begin = reader.at
  const letters = reader.take(FLAGS)
  if (letters === undefined)
    reader.fail(
      `expected the flags of a segment (letters of FSRPUEW, a dot for ACK, - for none), icmp or udp, but ${reader.found()}`,
    )
  let flags = 0
  for (const [letter, flag] of FLAG_LETTERS) if (letters.includes(letter)) flags |= flag
  const { sequence, length } = parseSequence(reader)
  let acknowledgement: number | undefined
  let window: number | undefined
  let urgentPointer: number | undefined
  for (;;) {
    const place = reader.at
    const word = reader.take(WORD)
    if (word === 'ack') acknowledgement = number(reader, word, UINT32)
    else if (word === 'win') window = number(reader, word, UINT16)
    else if (word === 'urg') urgentPointer = number(reader, word, UINT16)
    else {
      reader.at = place
      break
    }
  }
  if (acknowledgement === undefined && (flags & ACK) !== 0)
    reader.fail('this segment has the ACK flag (the dot) and no ack number: add "ack N"', begin)
  return {
    kind: 'tcp',
    flags,
    sequence,
    length,
    ...(acknowledgement !== undefined && { acknowledgement }),
    ...(window !== undefined && { window }),
    ...(urgentPointer !== undefined && { urgentPointer }),
    options: reader.accept('<') ? parseOptions(reader) : [],
  }
}

/** `1:1001(1000)`: first octet, the one after the last, how many. SYN and FIN do not count. */
function parseSequence(reader: Reader): { sequence: number; length: number } {
  const text = reader.take(SEQUENCE)
  if (text === undefined)
    reader.fail(
      `expected sequence numbers as 1:1001(1000) (first, one after the last, octets of data), but ${reader.found()}`,
    )
  const [sequence, end, length] = text.split(/[:()]/).map(Number)
  if (sequence > UINT32 || end > UINT32) reader.fail(`${text}: a sequence number has 32 bits`)
  if (length > UINT16) reader.fail(`${text}: an IP datagram has at most 65535 octets`)
  if ((sequence + length) % 2 ** 32 !== end)
    reader.fail(`${text} does not add up: ${sequence} and ${length} octets make ${(sequence + length) % 2 ** 32}`)
  return { sequence, length }
}

function parseOptions(reader: Reader): TcpFields['options'] {
  if (reader.accept('...')) {
    reader.expect('>', 'after <...')
    return 'any'
  }
  const options: TcpOption[] = []
  if (reader.accept('>')) return options
  do options.push(parseOption(reader))
  while (reader.accept(','))
  reader.expect('>', 'or a comma after a TCP option')
  return options
}

function parseOption(reader: Reader): TcpOption {
  const begin = reader.at
  const word = reader.take(WORD)
  switch (word) {
    case 'nop':
    case 'eol':
    case 'sackOK':
      return { kind: word }
    case 'mss':
      return { kind: word, value: number(reader, word, UINT16) }
    case 'wscale':
      return { kind: word, value: number(reader, word, 255) }
    case 'TS': {
      reader.expect('val', 'after TS')
      const value = number(reader, 'val', UINT32)
      reader.expect('ecr', "after TS's val")
      return { kind: word, value, echo: number(reader, 'ecr', UINT32) }
    }
    case 'sack': {
      const blocks: [number, number][] = []
      for (let block = reader.take(/\d+:\d+/y); block !== undefined; block = reader.take(/\d+:\d+/y)) {
        const [left, right] = block.split(':').map(Number)
        blocks.push([left, right])
      }
      if (blocks.length === 0) reader.fail(`expected blocks after sack, as 1001:2001, but ${reader.found()}`)
      return { kind: word, blocks }
    }
    case 'FO':
      return { kind: word, cookie: octets(reader.take(HEXADECIMAL) ?? '') }
    case 'unknown': {
      const kind = number(reader, word, 255)
      return { kind: word, number: kind, octets: octets(reader.take(HEXADECIMAL) ?? '') }
    }
    case 'raw':
      return { kind: word, octets: octets(reader.take(HEXADECIMAL) ?? '') }
    default:
      return reader.fail(
        `the TCP option ${word === undefined ? reader.found() : `"${word}"`} is not supported: it is mss N, wscale N, sackOK, sack A:B, TS val N ecr N, FO COOKIE, nop, eol, unknown KIND HEX or raw HEX`,
        begin,
      )
  }
}

function octets(hexadecimal: string): Uint8Array {
  const text = hexadecimal.length % 2 === 0 ? hexadecimal : `0${hexadecimal}`
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function parseIcmp(reader: Reader, before: IcmpFields['quotes']): IcmpFields {
  const begin = reader.at
  const word = reader.take(WORD)
  const type = ICMP_TYPES.get(word ?? '')
  if (type === undefined)
    reader.fail(`there is no ICMP type "${word ?? ''}": it is one of ${[...ICMP_TYPES.keys()].join(', ')}`, begin)
  const codes = ICMP_CODES.get(type) ?? []
  let code = 0
  let mtu: number | undefined
  let quotes = before
  for (;;) {
    const place = reader.at
    const next = reader.take(WORD)
    if (next === 'mtu') mtu = number(reader, next, UINT16)
    else if (next === 'code') code = number(reader, next, 255)
    else if (next !== undefined) {
      code = codes.indexOf(next)
      if (code < 0) reader.fail(`${word} has no code "${next}": it is one of ${codes.join(', ')}`, place)
    } else if (reader.accept('[')) {
      quotes = parseQuoted(reader)
      if (quotes === undefined)
        reader.fail(`expected what is quoted, as [1:1001(1000)] or [udp (1000)], but ${reader.found()}`)
      reader.expect(']', 'after what is quoted')
    } else break
  }
  return { kind: 'icmp', type, code, ...(mtu !== undefined && { mtu }), ...(quotes !== undefined && { quotes }) }
}

function parseQuoted(reader: Reader): IcmpFields['quotes'] {
  reader.skip()
  if (/^\d+:/.test(reader.text.slice(reader.at, reader.at + 12))) return { kind: 'tcp', ...parseSequence(reader) }
  const place = reader.at
  if (reader.take(WORD) === 'udp') return { kind: 'udp', length: parenthesised(reader) }
  reader.at = place
  return undefined
}

function parenthesised(reader: Reader): number {
  reader.expect('(', 'before the octets of a datagram')
  const text = reader.take(DECIMAL)
  if (text === undefined) reader.fail(`expected the octets of data in a datagram, but ${reader.found()}`)
  reader.expect(')', 'after the octets of a datagram')
  return Number(text)
}

function number(reader: Reader, what: string, largest: number): number {
  const text = reader.take(NUMBER)
  if (text === undefined) reader.fail(`expected a number after "${what}", but ${reader.found()}`)
  if (Number(text) > largest) reader.fail(`"${what}" is at most ${largest}, not ${text}`)
  return Number(text)
}

function address(reader: Reader, what: string): string {
  const text = reader.take(ADDRESS)
  if (text === undefined || parseIpv4(text) === undefined)
    reader.fail(`expected an IPv4 address after "${what}", as 192.0.2.1`)
  return text
}
