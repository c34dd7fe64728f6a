/**
 * What a learner's page and the class wire say to each other over a WebSocket. Frames and instants are binary messages: a kind (one octet), an
 * instant of the class's clock (nanoseconds, IEEE 754 binary64, the most significant octet first), and the octets of the frame, destination
 * address to the end of its payload. Everything else is JSON. Either end takes what the other says for hostile.
 */
import { ETHERNET_HEADER_OCTETS, ETHERNET_MTU } from '../../../firmware/net/wire/ethernet.js'
import { type Check, type Checked, flag, isObject, list, number, oneOf, record, table, text, whole } from './shapes.js'

/** A page of another version is told so: it was kept open over a new one. */
export const CLASS_PROTOCOL = 1
/** The path of the WebSocket. */
export const CLASS_PATH = '/class'

export const CLASS_BOXES = ['hub', 'switch', 'router'] as const
export type ClassBoxKind = (typeof CLASS_BOXES)[number]

/** Octets of a message to the wire, at most; and from it. */
export const LARGEST_TO_WIRE = 2_048
const LARGEST_FROM_WIRE = 65_536
export const LONGEST_NAME = 24
export const MOST_SEATS = 64
/** Virtual seconds a second. */
export const CLASS_SPEEDS = [1, 0.1, 0.01, 0.001] as const

export const FRAME_KIND = 1
/** From the wire: the clock stands there now. To it: that was heard. */
export const CLOCK_KIND = 2
const HEADER_OCTETS = 9
const LARGEST_FRAME = ETHERNET_HEADER_OCTETS + ETHERNET_MTU

/** Why somebody's cable was pulled out. */
export const UNPLUGGED = ['paused', 'left', 'too slow', 'flood', 'malformed', 'kicked', 'class over'] as const
export type Unplugged = (typeof UNPLUGGED)[number]
/** Why somebody was not let in. */
export const REFUSED = [
  'wrong code',
  'wrong key',
  'too many tries',
  'version',
  'name',
  'name taken',
  'full',
  'silent',
  'malformed',
  'class over',
] as const
export type ClassRefusal = (typeof REFUSED)[number]

const AT = number(0, Number.MAX_SAFE_INTEGER)
const SEAT = whole(0, MOST_SEATS - 1)
const COUNT = whole(0, Number.MAX_SAFE_INTEGER)
const NAME = text(2 * LONGEST_NAME)
const ADDRESS = text(15)
const SHORT = text(64)
const COUNTS = table(COUNT, 64)
const SPEED = number(CLASS_SPEEDS[CLASS_SPEEDS.length - 1], 1)

/** By its kind: what a message to the wire holds. */
const TO_WIRE = {
  join: { version: COUNT, name: NAME, code: SHORT },
  teach: { version: COUNT, key: SHORT },
  /** A learner pauses, or goes. */
  leave: { why: oneOf('paused', 'left') },
  // The teacher's
  pause: { paused: flag },
  speed: { speed: SPEED },
  kick: { seat: SEAT },
  /** Whoever comes from now on needs another code. */
  lock: {},
} as const

const WHO = record({ name: NAME, address: ADDRESS })
const COUNTERS = { sent: COUNT, received: COUNT, collisions: COUNT, late: COUNT, dropped: COUNTS } as const
const SEATED = record({ seat: SEAT, name: NAME, address: ADDRESS, behind: AT, ...COUNTERS })

const FROM_WIRE = {
  joined: {
    box: oneOf(...CLASS_BOXES),
    seat: SEAT,
    /** With its prefix length. */
    address: text(18),
    gateway: text(15),
    mac: list(whole(0, 255), 6),
    seed: COUNT,
    at: AT,
    speed: SPEED,
    /** For so long of wall time each frame waits, so that what was sent at one instant meets, ms. */
    wait: COUNT,
  },
  link: { up: flag, at: AT },
  class: { paused: flag, speed: SPEED, who: list(WHO, MOST_SEATS) },
  collision: { at: AT, attempt: COUNT, slots: COUNT },
  counters: COUNTERS,
  unplugged: { why: oneOf(...UNPLUGGED) },
  refused: { why: oneOf(...REFUSED) },
  /** What the teacher sees. */
  state: {
    at: AT,
    paused: flag,
    speed: SPEED,
    box: oneOf(...CLASS_BOXES),
    code: SHORT,
    places: COUNT,
    seats: list(SEATED, MOST_SEATS),
    /** Of those who were not let in, and of those whose cable was pulled out. */
    refused: COUNTS,
    unplugged: COUNTS,
    /** Of what the box itself dropped. */
    dropped: COUNTS,
  },
} as const

type Shapes = Readonly<Record<string, Readonly<Record<string, Check<unknown>>>>>
type MessageOf<All extends Shapes> = {
  [Kind in keyof All]: { readonly kind: Kind } & Checked<All[Kind]>
}[keyof All]

/** A frame, or an instant. The octets of a frame are those of the message. */
export type TimedMessage =
  | { readonly kind: 'frame'; readonly at: number; readonly frame: Uint8Array }
  | { readonly kind: 'clock'; readonly at: number }
export type ToWire = MessageOf<typeof TO_WIRE> | TimedMessage
export type FromWire = MessageOf<typeof FROM_WIRE> | TimedMessage
export type ClassState = Extract<FromWire, { kind: 'state' }>
export type ClassCounters = Checked<typeof COUNTERS>

/** As a WebSocket has them. */
export type ClassData = string | Uint8Array

/** @returns undefined for what is no message */
export function parseToWire(data: ClassData): ToWire | undefined {
  return parse(data, TO_WIRE, LARGEST_TO_WIRE)
}

/** @returns undefined for what is no message */
export function parseFromWire(data: ClassData): FromWire | undefined {
  return parse(data, FROM_WIRE, LARGEST_FROM_WIRE)
}

export function writeToWire(message: Exclude<ToWire, TimedMessage>): string {
  return JSON.stringify(message)
}

export function writeFromWire(message: Exclude<FromWire, TimedMessage>): string {
  return JSON.stringify(message)
}

/** @param frame left out: the instant alone */
export function writeTimed(at: number, frame?: Uint8Array): Uint8Array<ArrayBuffer> {
  const octets = new Uint8Array(HEADER_OCTETS + (frame?.length ?? 0))
  octets[0] = frame === undefined ? CLOCK_KIND : FRAME_KIND
  new DataView(octets.buffer).setFloat64(1, at)
  if (frame !== undefined) octets.set(frame, HEADER_OCTETS)
  return octets
}

function parse<All extends Shapes>(data: ClassData, shapes: All, largest: number) {
  if (data.length > largest) return undefined
  if (typeof data !== 'string') return parseTimed(data)
  const message = parsedJson(data)
  if (!isObject(message) || typeof message.kind !== 'string' || !Object.hasOwn(shapes, message.kind)) return undefined
  return record(shapes[message.kind])(message) ? (message as MessageOf<All>) : undefined
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function parseTimed(octets: Uint8Array): TimedMessage | undefined {
  if (octets.length < HEADER_OCTETS) return undefined
  const at = new DataView(octets.buffer, octets.byteOffset, octets.length).getFloat64(1)
  if (!AT(at)) return undefined
  const frame = octets.subarray(HEADER_OCTETS)
  if (octets[0] === CLOCK_KIND) return frame.length === 0 ? { kind: 'clock', at } : undefined
  if (octets[0] !== FRAME_KIND) return undefined
  return frame.length >= ETHERNET_HEADER_OCTETS && frame.length <= LARGEST_FRAME
    ? { kind: 'frame', at, frame }
    : undefined
}

const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u

/** A name as it is shown to others, or undefined where it can be none: something to be seen, and nothing that hides or turns what stands beside it. */
export function properName(given: string): string | undefined {
  const name = given.normalize('NFC').trim().replace(/\s+/g, ' ')
  return name === '' || [...name].length > LONGEST_NAME || HIDDEN.test(name) ? undefined : name
}
