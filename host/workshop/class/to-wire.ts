/** What a learner, or the teacher, says to the wire of a class. */
import {
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
import { oneOfThese, yesOrNo } from './shapes.js'

/** Octets of a message, at most. */
export const LARGEST_TO_WIRE = 2_048

/** By its kind: what a message to the wire holds. */
const TO_WIRE = {
  join: { version: COUNT, name: NAME, code: SHORT },
  teach: { version: COUNT, key: SHORT },
  /** A learner pauses, or goes. */
  leave: { why: oneOfThese('paused', 'left') },
  // The teacher's
  pause: { paused: yesOrNo },
  speed: { speed: SPEED },
  kick: { seat: SEAT },
  /** Whoever comes from now on needs another code. */
  lock: {},
} as const

export type ToWire = MessageOf<typeof TO_WIRE> | TimedMessage

/** @returns undefined for what is no message */
export function parseToWire(data: ClassData): ToWire | undefined {
  return parseMessage(data, TO_WIRE, LARGEST_TO_WIRE)
}

export function writeToWire(message: Exclude<ToWire, TimedMessage>): string {
  return JSON.stringify(message)
}
