/**
 * Which frames are meant: by what stands in their headers, where what is not named may be anything. In code with the functions below
 * (`arp.request({ target: '192.168.7.1' })`), in a scenario as a mapping of the same names.
 */
import { formatIpv4, formatMac } from '../../firmware/net/address.js'
import { ARP_REPLY, ARP_REQUEST } from '../../firmware/net/wire/arp.js'
import { type FrameReading, readFrame } from '../../firmware/net/wire/read-frame.js'
import { decodeText } from '../../firmware/text/utf8.js'

export const FRAME_PROTOCOLS = ['ethernet', 'arp', 'ipv4', 'icmp', 'udp', 'tcp'] as const
export type FrameProtocol = (typeof FRAME_PROTOCOLS)[number]

/** What a frame has; a field that is left out may be anything. */
export interface FrameFields {
  /** Station addresses, as `02:4c:50:00:00:01`. */
  readonly sourceMac?: string
  readonly destinationMac?: string
  /** EtherType. */
  readonly etherType?: number
  /** Of ARP: `request` or `reply`; of ICMP: `echo-request`, `echo-reply`, or a type by its number. */
  readonly type?: string | number
  /** Of ARP: whose address it tells, and whose it asks for. */
  readonly sender?: string
  readonly target?: string
  /** Of IPv4 and what it carries. */
  readonly source?: string
  readonly destination?: string
  readonly sourcePort?: number
  readonly destinationPort?: number
  /** Of ICMP echoes. */
  readonly identifier?: number
  /** Of ICMP echoes and TCP. */
  readonly sequence?: number
  /** Of TCP: all that are set of SYN, ACK, FIN, RST, PSH and URG, as `SYN ACK`; others may not be. */
  readonly flags?: string
  /** Text that its data has in it. */
  readonly text?: string
  /** Octets that its data begins with, in hexadecimal; `??` may be any. */
  readonly octets?: string
}

export interface FramePattern {
  readonly protocol: FrameProtocol
  readonly fields: FrameFields
}

/** The fields that a protocol has. */
const FIELDS_OF: Readonly<Record<FrameProtocol, readonly (keyof FrameFields)[]>> = {
  ethernet: ['sourceMac', 'destinationMac', 'etherType', 'text', 'octets'],
  arp: ['sourceMac', 'destinationMac', 'type', 'sender', 'target'],
  ipv4: ['sourceMac', 'destinationMac', 'source', 'destination', 'text', 'octets'],
  icmp: ['sourceMac', 'destinationMac', 'source', 'destination', 'type', 'identifier', 'sequence', 'text', 'octets'],
  udp: ['sourceMac', 'destinationMac', 'source', 'destination', 'sourcePort', 'destinationPort', 'text', 'octets'],
  tcp: [
    ...(['sourceMac', 'destinationMac', 'source', 'destination', 'sourcePort', 'destinationPort'] as const),
    ...(['sequence', 'flags', 'text', 'octets'] as const),
  ],
}

const ARP_TYPES: Readonly<Record<string, number>> = { request: ARP_REQUEST, reply: ARP_REPLY }
/** RFC 792. */
const ICMP_TYPES: Readonly<Record<string, number>> = { 'echo-request': 8, 'echo-reply': 0 }
/** RFC 9293 3.1: the control bits from the lowest on. */
const TCP_FLAGS = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'] as const
const OCTETS = /^(?:[0-9a-fA-F]{2}|\?\?)(?:\s*(?:[0-9a-fA-F]{2}|\?\?))*$/

/**
 * A pattern of fields by name.
 * @throws RangeError for a field that the protocol does not have, or a value that the field cannot have
 */
export function framePattern(protocol: FrameProtocol, fields: FrameFields = {}): FramePattern {
  for (const [name, value] of Object.entries(fields)) {
    if (!(FIELDS_OF[protocol] as readonly string[]).includes(name))
      throw new RangeError(`a frame of ${protocol} has no field "${name}"; it has ${FIELDS_OF[protocol].join(', ')}`)
    const why = value === undefined ? undefined : wrongValue(protocol, name as keyof FrameFields, value)
    if (why !== undefined) throw new RangeError(`${protocol} ${name}: ${why}, not ${JSON.stringify(value)}`)
  }
  return { protocol, fields }
}

function wrongValue(protocol: FrameProtocol, name: keyof FrameFields, value: string | number): string | undefined {
  switch (name) {
    case 'sourceMac':
    case 'destinationMac':
      return /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(String(value)) ? undefined : 'give six octets, as 02:4c:50:00:00:01'
    case 'sender':
    case 'target':
    case 'source':
    case 'destination':
      return /^\d{1,3}(\.\d{1,3}){3}$/.test(String(value)) ? undefined : 'give an address, as 192.168.7.2'
    case 'type': {
      const names = protocol === 'arp' ? ARP_TYPES : ICMP_TYPES
      if (typeof value === 'number' || value in names) return undefined
      return `give a number, or one of ${Object.keys(names).join(', ')}`
    }
    case 'flags': {
      const wrong = flagsIn(String(value)).some((flag) => !(TCP_FLAGS as readonly string[]).includes(flag))
      return wrong ? `give some of ${TCP_FLAGS.join(', ')}` : undefined
    }
    case 'octets':
      return OCTETS.test(String(value)) ? undefined : 'give octets in hexadecimal, as "47 45 ?? 20"'
    case 'text':
      return typeof value === 'string' ? undefined : 'give a text'
    default:
      return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? undefined : 'give a whole number'
  }
}

const flagsIn = (text: string): string[] =>
  text
    .toUpperCase()
    .split(/[\s,+|]+/)
    .filter((flag) => flag !== '')

/** @param frame destination address to the end of the payload, without FCS; hostile octets match nothing but `ethernet` */
export function frameMatches({ protocol, fields }: FramePattern, frame: Uint8Array): boolean {
  const reading = readFrame(frame)
  const { ethernet } = reading
  if (ethernet === undefined) return false
  const { sourceMac, destinationMac } = fields
  if (sourceMac !== undefined && formatMac(ethernet.source) !== sourceMac.toLowerCase()) return false
  if (destinationMac !== undefined && formatMac(ethernet.destination) !== destinationMac.toLowerCase()) return false
  switch (protocol) {
    case 'ethernet':
      return is(fields.etherType, ethernet.etherType) && dataMatches(fields, frame.subarray(ethernet.payloadAt))
    case 'arp':
      return arpMatches(fields, reading)
    default:
      return ipMatches(protocol, fields, reading, frame)
  }
}

const is = (wanted: number | undefined, found: number): boolean => wanted === undefined || wanted === found
const isAddress = (wanted: string | undefined, found: number): boolean =>
  wanted === undefined || wanted === formatIpv4(found)

function isType(wanted: string | number | undefined, found: number, names: Readonly<Record<string, number>>): boolean {
  return wanted === undefined || (typeof wanted === 'number' ? wanted : names[wanted]) === found
}

function arpMatches({ type, sender, target }: FrameFields, { arp }: FrameReading): boolean {
  if (arp === undefined) return false
  return (
    isType(type, arp.operation, ARP_TYPES) &&
    isAddress(sender, arp.senderAddress) &&
    isAddress(target, arp.targetAddress)
  )
}

function ipMatches(protocol: FrameProtocol, fields: FrameFields, reading: FrameReading, frame: Uint8Array): boolean {
  const { ip, icmp, udp, tcp } = reading
  if (ip === undefined || !isAddress(fields.source, ip.source) || !isAddress(fields.destination, ip.destination))
    return false
  if (protocol === 'ipv4') return dataMatches(fields, frame.subarray(ip.payloadAt, ip.payloadEnd))
  if (protocol === 'icmp') {
    return (
      icmp !== undefined &&
      isType(fields.type, icmp.type, ICMP_TYPES) &&
      is(fields.identifier, icmp.identifier) &&
      is(fields.sequence, icmp.sequence) &&
      dataMatches(fields, frame.subarray(icmp.dataAt, icmp.dataEnd))
    )
  }
  const transport = protocol === 'udp' ? udp : tcp
  if (transport === undefined) return false
  if (!is(fields.sourcePort, transport.sourcePort) || !is(fields.destinationPort, transport.destinationPort))
    return false
  if (protocol === 'tcp' && tcp !== undefined) {
    if (!is(fields.sequence, tcp.sequence)) return false
    if (fields.flags !== undefined) {
      const wanted = flagsIn(fields.flags)
      const bits = TCP_FLAGS.reduce((all, flag, bit) => (wanted.includes(flag) ? all | (1 << bit) : all), 0)
      if ((controlBits(frame, ip.payloadAt) & 0x3f) !== bits) return false
    }
  }
  return dataMatches(fields, frame.subarray(transport.payloadAt, transport.payloadEnd))
}

/** RFC 9293 3.1: octet 13 of the header. */
const controlBits = (frame: Uint8Array, at: number): number => frame[at + 13]

function dataMatches({ text, octets }: FrameFields, data: Uint8Array): boolean {
  if (text !== undefined && !decodeText(data).includes(text)) return false
  if (octets === undefined) return true
  const wanted = octets.match(/[0-9a-fA-F]{2}|\?\?/g) ?? []
  return wanted.every((each, at) => at < data.length && (each === '??' || Number.parseInt(each, 16) === data[at]))
}

/** In words: `an arp request { target: 192.168.7.1 }`. */
export function patternWords({ protocol, fields: { type, ...others } }: FramePattern): string {
  const given = Object.entries(others).filter(([, value]) => value !== undefined)
  const list = given.map(([name, value]) => `${name}: ${value}`).join(', ')
  const article = /^[aeiu]/.test(protocol) && protocol !== 'udp' ? 'an' : 'a'
  const words = `${article} ${protocol}${type === undefined ? '' : ` ${type}`}`
  return list === '' ? `${words} frame` : `${words} frame { ${list} }`
}

type Fields<Name extends keyof FrameFields> = Pick<FrameFields, Name | 'sourceMac' | 'destinationMac'>
type ArpFields = Fields<'sender' | 'target'>
type IpFields = Fields<'source' | 'destination' | 'text' | 'octets'>
type EchoFields = IpFields & Pick<FrameFields, 'identifier' | 'sequence'>
type PortFields = IpFields & Pick<FrameFields, 'sourcePort' | 'destinationPort'>

/** Any frame of a kind, or those with the fields that are given. */
export const ethernetPattern = (fields: Fields<'etherType' | 'text' | 'octets'> = {}): FramePattern =>
  framePattern('ethernet', fields)
export const ipv4Pattern = (fields: IpFields = {}): FramePattern => framePattern('ipv4', fields)
export const udpPattern = (fields: PortFields = {}): FramePattern => framePattern('udp', fields)
export const tcpPattern = (fields: PortFields & Pick<FrameFields, 'flags' | 'sequence'> = {}): FramePattern =>
  framePattern('tcp', fields)

/** ARP (RFC 826). */
export const arpPattern = Object.assign((fields: ArpFields = {}): FramePattern => framePattern('arp', fields), {
  request: (fields: ArpFields = {}): FramePattern => framePattern('arp', { type: 'request', ...fields }),
  reply: (fields: ArpFields = {}): FramePattern => framePattern('arp', { type: 'reply', ...fields }),
})

/** ICMP (RFC 792). */
export const icmpPattern = Object.assign(
  (fields: EchoFields & Pick<FrameFields, 'type'> = {}): FramePattern => framePattern('icmp', fields),
  {
    echoRequest: (fields: EchoFields = {}): FramePattern => framePattern('icmp', { type: 'echo-request', ...fields }),
    echoReply: (fields: EchoFields = {}): FramePattern => framePattern('icmp', { type: 'echo-reply', ...fields }),
  },
)
