/**
 * A frame taken apart, field by field: names as the standards have them, values, octets, and whether the checksums hold. It reads on as far as the
 * lengths in the headers lead, whatever else is wrong with them: what a receiver would not take is what is to be looked at.
 */
import { formatIpv4, formatMac } from '../../../firmware/net/address.js'
import { ARP_OCTETS, ARP_REPLY, ARP_REQUEST, parseArp } from '../../../firmware/net/wire/arp.js'
import { checksum } from '../../../firmware/net/wire/checksum.js'
import { ETHERTYPE_ARP, ETHERTYPE_IPV4, parseEthernet } from '../../../firmware/net/wire/ethernet.js'
import {
  ICMP_DESTINATION_UNREACHABLE,
  ICMP_ECHO,
  ICMP_ECHO_REPLY,
  ICMP_HEADER_OCTETS,
  ICMP_REDIRECT,
  ICMP_TIME_EXCEEDED,
} from '../../../firmware/net/wire/icmp.js'
import { IPV4_HEADER_OCTETS } from '../../../firmware/net/wire/ipv4.js'
import { readUint16, readUint32 } from '../../../firmware/net/wire/octets.js'
import { controlBitNames } from '../../../firmware/net/wire/print/tcp.js'
import { PROTOCOL_ICMP, PROTOCOL_TCP, PROTOCOL_UDP } from '../../../firmware/net/wire/protocols.js'
import { ipv4PseudoHeader } from '../../../firmware/net/wire/pseudo-header.js'
import { TCP_HEADER_OCTETS } from '../../../firmware/net/wire/tcp.js'
import { UDP_HEADER_OCTETS } from '../../../firmware/net/wire/udp.js'
import { hexText } from '../../../firmware/text/hex-text.js'
import { hexOctets } from '../../hex-octets.js'
import { type PlainKey, type Told, told } from '../words/told.js'

export const HEADER_LAYERS = ['ethernet', 'arp', 'ipv4', 'icmp', 'tcp', 'udp', 'data'] as const
export type HeaderLayer = (typeof HEADER_LAYERS)[number]

export interface HeaderField {
  readonly layer: HeaderLayer
  readonly name: Told
  /** As a person writes it; empty where the octets say it best. */
  readonly value: string | Told
  /** In the frame, hexadecimal. */
  readonly octets: string
  readonly wrong?: boolean
}

const FCS_OCTETS = 4
/** Octets of data that are shown. */
const MOST_DATA = 8
const PROTOCOL_NAMES: Readonly<Record<number, string>> = {
  [PROTOCOL_ICMP]: 'ICMP',
  [PROTOCOL_TCP]: 'TCP',
  [PROTOCOL_UDP]: 'UDP',
}

type FieldName = Extract<PlainKey, `header.field.${string}`> extends `header.field.${infer Name}` ? Name : never
type Value = string | Told

/** The fields of one header, one after the other from where it begins. */
class Fields {
  readonly list: HeaderField[] = []
  #at: number

  constructor(
    readonly frame: Uint8Array,
    readonly layer: HeaderLayer,
    at: number,
  ) {
    this.#at = at
  }

  add(name: FieldName, octets: number, value: Value = '', wrong = false): this {
    const from = this.#at
    this.#at += octets
    const hex = hexOctets(this.frame.subarray(from, this.#at))
    this.list.push({
      layer: this.layer,
      name: told(`header.field.${name}`),
      value,
      octets: hex,
      ...(wrong ? { wrong } : {}),
    })
    return this
  }

  number(name: FieldName, octets: 1 | 2 | 4): this {
    const { frame } = this
    const at = this.#at
    return this.add(
      name,
      octets,
      `${octets === 1 ? frame[at] : octets === 2 ? readUint16(frame, at) : readUint32(frame, at)}`,
    )
  }

  /** @param right undefined: nobody can say */
  checksum(name: FieldName, right: boolean | undefined): this {
    const sum = hexText(readUint16(this.frame, this.#at), 4)
    if (right === undefined) return this.add(name, 2, sum)
    return this.add(name, 2, told(right ? 'header.value.right' : 'header.value.wrong', { sum }), !right)
  }
}

/** @param frame destination address to FCS */
export function headerFields(frame: Uint8Array): readonly HeaderField[] {
  const end = frame.length - FCS_OCTETS
  const ethernet = parseEthernet(frame.subarray(0, end))
  if (ethernet === undefined) return []
  const { destination, source, etherType, payloadAt } = ethernet
  const front = new Fields(frame, 'ethernet', 0)
    .add('destination', 6, formatMac(destination))
    .add('source', 6, formatMac(source))
    .add('type', payloadAt - 12, `${hexText(etherType, 4)}${typeName(etherType)}`)
  const { fields, to } = payload(frame, etherType, payloadAt, end)
  const behind = new Fields(frame, 'ethernet', to)
  if (to < end) behind.add('pad', end - to, told('header.value.octets', { octets: end - to }))
  return [...front.list, ...fields, ...behind.add('fcs', FCS_OCTETS).list]
}

/** What a frame carries, and where it ends. */
interface Payload {
  readonly fields: readonly HeaderField[]
  readonly to: number
}

const typeName = (etherType: number) =>
  etherType === ETHERTYPE_ARP ? ' ARP' : etherType === ETHERTYPE_IPV4 ? ' IPv4' : ''

function payload(frame: Uint8Array, etherType: number, at: number, end: number): Payload {
  if (etherType === ETHERTYPE_ARP) {
    const fields = arpFields(frame, at, end)
    if (fields !== undefined) return { fields, to: at + ARP_OCTETS }
  }
  if (etherType === ETHERTYPE_IPV4 && end >= at + IPV4_HEADER_OCTETS) return ipv4Payload(frame, at, end)
  return { fields: dataFields(frame, at, end), to: end }
}

/** RFC 826: ar$hrd and ar$pro, ar$hln and ar$pln, ar$op, and four addresses. */
function arpFields(frame: Uint8Array, at: number, end: number): readonly HeaderField[] | undefined {
  const arp = parseArp(frame, at, end)
  if (typeof arp === 'string') return undefined
  const { operation, senderMac, senderAddress, targetMac, targetAddress } = arp
  return new Fields(frame, 'arp', at)
    .number('hardware', 2)
    .add('protocol-type', 2, hexText(readUint16(frame, at + 2), 4))
    .add('lengths', 2, `${frame[at + 4]}, ${frame[at + 5]}`)
    .add('operation', 2, operationTold(operation))
    .add('sender-mac', 6, formatMac(senderMac))
    .add('sender-address', 4, formatIpv4(senderAddress))
    .add('target-mac', 6, formatMac(targetMac))
    .add('target-address', 4, formatIpv4(targetAddress)).list
}

function operationTold(operation: number): Value {
  if (operation === ARP_REQUEST) return told('header.value.request')
  return operation === ARP_REPLY ? told('header.value.reply') : `${operation}`
}

/** RFC 791 3.1. */
function ipv4Payload(frame: Uint8Array, at: number, frameEnd: number): Payload {
  const headerOctets = (frame[at] & 0xf) * 4
  const flags = readUint16(frame, at + 6)
  const offset = (flags & 0x1fff) * 8
  const protocol = frame[at + 9]
  const whole = headerOctets >= IPV4_HEADER_OCTETS && at + headerOctets <= frameEnd
  const right = whole && checksum(frame, at, at + headerOctets) === 0
  const flagNames = [(flags & 0x4000) !== 0 ? 'DF' : '', (flags & 0x2000) !== 0 ? 'MF' : ''].filter(
    (each) => each !== '',
  )
  const name = PROTOCOL_NAMES[protocol]
  const fields = new Fields(frame, 'ipv4', at)
    .add('version', 1, `${frame[at] >> 4}, ${frame[at] & 0xf} × 4`)
    .add('service', 1, hexText(frame[at + 1]))
    .number('total-length', 2)
    .number('identification', 2)
    .add('fragment', 2, `${flagNames.join(' ') || '—'}, ${offset}`)
    .number('ttl', 1)
    .add('protocol', 1, name === undefined ? `${protocol}` : `${protocol} ${name}`)
    .checksum('header-checksum', right)
    .add('source', 4, formatIpv4(readUint32(frame, at + 12)))
    .add('destination', 4, formatIpv4(readUint32(frame, at + 16)))
  const payloadAt = at + headerOctets
  const end = Math.min(frameEnd, at + readUint16(frame, at + 2))
  if (!whole || payloadAt > end) return { fields: fields.list, to: Math.min(frameEnd, at + IPV4_HEADER_OCTETS) }
  if (headerOctets > IPV4_HEADER_OCTETS) fields.add('options', headerOctets - IPV4_HEADER_OCTETS)
  const first = offset === 0
  const inside = { frame, at: payloadAt, end, isFragment: (flags & 0x2000) !== 0 || !first }
  const above = first ? transportFields(protocol, inside, at) : undefined
  return { fields: [...fields.list, ...(above ?? dataFields(frame, payloadAt, end))], to: end }
}

/** What lies in a datagram. A checksum is that of the whole message: of a fragment nobody can say whether it holds. */
interface Inside {
  readonly frame: Uint8Array
  readonly at: number
  readonly end: number
  readonly isFragment: boolean
}

/** @returns undefined for what is not taken apart */
function transportFields(protocol: number, inside: Inside, ipAt: number): readonly HeaderField[] | undefined {
  const { frame, at, end, isFragment } = inside
  const room = end - at
  const holds = (sum: number) => (isFragment ? undefined : checksum(frame, at, end, sum) === 0)
  const pseudoHeader = () =>
    ipv4PseudoHeader(readUint32(frame, ipAt + 12), readUint32(frame, ipAt + 16), protocol, room)
  if (protocol === PROTOCOL_ICMP && room >= ICMP_HEADER_OCTETS) return icmpFields(inside, holds(0))
  if (protocol === PROTOCOL_TCP && room >= TCP_HEADER_OCTETS) return tcpFields(inside, holds(pseudoHeader()))
  if (protocol === PROTOCOL_UDP && room >= UDP_HEADER_OCTETS) {
    // Zero: the sender computed none (RFC 768).
    const none = readUint16(frame, at + 6) === 0
    return udpFields(inside, none ? undefined : holds(pseudoHeader()))
  }
  return undefined
}

/** RFC 792. */
function icmpFields({ frame, at, end }: Inside, right: boolean | undefined): readonly HeaderField[] {
  const type = frame[at]
  const fields = new Fields(frame, 'icmp', at)
    .add('icmp-type', 1, icmpTypeTold(type))
    .number('code', 1)
    .checksum('checksum', right)
  if (type === ICMP_ECHO || type === ICMP_ECHO_REPLY) fields.number('identifier', 2).number('icmp-sequence', 2)
  else fields.add('rest', 4)
  return [...fields.list, ...dataFields(frame, at + ICMP_HEADER_OCTETS, end)]
}

const ICMP_TYPES: Readonly<Record<number, PlainKey>> = {
  [ICMP_ECHO_REPLY]: 'header.icmp.echo-reply',
  [ICMP_DESTINATION_UNREACHABLE]: 'header.icmp.unreachable',
  [ICMP_REDIRECT]: 'header.icmp.redirect',
  [ICMP_ECHO]: 'header.icmp.echo',
  [ICMP_TIME_EXCEEDED]: 'header.icmp.time-exceeded',
}

function icmpTypeTold(type: number): Value {
  const key = ICMP_TYPES[type]
  return key === undefined ? `${type}` : told(key)
}

/** RFC 9293 3.1. */
function tcpFields({ frame, at, end }: Inside, right: boolean | undefined): readonly HeaderField[] {
  const words = frame[at + 12] >> 4
  const fields = new Fields(frame, 'tcp', at)
    .number('source-port', 2)
    .number('destination-port', 2)
    .number('sequence', 4)
    .number('acknowledgement', 4)
    .add('data-offset', 1, `${words} × 4`)
    .add('control-bits', 1, controlBitNames(frame[at + 13]).join(', '))
    .number('window', 2)
    .checksum('checksum', right)
    .number('urgent', 2)
  const dataAt = Math.min(end, at + Math.max(TCP_HEADER_OCTETS, words * 4))
  const options = dataAt - at - TCP_HEADER_OCTETS
  if (options > 0) fields.add('options', options)
  return [...fields.list, ...dataFields(frame, dataAt, end)]
}

/** RFC 768. */
function udpFields({ frame, at, end }: Inside, right: boolean | undefined): readonly HeaderField[] {
  const fields = new Fields(frame, 'udp', at)
    .number('source-port', 2)
    .number('destination-port', 2)
    .number('length', 2)
    .checksum('checksum', right)
  return [...fields.list, ...dataFields(frame, at + UDP_HEADER_OCTETS, end)]
}

function dataFields(frame: Uint8Array, from: number, to: number): readonly HeaderField[] {
  if (to <= from) return []
  const octets = hexOctets(frame.subarray(from, Math.min(to, from + MOST_DATA)))
  const value = told('header.value.octets', { octets: to - from })
  const name = told('header.field.data')
  return [{ layer: 'data', name, value, octets: to - from > MOST_DATA ? `${octets} …` : octets }]
}
