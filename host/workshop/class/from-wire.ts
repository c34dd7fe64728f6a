/** What the wire of a class says to a learner, or to the teacher. */
import { CLASS_BOXES, MOST_SEATS, REFUSED, UNPLUGGED } from './facts.js'
import {
  AT,
  type ClassData,
  COUNT,
  type MessageOf,
  NAME,
  parseMessage,
  SEAT,
  SHORT,
  SPEED,
  type TimedMessage,
} from './message.js'
import { type Checked, manyOf, oneOfThese, recordOf, tableOf, textUpTo, wholeWithin, yesOrNo } from './shapes.js'

/** Characters of a message, at most. */
const LARGEST_FROM_WIRE = 65_536
/** With its prefix length, where it has one. */
const ADDRESS = textUpTo(18)
const COUNTS = tableOf(COUNT, 64)
const WHO = recordOf({ name: NAME, address: ADDRESS })
const COUNTERS = { sent: COUNT, received: COUNT, collisions: COUNT, late: COUNT, dropped: COUNTS } as const
const SEATED = recordOf({ seat: SEAT, name: NAME, address: ADDRESS, behind: AT, ...COUNTERS })

const FROM_WIRE = {
  joined: {
    box: oneOfThese(...CLASS_BOXES),
    seat: SEAT,
    address: ADDRESS,
    gateway: textUpTo(15),
    mac: manyOf(wholeWithin(0, 255), 6),
    seed: COUNT,
    at: AT,
    speed: SPEED,
    /** For so long of wall time each frame waits, so that what was sent at one instant meets, ms. */
    waitMilliseconds: COUNT,
  },
  link: { up: yesOrNo, at: AT },
  class: { paused: yesOrNo, speed: SPEED, who: manyOf(WHO, MOST_SEATS) },
  collision: { at: AT, attempt: COUNT, slots: COUNT },
  counters: COUNTERS,
  unplugged: { why: oneOfThese(...UNPLUGGED) },
  refused: { why: oneOfThese(...REFUSED) },
  /** What the teacher sees. */
  state: {
    at: AT,
    paused: yesOrNo,
    speed: SPEED,
    box: oneOfThese(...CLASS_BOXES),
    code: SHORT,
    places: COUNT,
    seats: manyOf(SEATED, MOST_SEATS),
    /** Of those who were not let in, and of those whose cable was pulled out. */
    refused: COUNTS,
    unplugged: COUNTS,
    /** Of what the box itself dropped. */
    dropped: COUNTS,
  },
} as const

export type FromWire = MessageOf<typeof FROM_WIRE> | TimedMessage
export type ClassState = Extract<FromWire, { kind: 'state' }>
export type ClassCounters = Checked<typeof COUNTERS>

/** @returns undefined for what is no message */
export function parseFromWire(data: ClassData): FromWire | undefined {
  return parseMessage(data, FROM_WIRE, LARGEST_FROM_WIRE)
}

export function writeFromWire(message: Exclude<FromWire, TimedMessage>): string {
  return JSON.stringify(message)
}
