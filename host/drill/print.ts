/** Packets in the script's own words, so that what was sent can be held against what was expected. */

import { SECOND } from '../../firmware/hal/clock.js'
import { type Family, familyOf, formatEndpoint } from '../../firmware/net/ip.js'
import { ACK, URG } from '../../firmware/net/wire/tcp.js'
import { hexDigits } from '../hex-octets.js'
import { addressText } from './addresses.js'
import type { Flow } from './flow.js'
import { ICMP_NAMES } from './icmp-names.js'
import { FLAG_LETTERS } from './parse-packet.js'
import type { IcmpFields, Packet, TcpFields, TcpOption } from './script.js'
import { readQuoted } from './wire.js'
import type { WirePacket } from './wire-packet.js'
import type { WireSegment } from './wire-transport.js'

/** `0.100000`: seconds, to the microsecond. */
export function printTime(nanoseconds: number): string {
  return (nanoseconds / SECOND).toFixed(6)
}

export function printFlags(flags: number): string {
  const letters = FLAG_LETTERS.filter(([, flag]) => (flags & flag) !== 0).map(([letter]) => letter)
  return letters.join('') || '-'
}

export function printOptions(options: TcpFields['options']): string {
  return options === 'any' ? '<...>' : `<${options.map(printOption).join(',')}>`
}

function printOption(option: TcpOption): string {
  switch (option.kind) {
    case 'mss':
    case 'wscale':
      return `${option.kind} ${option.value}`
    case 'TS':
      return `TS val ${numberText(option.value)} ecr ${numberText(option.echo)}`
    case 'sack':
      return `sack ${option.blocks.map(([left, right]) => `${left}:${right}`).join(' ')}`
    case 'FO':
      return `FO ${hexDigits(option.cookie)}`.trim()
    case 'unknown':
      return `unknown ${option.number} ${hexDigits(option.octets)}`.trim()
    case 'raw':
      return `raw ${hexDigits(option.octets)}`
    default:
      return option.kind
  }
}

function numberText(value: number | 'any'): string {
  return value === 'any' ? '...' : String(value)
}

function printScriptTcp(fields: TcpFields): string {
  const { flags, sequence, length, acknowledgement, window, urgentPointer, options } = fields
  let text = `${printFlags(flags)} ${sequence}:${(sequence + length) >>> 0}(${length})`
  if (acknowledgement !== undefined) text += ` ack ${acknowledgement}`
  if (window !== undefined) text += ` win ${window}`
  if (urgentPointer !== undefined) text += ` urg ${urgentPointer}`
  if (options === 'any' || options.length > 0) text += ` ${printOptions(options)}`
  return text
}

/** A segment of the stack's in the numbers of the script. */
export function scriptFields(segment: WireSegment, flow: Flow | undefined): TcpFields {
  return {
    kind: 'tcp',
    flags: segment.flags,
    sequence: flow === undefined ? segment.sequence : flow.toScript(segment.sequence),
    length: segment.data.length,
    ...((segment.flags & ACK) !== 0 && { acknowledgement: segment.acknowledgement }),
    window: segment.window,
    ...((segment.flags & URG) !== 0 && { urgentPointer: segment.urgentPointer }),
    options: segment.options.map((option) =>
      option.kind === 'TS' && flow !== undefined && option.value !== 'any'
        ? { ...option, value: flow.timestampToScript(option.value) }
        : option,
    ),
  }
}

/** A packet of the stack's. */
export function printSent(packet: WirePacket, flow: Flow | undefined): string {
  const { transport } = packet
  switch (transport.kind) {
    case 'tcp':
      return printScriptTcp(scriptFields(transport, flow))
    case 'udp':
      return `udp (${transport.data.length})`
    case 'icmp': {
      const { type, code, mtu, data } = transport
      const family = familyOf(packet.source)
      return printIcmp(
        { kind: 'icmp', family, type, code, ...(saysMtu(family, type, code) && { mtu }) },
        quotedText(data),
      )
    }
    default:
      return transport.what
  }
}

/** "Fragmentation needed" (RFC 1191 4), and "packet too big" (RFC 4443 3.2). */
function saysMtu(family: Family, type: number, code: number): boolean {
  return family === 'ipv6' ? type === 2 : type === 3 && code === 4
}

function quotedText(data: Uint8Array): string {
  const transport = readQuoted(data)?.transport
  if (transport === undefined) return ''
  if (transport.kind === 'udp') return `[udp (${transport.data.length})]`
  if (transport.kind !== 'tcp') return ''
  // The stack quotes what the script sent, whose numbers are the script's; what the script quotes is the stack's.
  return `[${transport.sequence}:…]`
}

function printIcmp(fields: IcmpFields, quoted: string): string {
  const { types, codes } = ICMP_NAMES[fields.family]
  const type = [...types].find(([, number]) => number === fields.type)?.[0] ?? `type_${fields.type}`
  const named = [...(codes.get(fields.type) ?? [])].find(([, number]) => number === fields.code)?.[0]
  const code = named ?? (fields.code === 0 ? '' : `code_${fields.code}`)
  const mtu = fields.mtu === undefined ? '' : `mtu ${fields.mtu}`
  const identifier = fields.identifier === undefined ? '' : `id ${fields.identifier}`
  return ['icmp', type, code, mtu, identifier, quoted].filter((word) => word !== '').join(' ')
}

/** What a script says of a packet. */
export function printPacket({ network, transport }: Packet): string {
  const fields: string[] = []
  if (network.ecn !== undefined) fields.push(network.ecn)
  if (network.trafficClass !== undefined) fields.push(`tos 0x${network.trafficClass.toString(16)}`)
  if (network.timeToLive !== undefined) fields.push(`ttl ${network.timeToLive}`)
  if (network.flowLabel !== undefined) fields.push(`flowlabel 0x${network.flowLabel.toString(16)}`)
  if (network.port !== undefined) fields.push(`port ${network.port}`)
  if (network.from !== undefined) fields.push(`from ${addressText(network.from)}`)
  if (network.to !== undefined) fields.push(`to ${addressText(network.to)}`)
  if (network.localPort !== undefined) fields.push(`at ${network.localPort}`)
  const brackets = fields.length === 0 ? '' : `[${fields.join(', ')}] `
  if (transport.kind === 'tcp') return brackets + printScriptTcp(transport)
  if (transport.kind === 'udp') return `${brackets}udp (${transport.length})`
  const { quotes } = transport
  const quoted =
    quotes === undefined
      ? ''
      : quotes.kind !== 'tcp'
        ? `[${quotes.kind} (${quotes.length})]`
        : `[${quotes.sequence}:${(quotes.sequence + quotes.length) >>> 0}(${quotes.length})]`
  return brackets + printIcmp(transport, quoted)
}

/** A peer by its address and port. */
export function printPeer({ remote }: Flow): string {
  return formatEndpoint(remote)
}
