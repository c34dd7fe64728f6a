/** A packet that the stack sent, held against what the script says of it. */
import { ACK, RST, SYN } from '../../firmware/net/wire/tcp.js'
import type { Flow } from './flow.js'
import { printFlags, printOptions, scriptFields } from './print.js'
import type { Ecn, IcmpFields, NetworkFields, Packet, TcpFields, TcpOption } from './script.js'
import { readQuoted } from './wire.js'
import type { WirePacket } from './wire-packet.js'
import type { WireMessage, WireSegment } from './wire-transport.js'

export interface MatchOptions {
  /** One step of a timestamp in nanoseconds, and how far it may be off; 0: the value is taken as it is. */
  readonly timestampTick: number
  readonly tolerance: number
  /** What this stack did not agree on is not expected of it, and a SYN's options are its own affair: for somebody else's stack. */
  readonly agreedOnly?: boolean
}

const ECN_VALUES: Readonly<Record<Ecn, readonly number[]>> = {
  noecn: [0],
  ect1: [1],
  ect0: [2],
  ect01: [1, 2],
  ce: [3],
}

/** @returns what differs, in words; empty when nothing does. What the script settles (first numbers) is settled. */
export function differences(
  { network, transport }: Packet,
  sent: WirePacket,
  flow: Flow | undefined,
  options: MatchOptions,
): string[] {
  const wrong = [...sent.faults, ...networkDifferences(network, sent, flow)]
  const actual = sent.transport
  if (actual.kind !== transport.kind)
    return [...wrong, `it is ${actual.kind === 'other' ? `a ${actual.what}` : actual.kind}, not ${transport.kind}`]
  if (transport.kind === 'tcp' && actual.kind === 'tcp' && flow !== undefined)
    wrong.push(...segmentDifferences(transport, actual, flow, options))
  else if (transport.kind === 'udp' && actual.kind === 'udp' && actual.data.length !== transport.length)
    wrong.push(`it has ${actual.data.length} octets, not ${transport.length}`)
  else if (transport.kind === 'icmp' && actual.kind === 'icmp') wrong.push(...messageDifferences(transport, actual))
  return wrong
}

function networkDifferences(wanted: NetworkFields, sent: WirePacket, flow: Flow | undefined): string[] {
  const wrong: string[] = []
  const ecn = sent.trafficClass & 3
  if (wanted.ecn !== undefined && !ECN_VALUES[wanted.ecn].includes(ecn)) wrong.push(`its ECN field is ${ecn}`)
  if (wanted.trafficClass !== undefined && sent.trafficClass !== wanted.trafficClass)
    wrong.push(`its traffic class is 0x${sent.trafficClass.toString(16)}`)
  if (wanted.timeToLive !== undefined && sent.timeToLive !== wanted.timeToLive)
    wrong.push(`its time to live is ${sent.timeToLive}`)
  const label = wanted.flowLabel === undefined ? undefined : flow?.labelFault(wanted.flowLabel, sent.flowLabel ?? 0)
  if (label !== undefined) wrong.push(label)
  if (wanted.port !== undefined && flow?.remote.port !== wanted.port)
    wrong.push(`it goes to port ${flow?.remote.port ?? 'none'}`)
  if (wanted.localPort !== undefined && flow?.local.port !== wanted.localPort)
    wrong.push(`it comes from port ${flow?.local.port ?? 'none'}`)
  return wrong
}

function segmentDifferences(wanted: TcpFields, segment: WireSegment, flow: Flow, options: MatchOptions): string[] {
  const wrong: string[] = []
  if ((wanted.flags & SYN) !== 0 && (segment.flags & SYN) !== 0 && flow.ownInitialLive === segment.sequence)
    flow.settle(segment.sequence, wanted.sequence)
  settleTimestamps(wanted, segment, flow)
  const actual = scriptFields(segment, flow)
  if (actual.flags !== wanted.flags)
    wrong.push(`its flags are ${printFlags(actual.flags)}, not ${printFlags(wanted.flags)}`)
  if (actual.sequence !== wanted.sequence) wrong.push(`it begins at ${actual.sequence}, not ${wanted.sequence}`)
  if (actual.length !== wanted.length) wrong.push(`it has ${actual.length} octets of data, not ${wanted.length}`)
  if ((segment.flags & wanted.flags & ACK) !== 0 && segment.acknowledgement !== wanted.acknowledgement)
    wrong.push(`its ack is ${segment.acknowledgement}, not ${wanted.acknowledgement}`)
  if (wanted.window !== undefined && segment.window !== wanted.window)
    wrong.push(`its win is ${segment.window}, not ${wanted.window}`)
  if (wanted.urgentPointer !== undefined && segment.urgentPointer !== wanted.urgentPointer)
    wrong.push(`its urg is ${segment.urgentPointer}, not ${wanted.urgentPointer}`)
  if ((segment.flags & ACK) === 0 && segment.acknowledgement !== 0)
    wrong.push('it has an acknowledgement number without ACK')
  if (wanted.options !== 'any' && !sameOptions(...compared(wanted, segment, flow, options), flow, options))
    wrong.push(`its options are ${printOptions(actual.options)}, not ${printOptions(wanted.options)}`)
  if ((segment.flags & (SYN | RST)) === 0) {
    const fault = flow.dataFault(actual.sequence, segment.data)
    if (fault !== undefined) wrong.push(fault)
  }
  return wrong
}

/** The options that are held against each other. */
function compared(
  wanted: TcpFields,
  segment: WireSegment,
  flow: Flow,
  { agreedOnly = false }: MatchOptions,
): [readonly TcpOption[], readonly TcpOption[]] {
  const options = wanted.options === 'any' ? [] : wanted.options
  if (!agreedOnly) return [options, segment.options]
  if ((segment.flags & SYN) !== 0) {
    flow.offered = new Set(segment.options.map(({ kind }) => kind))
    return [[], []]
  }
  const offered = (option: TcpOption): boolean => {
    if (option.kind === 'nop' || option.kind === 'eol') return false
    return option.kind === 'sack' ? flow.offered.has('sackOK') : option.kind !== 'TS' || flow.offered.has('TS')
  }
  return [options.filter(offered), segment.options.filter(offered)]
}

function settleTimestamps(wanted: TcpFields, segment: WireSegment, flow: Flow): void {
  if (wanted.options === 'any') return
  const script = wanted.options.find((option) => option.kind === 'TS')
  const live = segment.options.find((option) => option.kind === 'TS')
  if (script === undefined || live === undefined || script.value === 'any' || live.value === 'any') return
  flow.settleTimestamp(live.value, script.value)
}

function sameOptions(
  wanted: readonly TcpOption[],
  sent: readonly TcpOption[],
  flow: Flow,
  options: MatchOptions,
): boolean {
  return wanted.length === sent.length && wanted.every((option, i) => sameOption(option, sent[i], flow, options))
}

function sameOption(
  wanted: TcpOption,
  sent: TcpOption,
  flow: Flow,
  { timestampTick, tolerance }: MatchOptions,
): boolean {
  if (wanted.kind === 'TS' && sent.kind === 'TS') {
    if (wanted.echo !== 'any' && wanted.echo !== sent.echo) return false
    if (timestampTick === 0 || wanted.value === 'any' || sent.value === 'any') return true
    const off = Math.abs((flow.timestampToScript(sent.value) - wanted.value) | 0)
    return off * timestampTick <= tolerance + timestampTick
  }
  return JSON.stringify(plain(wanted)) === JSON.stringify(plain(sent))
}

function plain(option: TcpOption): unknown {
  return 'octets' in option
    ? { ...option, octets: [...option.octets] }
    : 'cookie' in option
      ? [...option.cookie]
      : option
}

function messageDifferences(wanted: IcmpFields, message: WireMessage): string[] {
  const wrong: string[] = []
  if (message.type !== wanted.type) wrong.push(`its type is ${message.type}, not ${wanted.type}`)
  if (message.code !== wanted.code) wrong.push(`its code is ${message.code}, not ${wanted.code}`)
  if (wanted.mtu !== undefined && message.mtu !== wanted.mtu) wrong.push(`its mtu is ${message.mtu}, not ${wanted.mtu}`)
  if (wanted.identifier !== undefined && message.identifier !== wanted.identifier)
    wrong.push(`its id is ${message.identifier}, not ${wanted.identifier}`)
  const { quotes } = wanted
  if (quotes === undefined) return wrong
  if (quotes.kind === 'raw') {
    const octets = message.data.length + 8
    return octets === quotes.length ? wrong : [...wrong, `it has ${octets} octets, not ${quotes.length}`]
  }
  const transport = readQuoted(message.data)?.transport
  if (transport === undefined) return [...wrong, `it quotes ${message.data.length} octets`]
  if (transport.kind !== quotes.kind) wrong.push(`it quotes ${transport.kind}, not ${quotes.kind}`)
  else if (transport.kind === 'tcp' && quotes.kind === 'tcp' && transport.sequence !== quotes.sequence)
    wrong.push(`it quotes a segment that begins at ${transport.sequence}, not ${quotes.sequence}`)
  else if (transport.kind === 'udp' && transport.data.length !== quotes.length)
    wrong.push(`it quotes a datagram of ${transport.data.length} octets, not ${quotes.length}`)
  return wrong
}
