/** A TCP segment in one line: in the manner of tcpdump, or as RFC 9293 writes segments. */
import { ACK, CWR, ECE, FIN, PSH, RST, SYN, type TcpHeaderOptions, type TcpSegment, URG } from '../tcp.js'

/** Flags by tcpdump's letters, in its order; a dot is ACK. */
const FLAG_LETTERS: readonly (readonly [number, string])[] = [
  [FIN, 'F'],
  [SYN, 'S'],
  [RST, 'R'],
  [PSH, 'P'],
  [ACK, '.'],
  [URG, 'U'],
  [ECE, 'E'],
  [CWR, 'W'],
]

/** In the manner of tcpdump. */
export function printTcp(tcp: TcpSegment): string {
  const letters = FLAG_LETTERS.filter(([flag]) => (tcp.flags & flag) !== 0).map(([, letter]) => letter)
  const length = tcp.payloadEnd - tcp.payloadAt
  const parts = [`Flags [${letters.join('') || 'none'}]`]
  if (length > 0) parts.push(`seq ${tcp.sequence}:${(tcp.sequence + length) >>> 0}`)
  else if ((tcp.flags & (SYN | FIN | RST)) !== 0) parts.push(`seq ${tcp.sequence}`)
  if (tcp.flags & ACK) parts.push(`ack ${tcp.acknowledgement}`)
  parts.push(`win ${tcp.window}`)
  if (tcp.flags & URG) parts.push(`urg ${tcp.urgentPointer}`)
  const options = printTcpOptions(tcp.options)
  if (options !== '') parts.push(`options [${options}]`)
  parts.push(`length ${length}`)
  return parts.join(', ')
}

function printTcpOptions({
  maximumSegmentSize,
  windowScale,
  sackPermitted,
  sack,
  timestamps,
}: TcpHeaderOptions): string {
  const parts: string[] = []
  if (maximumSegmentSize !== undefined) parts.push(`mss ${maximumSegmentSize}`)
  if (windowScale !== undefined) parts.push(`wscale ${windowScale}`)
  if (sackPermitted) parts.push('sackOK')
  if (timestamps !== undefined) parts.push(`TS val ${timestamps.value} ecr ${timestamps.echo}`)
  if (sack !== undefined)
    parts.push(`sack ${sack.length} ${sack.map(([left, right]) => `{${left}:${right}}`).join('')}`)
  return parts.join(',')
}

/** The control bits by their names (RFC 9293 3.1), in the order in which its figures write them. */
const CONTROL_BITS: readonly (readonly [number, string])[] = [
  [SYN, 'SYN'],
  [FIN, 'FIN'],
  [RST, 'RST'],
  [PSH, 'PSH'],
  [ACK, 'ACK'],
  [URG, 'URG'],
  [ECE, 'ECE'],
  [CWR, 'CWR'],
]

/** Those that are set: `['SYN', 'ACK']`. */
export function controlBitNames(flags: number): readonly string[] {
  return CONTROL_BITS.filter(([bit]) => (flags & bit) !== 0).map(([, name]) => name)
}

/** `SYN,ACK`. */
export function controlBits(flags: number): string {
  return controlBitNames(flags).join(',') || 'none'
}

/** `<SEQ=300><ACK=101><CTL=SYN,ACK><WND=1460>`, as the figures of RFC 9293 3.5 write it; its options behind it, and its length. */
export function printRfc9293(tcp: TcpSegment): string {
  const { sequence, acknowledgement, flags, window, urgentPointer, payloadAt, payloadEnd } = tcp
  const fields = [`SEQ=${sequence}`]
  if (flags & ACK) fields.push(`ACK=${acknowledgement}`)
  fields.push(`CTL=${controlBits(flags)}`, `WND=${window}`)
  if (flags & URG) fields.push(`UP=${urgentPointer}`)
  const options = printTcpOptions(tcp.options)
  const behind = options === '' ? '' : ` options [${options}],`
  return `${fields.map((field) => `<${field}>`).join('')}${behind} length ${payloadEnd - payloadAt}`
}
