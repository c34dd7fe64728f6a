/** A script for each cell of the segment matrix: opens a connection, takes it to the state, sends the segment, looks. */
import type { TcpState } from '../../firmware/net/tcp/tcp.js'
import { STATE_NAMES, STATE_NUMBERS } from '../../host/drill/names.js'
import { DATA_OCTETS, type MatrixCell, type MatrixState, type Position, type SegmentKind } from './segment-matrix.js'

/** SO_RCVBUF, and with it RCV.WND. */
const WINDOW = 8192
const IRS = 1000
/** An acknowledgement where nothing was sent that it could be of. */
const STRAY_ACK = 777
const INSIDE = 100

/** The stack closes its half on a descriptor. */
function shut(descriptor: number, acknowledgement: number): string[] {
  return [`+0 shutdown(${descriptor}, SHUT_WR) = 0`, `+0 > F. 1:1(0) ack ${acknowledgement}`]
}

/** The peer closes its half. */
function peerFin(acknowledgement: number): string[] {
  return [
    `+0 < F. ${IRS + 1}:${IRS + 1}(0) ack ${acknowledgement} win 65535`,
    `+0 > . ${acknowledgement}:${acknowledgement}(0) ack ${IRS + 2}`,
  ]
}

const ACK_OF_FIN = `+0 < . ${IRS + 1}:${IRS + 1}(0) ack 2 win 65535`
const SIMULTANEOUS_FIN = [`+0 < F. ${IRS + 1}:${IRS + 1}(0) ack 1 win 65535`, `+0 > . 2:2(0) ack ${IRS + 2}`]

interface Beginning {
  readonly lines: readonly string[]
  readonly sndNxt: number
  readonly rcvNxt: number
}

const OPEN = { sndNxt: 1, rcvNxt: IRS + 1 }
const CLOSED_HERE = { sndNxt: 2, rcvNxt: IRS + 1 }
const CLOSED_THERE = { sndNxt: 1, rcvNxt: IRS + 2 }
const CLOSED_BOTH = { sndNxt: 2, rcvNxt: IRS + 2 }

/** @param fixed the window of a stack that cannot be given another */
function beginnings(fixed: number | undefined): Readonly<Record<MatrixState, Beginning>> {
  const window = fixed ?? WINDOW
  const socket = [
    '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3',
    '+0 fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0',
    ...(fixed === undefined ? [`+0 setsockopt(3, SOL_SOCKET, SO_RCVBUF, [${WINDOW}], 4) = 0`] : []),
  ]
  const listening = [...socket, '+0 bind(3, ..., ...) = 0', '+0 listen(3, 5) = 0']
  const connecting = [
    ...socket,
    '+0 connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)',
    `+0 > S 0:0(0) win ${window} <...>`,
  ]
  // A round trip of half a second: no retransmission comes between.
  const connected = [
    ...connecting,
    `+0.5 < S. ${IRS}:${IRS}(0) ack 1 win 65535 <mss 1460>`,
    `+0 > . 1:1(0) ack ${IRS + 1} win ${window}`,
  ]
  const halfOpen = [
    ...listening,
    `+0 < S ${IRS}:${IRS}(0) win 65535 <mss 1460>`,
    `+0 > S. 0:0(0) ack ${IRS + 1} win ${window} <...>`,
  ]
  const accepted = [...halfOpen, `+0.5 < . ${IRS + 1}:${IRS + 1}(0) ack 1 win 65535`, '+0 accept(3, ..., ...) = 4']
  const crossed = [
    ...connecting,
    `+0.5 < S ${IRS}:${IRS}(0) win 65535 <mss 1460>`,
    `+0 > S. 0:0(0) ack ${IRS + 1} win ${window} <...>`,
  ]
  return {
    CLOSED: { lines: [], sndNxt: STRAY_ACK, rcvNxt: 5000 },
    LISTEN: { lines: listening, sndNxt: STRAY_ACK, rcvNxt: 5000 },
    'SYN-SENT': { lines: connecting, sndNxt: 1, rcvNxt: 5000 },
    'SYN-RECEIVED': { lines: halfOpen, ...OPEN },
    'SYN-RECEIVED (active)': { lines: crossed, ...OPEN },
    ESTABLISHED: { lines: connected, ...OPEN },
    'FIN-WAIT-1': { lines: [...connected, ...shut(3, IRS + 1)], ...CLOSED_HERE },
    'FIN-WAIT-2': { lines: [...connected, ...shut(3, IRS + 1), ACK_OF_FIN], ...CLOSED_HERE },
    'CLOSE-WAIT': { lines: [...connected, ...peerFin(1)], ...CLOSED_THERE },
    CLOSING: { lines: [...connected, ...shut(3, IRS + 1), ...SIMULTANEOUS_FIN], ...CLOSED_BOTH },
    'LAST-ACK': { lines: [...connected, ...peerFin(1), ...shut(3, IRS + 2)], ...CLOSED_BOTH },
    'TIME-WAIT': { lines: [...connected, ...shut(3, IRS + 1), ACK_OF_FIN, ...peerFin(2)], ...CLOSED_BOTH },
    'TIME-WAIT (listener)': { lines: [...accepted, ...shut(4, IRS + 1), ACK_OF_FIN, ...peerFin(2)], ...CLOSED_BOTH },
  }
}

const LETTERS: Readonly<Record<SegmentKind, string>> = {
  SYN: 'S',
  'SYN-ACK': 'S.',
  ACK: '.',
  FIN: 'F',
  'FIN-ACK': 'F.',
  RST: 'R',
  'RST-ACK': 'R.',
  data: 'P.',
  none: '-',
}

function sequenceAt(position: Position, { rcvNxt }: Beginning, window: number): number {
  // The right edge stays where it was when the window was first offered.
  const rightEdge = IRS + 1 + window
  const edge = rcvNxt > rightEdge || rcvNxt < IRS || rcvNxt === 5000 ? rcvNxt + window : rightEdge
  switch (position) {
    case 'left-1':
      return rcvNxt - 1
    case 'left':
      return rcvNxt
    case 'inside':
      return rcvNxt + INSIDE
    case 'right':
      return edge - 1
    case 'right+1':
      return edge
  }
}

function stateName(state: MatrixState): string {
  const plain = state.replace(/ \(.*\)$/, '') as TcpState
  const [name] = [...STATE_NAMES].find(([, number]) => number === STATE_NUMBERS[plain]) ?? []
  if (name === undefined) throw new RangeError(`tcp_info has no name for ${plain}`)
  return name
}

/**
 * The text of a cell's script.
 * @param window of a stack that has one and no other; left out: it is set
 */
export function matrixScript({ state, segment, position, rule }: MatrixCell, window?: number): string {
  const beginning = beginnings(window)[state]
  const { sndNxt, rcvNxt } = beginning
  const letters = LETTERS[segment]
  const sequence = sequenceAt(position, beginning, window ?? WINDOW)
  const length = segment === 'data' ? DATA_OCTETS : 0
  const control = letters.includes('S') || letters.includes('F') ? 1 : 0
  const ack = letters.includes('.') ? ` ack ${sndNxt}` : ''
  const options = letters.includes('S') ? ' <mss 1460>' : ''
  // Of a SYN, RCV.NXT begins anew.
  const next = (segment === 'SYN-ACK' && state === 'SYN-SENT' ? sequence : rcvNxt) + (rule.accepted ?? 0)
  const reply = {
    nothing: [],
    ACK: [`+0~+0.5 > . ${sndNxt}:${sndNxt}(0) ack ${next} <...>`],
    RST: [`+0 > R ${sndNxt}:${sndNxt}(0)`],
    'RST,ACK': [`+0 > R. 0:0(0) ack ${sequence + length + control}`],
    'SYN,ACK': [`+0 > S. 0:0(0) ack ${sequence + 1} <...>`],
  }[rule.reply]
  return [
    `// ${state}, ${segment} at ${position}: ${rule.reply}, ${rule.next ?? state} (RFC 9293 ${rule.from})`,
    ...(rule.deviation === undefined ? [] : [`// ${rule.deviation}`]),
    ...beginning.lines,
    ...(beginning.lines.length === 0 ? [] : [`+0 %{ assert tcpi_state == ${stateName(state)} }%`]),
    `${beginning.lines.length === 0 ? '0' : '+0.05'} < ${letters} ${sequence}:${sequence + length}(${length})${ack} win 65535${options}`,
    ...reply,
    // Longer than an acknowledgement may be put off (RFC 9293 MUST-40).
    `+0.6 %{ assert tcpi_state == ${stateName(rule.next ?? state)} }%`,
    '',
  ].join('\n')
}

/** `established-fin-ack-left.pkt` */
export function matrixFile({ state, segment, position }: MatrixCell): string {
  const name = [
    state.replace(/[()]/g, '').replaceAll(' ', '-'),
    segment,
    position.replace('-1', '-minus-1').replace('+1', '-plus-1'),
  ]
  return `${name.join('_').toLowerCase()}.pkt`
}
