/** Packets: what stands after `<` or `>`. */
import { addressExample, type IpAddress } from '../../firmware/net/ip.js'
import { ACK, CWR, ECE, FIN, PSH, RST, SYN, URG } from '../../firmware/net/wire/tcp.js'
import { keyed } from '../text/keyed.js'
import { FAMILY_NAMES, scriptAddress } from './addresses.js'
import { parseIcmpMessage, parseQuoted } from './parse-icmp.js'
import { numberBehind, parenthesised, parseSequence, UINT16, UINT20, UINT32, WORD } from './parse-number.js'
import { parseOptions } from './parse-options.js'
import type { Reader } from './reader.js'
import { ECN_NAMES, type IcmpFields, type NetworkFields, type Packet, type TcpFields } from './script.js'

/** The bit above the header's eight flags (RFC 9768 3.1). */
const AE = 0x100

/** Flags by packetdrill's letters; a dot is ACK, and a hyphen stands for none. */
export const FLAG_LETTERS: readonly (readonly [letter: string, flag: number])[] = [
  ['F', FIN],
  ['S', SYN],
  ['R', RST],
  ['P', PSH],
  ['U', URG],
  ['E', ECE],
  ['W', CWR],
  ['A', AE],
  ['.', ACK],
]

/** Behind the dot the counter that AE, CWR and ECE are together (RFC 9768 3.2.2). */
const FLAGS = /[FSRPUEWA]+(?:\.(?:[0-7](?![\d:]))?)?|\.(?:[0-7](?![\d:]))?|-/y
const PORTS = /\d+\s*>\s*\d+(?![\d:])/y
const ADDRESS = /[\da-f]*:[\da-f:.]+|\d+\.\d+\.\d+\.\d+/iy
/** Protocols that packetdrill and its descendants know besides. */
const NOT_HERE = ['sctp', 'udplite', 'dccp', 'psp']

export function parsePacket(reader: Reader, direction: Packet['direction']): Packet {
  const kind = 'packet'
  let network: NetworkFields = {}
  let quotes: IcmpFields['quotes']
  const closer = reader.accept('[') ? ']' : reader.accept('(') ? ')' : undefined
  if (closer !== undefined) {
    // In the oldest form the quoted segment stands before `icmp`.
    quotes = closer === ']' ? parseQuoted(reader) : undefined
    if (quotes === undefined) network = parseNetworkFields(reader)
    reader.expect(closer, keyed('pkt.where.brackets'))
  }
  network = { ...network, ...parsePorts(reader, direction) }
  reader.skip()
  const begin = reader.at
  const word = reader.take(WORD)
  if (word === 'icmp') return { kind, direction, network, transport: parseIcmpMessage(reader, quotes) }
  if (quotes !== undefined) reader.fail(keyed('pkt.only-icmp-quotes'), begin)
  if (word === 'udp') {
    network = { ...network, ...parsePorts(reader, direction) }
    return {
      kind,
      direction,
      network,
      transport: { kind: 'udp', length: parenthesised(reader, keyed('pkt.what.datagram')) },
    }
  }
  if (word === 'ipv4' || word === 'ipv6' || word === 'gre' || word === 'mpls')
    reader.fail(keyed('pkt.packets-in-packets', { word }), begin)
  if (word !== undefined && NOT_HERE.includes(word)) reader.fail(keyed('pkt.other-transport', { word }), begin)
  reader.at = begin
  return { kind, direction, network, transport: parseTcp(reader) }
}

/** `40001 > 8080`, as the packet has them: source and destination. */
function parsePorts(reader: Reader, direction: Packet['direction']): NetworkFields {
  const text = reader.take(PORTS)
  if (text === undefined) return {}
  const [source, destination] = text.split('>').map(Number)
  for (const port of [source, destination])
    if (port > UINT16) reader.fail(keyed('pkt.number-too-large', { what: 'port', largest: UINT16, text: String(port) }))
  return direction === 'inject' ? { port: source, localPort: destination } : { port: destination, localPort: source }
}

function parseNetworkFields(reader: Reader): NetworkFields {
  const fields: { -readonly [Name in keyof NetworkFields]: NetworkFields[Name] } = {}
  do {
    reader.skip()
    const place = reader.at
    const word = reader.take(WORD)
    const ecn = ECN_NAMES.find((name) => name === word)
    if (ecn !== undefined) fields.ecn = ecn
    else if (word === 'tos') fields.trafficClass = numberBehind(reader, 'tos', 255)
    else if (word === 'ttl' || word === 'hlim') fields.timeToLive = numberBehind(reader, word, 255)
    else if (word === 'flowlabel') fields.flowLabel = numberBehind(reader, 'flowlabel', UINT20)
    else if (word === 'port') fields.port = numberBehind(reader, 'port', UINT16)
    else if (word === 'from') fields.from = address(reader, word)
    else if (word === 'to') fields.to = address(reader, word)
    else reader.fail(keyed('pkt.expected-network-field', { ecn: [...ECN_NAMES], found: reader.foundAt(place) }), place)
  } while (reader.accept(','))
  return fields
}

function parseTcp(reader: Reader): TcpFields {
  const letters = reader.take(FLAGS)
  if (letters === undefined) reader.fail(keyed('pkt.expected-flags', { found: reader.found() }))
  const flags = flagsOf(letters)
  const { sequence, length } = parseSequence(reader)
  let acknowledgement: number | undefined
  let window: number | undefined
  let urgentPointer: number | undefined
  for (;;) {
    const place = reader.at
    const word = reader.take(WORD)
    if (word === 'ack') acknowledgement = numberBehind(reader, word, UINT32)
    else if (word === 'win') window = numberBehind(reader, word, UINT16)
    else if (word === 'urg') urgentPointer = numberBehind(reader, word, UINT16)
    else {
      reader.at = place
      break
    }
  }
  if ((flags & ACK) !== 0) acknowledgement ??= 0
  const options = reader.accept('<') ? parseOptions(reader) : []
  if (reader.next('{')) reader.fail(keyed('pkt.mutations'))
  return {
    kind: 'tcp',
    flags,
    sequence,
    length,
    ...(acknowledgement !== undefined && { acknowledgement }),
    ...(window !== undefined && { window }),
    ...(urgentPointer !== undefined && { urgentPointer }),
    options,
  }
}

function flagsOf(letters: string): number {
  let flags = 0
  for (const [letter, flag] of FLAG_LETTERS) if (letters.includes(letter)) flags |= flag
  const [, counter] = /(\d)$/.exec(letters) ?? []
  const value = Number(counter ?? 0)
  return flags | ((value & 4) !== 0 ? AE : 0) | ((value & 2) !== 0 ? CWR : 0) | ((value & 1) !== 0 ? ECE : 0)
}

function address(reader: Reader, what: string): IpAddress {
  reader.skip()
  const { at } = reader
  const found = scriptAddress(reader.family, reader.take(ADDRESS) ?? '')
  if (found === undefined) {
    const { family } = reader
    reader.fail(keyed('pkt.expected-address', { what, family: FAMILY_NAMES[family], as: addressExample(family) }), at)
  }
  return found
}
