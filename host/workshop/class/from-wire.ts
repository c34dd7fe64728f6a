/** What the wire of a class says to a learner, or to the teacher. */
import * as v from 'valibot'
import { CLASS_BOXES, MOST_SEATS, REFUSED, UNPLUGGED } from './facts.js'
import {
  AT,
  type ClassData,
  COUNT,
  NAME,
  parseMessage,
  SEAT,
  SHORT,
  SPEED,
  type TimedMessage,
  textUpTo,
  wholeUpTo,
} from './message.js'

/** Characters of a message, at most. */
const LARGEST_FROM_WIRE = 65_536
const MOST_REASONS = 64
/** With its prefix length, where it has one. */
const ADDRESS = textUpTo(18)
/** By their reasons. */
const COUNTS = v.pipe(
  v.record(v.string(), COUNT),
  v.check((counts) => Object.keys(counts).length <= MOST_REASONS),
  v.readonly(),
)
const WHO = v.object({ seat: SEAT, name: NAME, address: ADDRESS })
const COUNTERS = v.object({ sent: COUNT, received: COUNT, collisions: COUNT, late: COUNT, dropped: COUNTS })
const SEATED = v.object({ ...WHO.entries, behind: AT, ...COUNTERS.entries })

function ofSeats<const Each extends v.GenericSchema>(each: Each) {
  return v.pipe(v.array(each), v.maxLength(MOST_SEATS))
}

const FROM_WIRE = v.variant('kind', [
  v.object({
    kind: v.literal('joined'),
    box: v.picklist(CLASS_BOXES),
    seat: SEAT,
    address: ADDRESS,
    gateway: textUpTo(15),
    mac: v.pipe(v.array(wholeUpTo(255)), v.length(6)),
    seed: COUNT,
    at: AT,
    speed: SPEED,
    /** For so long of wall time each frame waits, so that what was sent at one instant meets, ms. */
    waitMilliseconds: COUNT,
  }),
  v.object({ kind: v.literal('link'), up: v.boolean(), at: AT }),
  v.object({
    kind: v.literal('class'),
    paused: v.boolean(),
    speed: SPEED,
    who: ofSeats(WHO),
  }),
  v.object({ kind: v.literal('collision'), at: AT, attempt: COUNT, slots: COUNT }),
  v.object({ kind: v.literal('counters'), ...COUNTERS.entries }),
  v.object({ kind: v.literal('unplugged'), why: v.picklist(UNPLUGGED) }),
  v.object({ kind: v.literal('refused'), why: v.picklist(REFUSED) }),
  // To the teacher, who gets each frame on the wire as well, as the frame itself
  v.object({
    kind: v.literal('state'),
    at: AT,
    paused: v.boolean(),
    speed: SPEED,
    box: v.picklist(CLASS_BOXES),
    code: SHORT,
    places: COUNT,
    seats: ofSeats(SEATED),
    /** Of those who were not let in, and of those whose cable was pulled out. */
    refused: COUNTS,
    unplugged: COUNTS,
    /** Of what the box itself dropped. */
    dropped: COUNTS,
  }),
  /** These began within one slot time of each other. */
  v.object({ kind: v.literal('collided'), at: AT, seats: ofSeats(SEAT) }),
  /** More passed than can be shown. */
  v.object({ kind: v.literal('passed over'), count: COUNT }),
])

export type FromWire = v.InferOutput<typeof FROM_WIRE> | TimedMessage
export type ClassState = Extract<FromWire, { kind: 'state' }>
export type ClassCounters = v.InferOutput<typeof COUNTERS>
/** Somebody on the wire, the address without its prefix length. */
export type ClassPerson = v.InferOutput<typeof WHO>

/** @returns undefined for what is no message */
export function parseFromWire(data: ClassData): FromWire | undefined {
  return parseMessage(data, FROM_WIRE, LARGEST_FROM_WIRE)
}

export function writeFromWire(message: Exclude<FromWire, TimedMessage>): string {
  return JSON.stringify(message)
}
