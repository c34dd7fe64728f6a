/** A frame taken apart, field by field: names as the RFCs have them, values, octets, and whether the checksums hold. */
import { formatIpv4, formatMac } from '../../../../firmware/net/address.js'
import { ARP_REPLY, ARP_REQUEST, parseArp } from '../../../../firmware/net/wire/arp.js'
import { checksum } from '../../../../firmware/net/wire/checksum.js'
import { ETHERTYPE_ARP, ETHERTYPE_IPV4, parseEthernet } from '../../../../firmware/net/wire/ethernet.js'
import {
  ICMP_DESTINATION_UNREACHABLE,
  ICMP_ECHO,
  ICMP_ECHO_REPLY,
  ICMP_HEADER_OCTETS,
  ICMP_REDIRECT,
  ICMP_TIME_EXCEEDED,
} from '../../../../firmware/net/wire/icmp.js'
import { IPV4_HEADER_OCTETS } from '../../../../firmware/net/wire/ipv4.js'
import { readUint16, readUint32 } from '../../../../firmware/net/wire/octets.js'
import { PROTOCOL_ICMP, PROTOCOL_TCP, PROTOCOL_UDP } from '../../../../firmware/net/wire/protocols.js'
import { hexText } from '../../../../firmware/text/hex-text.js'
import { hexOctets } from '../../../hex-octets.js'
import { type PlainKey, type Told, told } from '../../words/told.js'
import type { HeaderField, HeaderLayer } from './scene.js'

/** Octets of data that are shown. */
const MOST_DATA = 8
const PROTOCOL_NAMES: Readonly<Record<number, string>> = {
  [PROTOCOL_ICMP]: 'ICMP',
  [PROTOCOL_TCP]: 'TCP',
  [PROTOCOL_UDP]: 'UDP',
}

type FieldKey = Extract<PlainKey, `packets.field.${string}`>

class Fields {
  readonly list: HeaderField[] = []
  constructor(
    readonly octets: Uint8Array,
    readonly layer: HeaderLayer,
  ) {}

  /** @param octets what of them is this field’s, where others share them */
  add(
    name: FieldKey,
    from: number,
    to: number,
    value: string | Told,
    wrong = false,
    octets = hexOctets(this.octets.subarray(from, to)),
  ): this {
    this.list.push({ layer: this.layer, name: told(name), value, octets, ...(wrong ? { wrong } : {}) })
    return this
  }
}

export function headerFields(frame: Uint8Array): HeaderField[] {
  const ethernet = parseEthernet(frame)
  if (ethernet === undefined) return []
  const { destination, source, etherType, payloadAt } = ethernet
  const { list } = new Fields(frame, 'ethernet')
    .add('packets.field.destination', 0, 6, formatMac(destination))
    .add('packets.field.source', 6, 12, formatMac(source))
    .add('packets.field.type', 12, payloadAt, `${hexText(etherType, 4)}${typeName(etherType)}`)
  if (etherType === ETHERTYPE_ARP) return [...list, ...arpFields(frame, payloadAt)]
  if (etherType === ETHERTYPE_IPV4 && frame.length >= payloadAt + IPV4_HEADER_OCTETS)
    return [...list, ...ipv4Fields(frame, payloadAt)]
  return [...list, ...dataFields(frame, payloadAt, frame.length)]
}

const typeName = (etherType: number) =>
  etherType === ETHERTYPE_ARP ? ' ARP' : etherType === ETHERTYPE_IPV4 ? ' IPv4' : ''

/** RFC 826: ar$hrd and ar$pro, ar$hln and ar$pln, ar$op, and four addresses. */
function arpFields(frame: Uint8Array, at: number): readonly HeaderField[] {
  const arp = parseArp(frame, at)
  if (typeof arp === 'string') return dataFields(frame, at, frame.length)
  const { operation, senderMac, senderAddress, targetMac, targetAddress } = arp
  const asks = operation === ARP_REQUEST ? 'packets.value.request' : 'packets.value.reply'
  return new Fields(frame, 'arp')
    .add('packets.field.hardware', at, at + 2, `${readUint16(frame, at)}`)
    .add('packets.field.protocol-type', at + 2, at + 4, hexText(readUint16(frame, at + 2), 4))
    .add('packets.field.lengths', at + 4, at + 6, `${frame[at + 4]}, ${frame[at + 5]}`)
    .add(
      'packets.field.operation',
      at + 6,
      at + 8,
      operation === ARP_REQUEST || operation === ARP_REPLY ? told(asks) : `${operation}`,
    )
    .add('packets.field.sender-mac', at + 8, at + 14, formatMac(senderMac))
    .add('packets.field.sender-address', at + 14, at + 18, formatIpv4(senderAddress))
    .add('packets.field.target-mac', at + 18, at + 24, formatMac(targetMac))
    .add('packets.field.target-address', at + 24, at + 28, formatIpv4(targetAddress)).list
}

/** RFC 791 3.1. */
function ipv4Fields(frame: Uint8Array, at: number): readonly HeaderField[] {
  const headerOctets = (frame[at] & 0xf) * 4
  const total = readUint16(frame, at + 2)
  const flags = readUint16(frame, at + 6)
  const offset = (flags & 0x1fff) * 8
  const protocol = frame[at + 9]
  const whole = headerOctets >= IPV4_HEADER_OCTETS && at + headerOctets <= frame.length
  const right = whole && checksum(frame, at, at + headerOctets) === 0
  const flagNames = [(flags & 0x4000) !== 0 ? 'DF' : '', (flags & 0x2000) !== 0 ? 'MF' : ''].filter(
    (each) => each !== '',
  )
  const name = PROTOCOL_NAMES[protocol]
  const { list } = new Fields(frame, 'ipv4')
    .add('packets.field.version', at, at + 1, `${frame[at] >> 4}, ${headerOctets}`)
    .add('packets.field.service', at + 1, at + 2, hexText(frame[at + 1]))
    .add('packets.field.total', at + 2, at + 4, `${total}`)
    .add('packets.field.identification', at + 4, at + 6, `${readUint16(frame, at + 4)}`)
    .add('packets.field.flags', at + 6, at + 7, flagNames.join(' ') || '—', false, hexOctets([frame[at + 6] & 0xe0]))
    .add('packets.field.offset', at + 6, at + 8, `${offset}`, false, hexOctets([frame[at + 6] & 0x1f, frame[at + 7]]))
    .add('packets.field.ttl', at + 8, at + 9, `${frame[at + 8]}`)
    .add('packets.field.protocol', at + 9, at + 10, name === undefined ? `${protocol}` : `${protocol} ${name}`)
    .add('packets.field.header-checksum', at + 10, at + 12, checked(readUint16(frame, at + 10), right), !right)
    .add('packets.field.source-address', at + 12, at + 16, formatIpv4(readUint32(frame, at + 12)))
    .add('packets.field.destination-address', at + 16, at + 20, formatIpv4(readUint32(frame, at + 16)))
  const payloadAt = at + headerOctets
  const end = Math.min(frame.length, at + total)
  if (!whole || payloadAt >= end) return list
  const fragment = (flags & 0x2000) !== 0 || offset > 0
  if (protocol !== PROTOCOL_ICMP || offset > 0 || end - payloadAt < ICMP_HEADER_OCTETS)
    return [...list, ...dataFields(frame, payloadAt, end)]
  return [...list, ...icmpFields(frame, payloadAt, end, fragment)]
}

/** RFC 792. The checksum is that of the whole message: of a fragment nobody can say whether it holds. */
function icmpFields(frame: Uint8Array, at: number, end: number, fragment: boolean): readonly HeaderField[] {
  const type = frame[at]
  const right = fragment || checksum(frame, at, end) === 0
  const sum = readUint16(frame, at + 2)
  const echo = type === ICMP_ECHO || type === ICMP_ECHO_REPLY
  const fields = new Fields(frame, 'icmp')
    .add('packets.field.icmp-type', at, at + 1, icmpTypeTold(type))
    .add('packets.field.code', at + 1, at + 2, `${frame[at + 1]}`)
    .add('packets.field.checksum', at + 2, at + 4, fragment ? hexText(sum, 4) : checked(sum, right), !right)
  if (echo)
    fields
      .add('packets.field.identifier', at + 4, at + 6, `${readUint16(frame, at + 4)}`)
      .add('packets.field.sequence', at + 6, at + 8, `${readUint16(frame, at + 6)}`)
  else fields.add('packets.field.rest', at + 4, at + 8, hexOctets(frame.subarray(at + 4, at + 8)))
  return [...fields.list, ...dataFields(frame, at + ICMP_HEADER_OCTETS, end)]
}

const ICMP_TYPES: Readonly<Record<number, PlainKey>> = {
  [ICMP_ECHO_REPLY]: 'packets.icmp.echo-reply',
  [ICMP_DESTINATION_UNREACHABLE]: 'packets.icmp.unreachable',
  [ICMP_REDIRECT]: 'packets.icmp.redirect',
  [ICMP_ECHO]: 'packets.icmp.echo',
  [ICMP_TIME_EXCEEDED]: 'packets.icmp.time-exceeded',
}

function icmpTypeTold(type: number): string | Told {
  const key = ICMP_TYPES[type]
  return key === undefined ? `${type}` : told(key)
}

function checked(sum: number, right: boolean): Told {
  return told(right ? 'packets.value.right' : 'packets.value.wrong', { sum: hexText(sum, 4) })
}

function dataFields(frame: Uint8Array, from: number, to: number): readonly HeaderField[] {
  if (to <= from) return []
  const octets = hexOctets(frame.subarray(from, Math.min(to, from + MOST_DATA)))
  const value = told('packets.value.octets', { octets: to - from })
  return [
    { layer: 'data', name: told('packets.field.data'), value, octets: to - from > MOST_DATA ? `${octets} …` : octets },
  ]
}
