/**
 * Packets as octets, written and read plainly and apart from the stack's own code, so that what the stack puts on the wire is
 * judged by someone else: every checksum is taken again, every option read in its order.
 */
import type { Ipv4Address, MacAddress } from '../../firmware/net/address.js'
import { readUint16, readUint32, writeUint16, writeUint32 } from '../../firmware/net/wire/octets.js'
import { keyed } from '../text/keyed.js'
import type { TcpOption } from './script.js'
import { WrongStatement } from './unsupported.js'

const ETHERNET = 14
const IPV4 = 20
const TCP = 20
const UDP = 8
const ICMP = 8

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
  /** Octets 6 and 7: the MTU of "fragmentation needed". */
  readonly mtu: number
  /** From octet 8 on: of an error, the quoted datagram. */
  readonly data: Uint8Array
}

export interface WireOther {
  readonly kind: 'other'
  readonly what: string
}

export interface WireNetwork {
  readonly source: Ipv4Address
  readonly destination: Ipv4Address
  readonly timeToLive: number
  readonly trafficClass: number
}

export interface WirePacket extends WireNetwork {
  readonly transport: WireSegment | WireDatagram | WireMessage | WireOther
  /** What is wrong with its form. */
  readonly faults: readonly string[]
}

/** @returns undefined for a frame without IPv4 in it. */
export function readWirePacket(frame: Uint8Array): WirePacket | undefined {
  if (frame.length < ETHERNET + IPV4 || readUint16(frame, 12) !== 0x0800) return undefined
  return readIpv4(frame, ETHERNET, frame.length)
}

/** @param whole false for what an ICMP message quotes, which may be cut short */
export function readIpv4(octets: Uint8Array, at: number, limit: number, whole = true): WirePacket {
  const faults: string[] = []
  const headerOctets = (octets[at] & 0xf) * 4
  const total = readUint16(octets, at + 2)
  if (whole && total > limit - at) faults.push(`its total length says ${total} octets, and there are ${limit - at}`)
  if (sum(octets, at, at + headerOctets) !== 0xffff) faults.push('its IPv4 header checksum is wrong')
  const end = Math.min(at + total, limit)
  const source = readUint32(octets, at + 12)
  const destination = readUint32(octets, at + 16)
  const protocol = octets[at + 9]
  const payload = at + headerOctets
  const fragment = readUint16(octets, at + 6) & 0x3fff
  const pseudo = whole ? sum(octets, at + 12, at + 20) + protocol + (end - payload) : undefined
  let transport: WirePacket['transport']
  if (fragment !== 0) {
    const more = fragment & 0x2000 ? ', more follow' : ''
    transport = { kind: 'other', what: `fragment at ${(fragment & 0x1fff) * 8} (${end - payload} octets${more})` }
  } else if (protocol === 6) transport = readTcp(octets, payload, end, pseudo, faults)
  else if (protocol === 17) transport = readUdp(octets, payload, end, pseudo, faults)
  else if (protocol === 1) transport = readIcmp(octets, payload, end, faults)
  else transport = { kind: 'other', what: `IP protocol ${protocol} (${end - payload} octets)` }
  return { source, destination, timeToLive: octets[at + 8], trafficClass: octets[at + 1], transport, faults }
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
  if (pseudo !== undefined && (headerOctets < TCP || at + headerOctets > end))
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
    options: readOptions(octets, at + TCP, options, faults),
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
  octets: Uint8Array,
  at: number,
  end: number,
  pseudo: number | undefined,
  faults: string[],
): WireDatagram {
  const length = readUint16(octets, at + 4)
  if (pseudo !== undefined) {
    if (length !== end - at) faults.push(`its UDP length says ${length} octets, and there are ${end - at}`)
    if (readUint16(octets, at + 6) !== 0 && sum(octets, at, end, pseudo) !== 0xffff)
      faults.push('its UDP checksum is wrong')
  }
  const data = pseudo === undefined ? new Uint8Array(Math.max(0, length - UDP)) : octets.slice(at + UDP, end)
  return { kind: 'udp', sourcePort: readUint16(octets, at), destinationPort: readUint16(octets, at + 2), data }
}

function readIcmp(octets: Uint8Array, at: number, end: number, faults: string[]): WireMessage {
  if (sum(octets, at, end) !== 0xffff) faults.push('its ICMP checksum is wrong')
  const data = octets.slice(at + ICMP, end)
  const [identifier, mtu] = [readUint16(octets, at + 4), readUint16(octets, at + 6)]
  return { kind: 'icmp', type: octets[at], code: octets[at + 1], identifier, mtu, data }
}

/**
 * A packet with everything in it right, whatever it says: a frame, or one for each fragment (RFC 791 3.2).
 * @throws WrongStatement when it is no IP datagram any more
 */
export function writeFrames(
  to: MacAddress,
  from: MacAddress,
  network: WireNetwork,
  transport: WirePacket['transport'],
  mtu: number,
): Uint8Array[] {
  const whole = writeIpv4(network, transport)
  const frame = (packet: Uint8Array) => {
    const octets = new Uint8Array(ETHERNET + packet.length)
    octets.set(to, 0)
    octets.set(from, 6)
    writeUint16(octets, 12, 0x0800)
    octets.set(packet, ETHERNET)
    return octets
  }
  if (whole.length <= mtu) return [frame(whole)]
  if (whole.length > 0xffff) throw new WrongStatement(keyed('pkt.datagram-too-long', { octets: whole.length }))
  const most = (mtu - IPV4) & ~7
  const frames: Uint8Array[] = []
  for (let at = IPV4; at < whole.length; at += most) {
    const part = whole.subarray(at, at + most)
    const packet = new Uint8Array(IPV4 + part.length)
    packet.set(whole.subarray(0, IPV4))
    packet.set(part, IPV4)
    writeUint16(packet, 2, packet.length)
    // Every datagram of a script has another sum, and with it another identification: enough, as none overlaps another.
    writeUint16(packet, 4, sum(whole, 0, whole.length))
    writeUint16(packet, 6, ((at - IPV4) >> 3) | (at + most < whole.length ? 0x2000 : 0))
    writeUint16(packet, 10, 0)
    writeUint16(packet, 10, ~sum(packet, 0, IPV4) & 0xffff)
    frames.push(frame(packet))
  }
  return frames
}

export function writeIpv4(network: WireNetwork, transport: WirePacket['transport']): Uint8Array {
  const [protocol, payload] = writeTransport(transport)
  const octets = new Uint8Array(IPV4 + payload.length)
  octets[0] = 0x45
  octets[1] = network.trafficClass
  writeUint16(octets, 2, octets.length)
  // Don't fragment.
  writeUint16(octets, 6, 0x4000)
  octets[8] = network.timeToLive
  octets[9] = protocol
  writeUint32(octets, 12, network.source)
  writeUint32(octets, 16, network.destination)
  writeUint16(octets, 10, ~sum(octets, 0, IPV4) & 0xffff)
  octets.set(payload, IPV4)
  const pseudo = sum(octets, 12, 20) + protocol + payload.length
  const sumAt = { 1: 2, 6: 16, 17: 6 }[protocol]
  if (sumAt !== undefined) {
    const value = ~sum(octets, IPV4, octets.length, protocol === 1 ? 0 : pseudo) & 0xffff
    writeUint16(octets, IPV4 + sumAt, protocol === 17 && value === 0 ? 0xffff : value)
  }
  return octets
}

function writeTransport(transport: WirePacket['transport']): [protocol: number, octets: Uint8Array] {
  switch (transport.kind) {
    case 'tcp': {
      const options = transport.options.flatMap(optionOctets)
      while (options.length % 4 !== 0) options.push(0)
      if (options.length > 40) throw new WrongStatement(keyed('pkt.options-too-long', { octets: options.length }))
      const at = TCP + options.length
      const octets = new Uint8Array(at + transport.data.length)
      writeUint16(octets, 0, transport.sourcePort)
      writeUint16(octets, 2, transport.destinationPort)
      writeUint32(octets, 4, transport.sequence)
      writeUint32(octets, 8, transport.acknowledgement)
      octets[12] = ((at / 4) << 4) | (transport.flags >> 8)
      octets[13] = transport.flags
      writeUint16(octets, 14, transport.window)
      writeUint16(octets, 18, transport.urgentPointer)
      octets.set(options, TCP)
      octets.set(transport.data, at)
      return [6, octets]
    }
    case 'udp': {
      const octets = new Uint8Array(UDP + transport.data.length)
      writeUint16(octets, 0, transport.sourcePort)
      writeUint16(octets, 2, transport.destinationPort)
      writeUint16(octets, 4, octets.length)
      octets.set(transport.data, UDP)
      return [17, octets]
    }
    case 'icmp': {
      const octets = new Uint8Array(ICMP + transport.data.length)
      octets[0] = transport.type
      octets[1] = transport.code
      writeUint16(octets, 4, transport.identifier)
      writeUint16(octets, 6, transport.mtu)
      octets.set(transport.data, ICMP)
      return [1, octets]
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
function sum(octets: Uint8Array, begin: number, end: number, initial = 0): number {
  let total = initial
  for (let at = begin; at < end; at += 2) total += octets[at] * 256 + (at + 1 < end ? octets[at + 1] : 0)
  while (total > 0xffff) total = (total % 0x10000) + Math.floor(total / 0x10000)
  return total
}
