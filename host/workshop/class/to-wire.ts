/** What a learner, or the teacher, says to the wire of a class. */
import * as v from 'valibot'
import { type ClassData, COUNT, NAME, parseMessage, SEAT, SHORT, SPEED, type TimedMessage } from './message.js'

/** Octets of a message, at most. */
export const LARGEST_TO_WIRE = 2_048

const TO_WIRE = v.variant('kind', [
  v.object({ kind: v.literal('join'), version: COUNT, name: NAME, code: SHORT }),
  v.object({ kind: v.literal('teach'), version: COUNT, key: SHORT }),
  /** A learner pauses, or goes. */
  v.object({ kind: v.literal('leave'), why: v.picklist(['paused', 'left']) }),
  // The teacher's
  v.object({ kind: v.literal('pause'), paused: v.boolean() }),
  v.object({ kind: v.literal('speed'), speed: SPEED }),
  v.object({ kind: v.literal('kick'), seat: SEAT }),
  /** Whoever comes from now on needs another code. */
  v.object({ kind: v.literal('lock') }),
])

export type ToWire = v.InferOutput<typeof TO_WIRE> | TimedMessage

/** @returns undefined for what is no message */
export function parseToWire(data: ClassData): ToWire | undefined {
  return parseMessage(data, TO_WIRE, LARGEST_TO_WIRE)
}

export function writeToWire(message: Exclude<ToWire, TimedMessage>): string {
  return JSON.stringify(message)
}
