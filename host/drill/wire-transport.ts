/** What is above IP in a packet, read and written plainly: segments, datagrams and messages of ICMP, for both families. */
import type { Family } from '../../firmware/net/ip.js'
import { readUint16, readUint32, writeUint16, writeUint32 } from '../../firmware/net/wire/octets.js'
import { keyed } from '../text/keyed.js'
import type { TcpOption } from './script.js'
import { WrongStatement } from './unsupported.js'

const [ICMP, TCP, UDP, ICMPV6] = [1, 6, 17, 58]
const TCP_OCTETS = 20
const UDP_OCTETS = 8
export const ICMP_OCTETS = 8
/** RFC 4443 3.2. */
const PACKET_TOO_BIG = 2

export interface WireSegment {
  readonly kind: 'tcp'
  readonly sourcePort: number
  readonly destinationPort: number
  /** With AE (RFC 9768) as a ninth. */
  readonly flags: number
  readonly sequence: number
  readonly acknowledgement: number
  readonly window: number
  readonly urgentPointer: number
  readonly options: readonly TcpOption[]
  readonly data: Uint8Array
}

export interface WireDatagram {
  readonly kind: 'udp'
  readonly sourcePort: number
  readonly destinationPort: number
  readonly data: Uint8Array
}

export interface WireMessage {
  readonly kind: 'icmp'
  readonly type: number
  readonly code: number
  /** Octets 4 and 5: what a query and its answer share. */
  readonly identifier: number
  /** Octets 6 and 7: the MTU of "fragmentation needed" (RFC 1191 4); of "packet too big" octets 4 to 7 (RFC 4443 3.2). */
  readonly mtu: number
  /** From octet 8 on: of an error, the quoted datagram. */
  readonly data: Uint8Array
}

export interface WireOther {
  readonly kind: 'other'
  readonly what: string
}

export type WireTransport = WireSegment | WireDatagram | WireMessage | WireOther

/** What an IP header says of what is behind it. */
export interface TransportPlace {
  readonly octets: Uint8Array
  readonly at: number
  readonly end: number
  readonly family: Family
  readonly protocol: number
  /** The sum of the addresses; undefined for what an ICMP message quotes, which may be cut short. */
  readonly addressSum: number | undefined
}

export function readWireTransport(place: TransportPlace, faults: string[]): WireTransport {
  const { at, end, family, protocol, addressSum } = place
  const pseudo = addressSum === undefined ? undefined : addressSum + protocol + (end - at)
  if (protocol === TCP) return readTcp(place.octets, at, end, pseudo, faults)
  if (protocol === UDP) return readUdp(place, pseudo, faults)
  if (protocol === icmpOf(family)) return readIcmp(place, pseudo, faults)
  return { kind: 'other', what: `IP protocol ${protocol} (${end - at} octets)` }
}

function icmpOf(family: Family): number {
  return family === 'ipv6' ? ICMPV6 : ICMP
}

function readTcp(
  octets: Uint8Array,
  at: number,
  end: number,
  pseudo: number | undefined,
  faults: string[],
): WireSegment {
  if (pseudo !== undefined && sum(octets, at, end, pseudo) !== 0xffff) faults.push('its TCP checksum is wrong')
  const headerOctets = (octets[at + 12] >> 4) * 4
  if (pseudo !== undefined && (headerOctets < TCP_OCTETS || at + headerOctets > end))
    faults.push(`its data offset is ${headerOctets / 4} words`)
  const options = Math.min(at + headerOctets, end)
  return {
    kind: 'tcp',
    sourcePort: readUint16(octets, at),
    destinationPort: readUint16(octets, at + 2),
    sequence: readUint32(octets, at + 4),
    acknowledgement: readUint32(octets, at + 8),
    flags: octets[at + 13] | ((octets[at + 12] & 1) << 8),
    window: readUint16(octets, at + 14),
    urgentPointer: readUint16(octets, at + 18),
    options: readOptions(octets, at + TCP_OCTETS, options, faults),
    data: octets.slice(options, end),
  }
}

function readOptions(octets: Uint8Array, begin: number, end: number, faults: string[]): TcpOption[] {
  const options: TcpOption[] = []
  for (let at = begin; at < end; ) {
    const kind = octets[at]
    if (kind === 0) {
      options.push({ kind: 'eol' })
      at++
      // RFC 9293 MUST-69: what follows is zero.
      if (octets.subarray(at, end).some((octet) => octet !== 0)) faults.push('octets follow the end of its options')
      break
    }
    if (kind === 1) {
      options.push({ kind: 'nop' })
      at++
      continue
    }
    const length = octets[at + 1]
    if (length < 2 || at + length > end) {
      faults.push(`its option ${kind} has a length of ${length}`)
      break
    }
    options.push(readOption(octets, at, kind, length))
    at += length
  }
  return options
}

function readOption(octets: Uint8Array, at: number, kind: number, length: number): TcpOption {
  if (kind === 2 && length === 4) return { kind: 'mss', value: readUint16(octets, at + 2) }
  if (kind === 3 && length === 3) return { kind: 'wscale', value: octets[at + 2] }
  if (kind === 4 && length === 2) return { kind: 'sackOK' }
  if (kind === 8 && length === 10)
    return { kind: 'TS', value: readUint32(octets, at + 2), echo: readUint32(octets, at + 6) }
  if (kind === 5 && (length - 2) % 8 === 0) {
    const blocks: [number, number][] = []
    for (let i = at + 2; i < at + length; i += 8) blocks.push([readUint32(octets, i), readUint32(octets, i + 4)])
    return { kind: 'sack', blocks }
  }
  const value = octets.slice(at + 2, at + length)
  return kind === 34 ? { kind: 'FO', cookie: value } : { kind: 'unknown', number: kind, octets: value }
}

function readUdp(
  { octets, at, end, family }: TransportPlace,
  pseudo: number | undefined,
  faults: string[],
): WireDatagram {
  const length = readUint16(octets, at + 4)
  if (pseudo !== undefined) {
    if (length !== end - at) faults.push(`its UDP length says ${length} octets, and there are ${end - at}`)
    if (readUint16(octets, at + 6) === 0) {
      // RFC 8200 8.1: unlike over IPv4, it is not optional.
      if (family === 'ipv6') faults.push('it has no UDP checksum')
    } else if (sum(octets, at, end, pseudo) !== 0xffff) faults.push('its UDP checksum is wrong')
  }
  const data =
    pseudo === undefined ? new Uint8Array(Math.max(0, length - UDP_OCTETS)) : octets.slice(at + UDP_OCTETS, end)
  return { kind: 'udp', sourcePort: readUint16(octets, at), destinationPort: readUint16(octets, at + 2), data }
}

function readIcmp(
  { octets, at, end, family }: TransportPlace,
  pseudo: number | undefined,
  faults: string[],
): WireMessage {
  const ofAddresses = family === 'ipv6' ? (pseudo ?? 0) : 0
  if (pseudo !== undefined && sum(octets, at, end, ofAddresses) !== 0xffff) faults.push('its ICMP checksum is wrong')
  const type = octets[at]
  const data = octets.slice(at + ICMP_OCTETS, end)
  const wide = family === 'ipv6' && type === PACKET_TOO_BIG
  return {
    kind: 'icmp',
    type,
    code: octets[at + 1],
    identifier: wide ? 0 : readUint16(octets, at + 4),
    mtu: wide ? readUint32(octets, at + 4) : readUint16(octets, at + 6),
    data,
  }
}

/** @param addressSum the sum of the addresses @throws WrongStatement where it cannot be sent */
export function writeWireTransport(
  transport: WireTransport,
  family: Family,
  addressSum: number,
): { readonly protocol: number; readonly octets: Uint8Array } {
  const { protocol, octets, sumAt } = unsealed(transport, family)
  const pseudo = protocol === ICMP ? 0 : addressSum + protocol + octets.length
  const value = ~sum(octets, 0, octets.length, pseudo) & 0xffff
  writeUint16(octets, sumAt, protocol === UDP && value === 0 ? 0xffff : value)
  return { protocol, octets }
}

function unsealed(
  transport: WireTransport,
  family: Family,
): { readonly protocol: number; readonly octets: Uint8Array; readonly sumAt: number } {
  switch (transport.kind) {
    case 'tcp': {
      const options = transport.options.flatMap(optionOctets)
      while (options.length % 4 !== 0) options.push(0)
      if (options.length > 40) throw new WrongStatement(keyed('pkt.options-too-long', { octets: options.length }))
      const at = TCP_OCTETS + options.length
      const octets = new Uint8Array(at + transport.data.length)
      writeUint16(octets, 0, transport.sourcePort)
      writeUint16(octets, 2, transport.destinationPort)
      writeUint32(octets, 4, transport.sequence)
      writeUint32(octets, 8, transport.acknowledgement)
      octets[12] = ((at / 4) << 4) | (transport.flags >> 8)
      octets[13] = transport.flags
      writeUint16(octets, 14, transport.window)
      writeUint16(octets, 18, transport.urgentPointer)
      octets.set(options, TCP_OCTETS)
      octets.set(transport.data, at)
      return { protocol: TCP, octets, sumAt: 16 }
    }
    case 'udp': {
      const octets = new Uint8Array(UDP_OCTETS + transport.data.length)
      writeUint16(octets, 0, transport.sourcePort)
      writeUint16(octets, 2, transport.destinationPort)
      writeUint16(octets, 4, octets.length)
      octets.set(transport.data, UDP_OCTETS)
      return { protocol: UDP, octets, sumAt: 6 }
    }
    case 'icmp': {
      const octets = new Uint8Array(ICMP_OCTETS + transport.data.length)
      octets[0] = transport.type
      octets[1] = transport.code
      if (family === 'ipv6' && transport.type === PACKET_TOO_BIG) writeUint32(octets, 4, transport.mtu)
      else {
        writeUint16(octets, 4, transport.identifier)
        writeUint16(octets, 6, transport.mtu)
      }
      octets.set(transport.data, ICMP_OCTETS)
      return { protocol: icmpOf(family), octets, sumAt: 2 }
    }
    default:
      throw new WrongStatement(keyed('pkt.cannot-send', { what: transport.what }))
  }
}

function optionOctets(option: TcpOption): number[] {
  switch (option.kind) {
    case 'eol':
      return [0]
    case 'nop':
      return [1]
    case 'mss':
      return [2, 4, option.value >> 8, option.value & 0xff]
    case 'wscale':
      return [3, 3, option.value]
    case 'sackOK':
      return [4, 2]
    case 'sack':
      return [5, 2 + 8 * option.blocks.length, ...option.blocks.flat().flatMap(word)]
    case 'TS':
      return [8, 10, ...word(known(option.value)), ...word(known(option.echo))]
    case 'FO':
      return [34, 2 + option.cookie.length, ...option.cookie]
    case 'unknown':
      return [option.number, 2 + option.octets.length, ...option.octets]
    case 'raw':
      return [...option.octets]
  }
}

/** A number of a timestamp that is sent. */
function known(value: number | 'any'): number {
  if (value === 'any') throw new WrongStatement(keyed('pkt.any-injected'))
  return value
}

function word(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]
}

/** RFC 1071, two octets at a time: slow and plain. */
export function sum(octets: Uint8Array, begin: number, end: number, initial = 0): number {
  let total = initial
  for (let at = begin; at < end; at += 2) total += octets[at] * 256 + (at + 1 < end ? octets[at + 1] : 0)
  while (total > 0xffff) total = (total % 0x10000) + Math.floor(total / 0x10000)
  return total
}
