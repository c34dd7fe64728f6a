/**
 * The messages between the chip and a driver that runs somewhere else (docs/chip-socket.md). Each is its length in four octets, then so many octets: a
 * type and what belongs to it. Numbers are whole, without a sign, the highest octet first. The driver asks, each request has one reply, in order.
 */
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { encodeText } from '../../firmware/text/utf8.js'

export const CHIP_SOCKET_VERSION = 1

/** Octets of a message behind its length: a transfer that reads all 8 KiB of the chip's memory is one. */
export const LONGEST_MESSAGE = 16_384
/** Of virtual time that one message may ask for, nanoseconds: who waits for its reply is not kept for long. */
const LONGEST_WAIT = 10 * SECOND
/** SCK, in hertz. The chip's own limit is 20 MHz; what is beyond is a finding. */
const SLOWEST_CLOCK = 10_000
const FASTEST_CLOCK = 100_000_000
/** Times of chip select, nanoseconds. */
const LONGEST_SELECT_TIME = MILLISECOND

/** Types of requests; the reply's is the same with its highest bit set. */
const REQUEST = { hello: 1, transfer: 2, advance: 3, wait: 4, reset: 5, bus: 6 } as const
type RequestKind = keyof typeof REQUEST
const REPLY = 0x80
const REFUSED = 0xff

const KINDS = new Map<number, RequestKind>(Object.entries(REQUEST).map(([kind, type]) => [type, kind as RequestKind]))

/** Bits of a transfer's second octet: CS falls in front of the octets, CS rises behind them. */
const SELECT = 1
const DESELECT = 2

/** What a driver asks for. Times are nanoseconds, rates hertz. */
export type ChipRequest =
  | { readonly kind: 'hello'; readonly version: number }
  | {
      readonly kind: 'transfer'
      readonly select: boolean
      readonly deselect: boolean
      readonly octets: Uint8Array
    }
  | { readonly kind: 'advance' | 'wait'; readonly duration: number }
  | { readonly kind: 'reset'; readonly high: boolean }
  | { readonly kind: 'bus'; readonly clock: number; readonly hold: number; readonly high: number }

/** Why something is refused, by the number in the reply. */
const REFUSALS = {
  length: 1,
  'no-hello': 2,
  version: 3,
  taken: 4,
  type: 5,
  'wrong-length': 6,
  'not-selected': 7,
  'selected-already': 8,
  value: 9,
} as const
export type RequestRefusal = keyof typeof REFUSALS

/** After these nothing more is to be understood, or nobody is to be served: the connection ends. */
const LAST: ReadonlySet<RequestRefusal> = new Set<RequestRefusal>(['length', 'no-hello', 'version', 'taken'])

/** A request that cannot be done. Nothing has happened then, and no time has passed. */
export class RefusedRequest extends Error {
  override readonly name = 'RefusedRequest'

  constructor(
    readonly refusal: RequestRefusal,
    message: string,
  ) {
    super(message)
  }

  /** The connection ends behind it. */
  get isLast(): boolean {
    return LAST.has(this.refusal)
  }
}

/**
 * @param message without its length, at least its type
 * @throws RefusedRequest for what is no request
 */
export function parseRequest(message: Uint8Array): ChipRequest {
  const kind = KINDS.get(message[0])
  if (kind === undefined)
    throw new RefusedRequest('type', `there is no request of type ${message[0]}; there are 1 to 6`)
  const body = message.subarray(1)
  const view = viewOf(body)
  switch (kind) {
    case 'hello':
      requireLength(kind, body, 2)
      return { kind, version: view.getUint16(0) }
    case 'transfer':
      if (body.length === 0) throw wrongLength(kind, body, 'at least 1: the bits that say what CS does')
      if (body[0] > (SELECT | DESELECT))
        throw new RefusedRequest(
          'value',
          `transfer: its first octet is 0 to 3 (1: CS falls, 2: CS rises), not ${body[0]}`,
        )
      return {
        kind,
        select: (body[0] & SELECT) !== 0,
        deselect: (body[0] & DESELECT) !== 0,
        octets: body.subarray(1),
      }
    case 'advance':
    case 'wait': {
      requireLength(kind, body, 8)
      const duration = Number(view.getBigUint64(0))
      requireRange(kind, 'nanoseconds', duration, 0, LONGEST_WAIT)
      return { kind, duration }
    }
    case 'reset':
      requireLength(kind, body, 1)
      requireRange(kind, 'the level of RESET', body[0], 0, 1)
      return { kind, high: body[0] === 1 }
    case 'bus': {
      requireLength(kind, body, 12)
      const [clock, hold, high] = [view.getUint32(0), view.getUint32(4), view.getUint32(8)]
      requireRange(kind, 'SCK in hertz', clock, SLOWEST_CLOCK, FASTEST_CLOCK)
      requireRange(kind, 'nanoseconds from the last octet to CS high', hold, 0, LONGEST_SELECT_TIME)
      requireRange(kind, 'nanoseconds that CS is high', high, 0, LONGEST_SELECT_TIME)
      return { kind, clock, hold, high }
    }
  }
}

function requireLength(kind: RequestKind, body: Uint8Array, octets: number): void {
  if (body.length !== octets) throw wrongLength(kind, body, String(octets))
}

function wrongLength(kind: RequestKind, body: Uint8Array, octets: string): RefusedRequest {
  return new RefusedRequest('wrong-length', `${kind}: octets behind its type: ${body.length}, and it has ${octets}`)
}

function requireRange(kind: RequestKind, what: string, value: number, least: number, most: number): void {
  if (value < least || value > most)
    throw new RefusedRequest('value', `${kind}: ${what} are ${least} to ${most}, not ${value}`)
}

/** INT went to a level. */
export interface InterruptEdge {
  /** Virtual time, nanoseconds. */
  readonly at: number
  readonly high: boolean
}

/** What every reply begins and ends with. */
export interface ChipState {
  /** Virtual time, nanoseconds. */
  readonly at: number
  readonly interruptHigh: boolean
  /** What was done against the data sheet so far. */
  readonly findings: number
  /** Edges of INT since the reply before. */
  readonly edgeCount: number
  /** The first of them. */
  readonly edges: readonly InterruptEdge[]
}

/** Octets of a reply in front of what was asked for: type, time, INT, findings, edges. */
const REPLY_HEAD = 16
const EDGE_OCTETS = 9
const MOST_COUNTED = 0xffff

/** The reply to a request of this type, with its length in front. */
export function replyTo(type: number, state: ChipState, payload: Uint8Array): Uint8Array {
  return reply(REPLY | type, state, payload)
}

export function helloPayload(clock: number): Uint8Array {
  const payload = new Uint8Array(6)
  const view = viewOf(payload)
  view.setUint16(0, CHIP_SOCKET_VERSION)
  view.setUint32(2, clock)
  return payload
}

export function refusalReply({ refusal, message }: RefusedRequest, state: ChipState): Uint8Array {
  const text = encodeText(message)
  const payload = new Uint8Array(2 + text.length)
  viewOf(payload).setUint16(0, REFUSALS[refusal])
  payload.set(text, 2)
  return reply(REFUSED, state, payload)
}

function reply(type: number, state: ChipState, payload: Uint8Array): Uint8Array {
  const { at, interruptHigh, findings, edgeCount, edges } = state
  const length = REPLY_HEAD + payload.length + edges.length * EDGE_OCTETS
  const octets = new Uint8Array(4 + length)
  const view = viewOf(octets)
  view.setUint32(0, length)
  view.setUint8(4, type)
  view.setBigUint64(5, BigInt(at))
  view.setUint8(13, interruptHigh ? 1 : 0)
  view.setUint32(14, findings)
  view.setUint16(18, Math.min(edgeCount, MOST_COUNTED))
  octets.set(payload, 4 + REPLY_HEAD)
  let place = 4 + REPLY_HEAD + payload.length
  for (const edge of edges) {
    view.setBigUint64(place, BigInt(edge.at))
    view.setUint8(place + 8, edge.high ? 1 : 0)
    place += EDGE_OCTETS
  }
  return octets
}

function viewOf(octets: Uint8Array): DataView {
  return new DataView(octets.buffer, octets.byteOffset, octets.length)
}
