/**
 * What a learner's page and the class wire say to each other over a WebSocket. Frames and instants are binary messages: a kind (one octet), an
 * instant of the class's clock (nanoseconds, IEEE 754 binary64, the most significant octet first), and the octets of the frame, destination
 * address to the end of its payload. Everything else is JSON. Either end takes what the other says for hostile.
 */
import * as v from 'valibot'
import { ETHERNET_HEADER_OCTETS, ETHERNET_MTU } from '../../../firmware/net/wire/ethernet.js'
import { CLASS_SPEEDS, LONGEST_NAME, MOST_SEATS } from './facts.js'

const FRAME_KIND = 1
/** From the wire: the clock stands there now. To it: that was heard. */
const CLOCK_KIND = 2
const HEADER_OCTETS = 9
const LARGEST_FRAME = ETHERNET_HEADER_OCTETS + ETHERNET_MTU

export const AT = v.pipe(v.number(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))
export const COUNT = wholeUpTo(Number.MAX_SAFE_INTEGER)
export const SEAT = wholeUpTo(MOST_SEATS - 1)
export const NAME = textUpTo(2 * LONGEST_NAME)
export const SHORT = textUpTo(64)
export const SPEED = v.pipe(v.number(), v.minValue(CLASS_SPEEDS[CLASS_SPEEDS.length - 1]), v.maxValue(1))

export function textUpTo(longest: number) {
  return v.pipe(v.string(), v.maxLength(longest))
}

export function wholeUpTo(most: number) {
  return v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most))
}

/** A frame, or an instant. The octets of a frame are those of the message. */
export type TimedMessage =
  | { readonly kind: 'frame'; readonly at: number; readonly frame: Uint8Array }
  | { readonly kind: 'clock'; readonly at: number }

/** As a WebSocket has them. */
export type ClassData = string | Uint8Array

/** @param frame left out: the instant alone */
export function writeTimed(at: number, frame?: Uint8Array): Uint8Array<ArrayBuffer> {
  const octets = new Uint8Array(HEADER_OCTETS + (frame?.length ?? 0))
  octets[0] = frame === undefined ? CLOCK_KIND : FRAME_KIND
  new DataView(octets.buffer).setFloat64(1, at)
  if (frame !== undefined) octets.set(frame, HEADER_OCTETS)
  return octets
}

/** @returns undefined for what is none of these messages, and no frame or instant */
export function parseMessage<const Schema extends v.GenericSchema>(
  data: ClassData,
  schema: Schema,
  largest: number,
): TimedMessage | v.InferOutput<Schema> | undefined {
  if (data.length > largest) return undefined
  if (typeof data !== 'string') return parseTimed(data)
  const read = v.safeParse(schema, parsedJson(data), { abortEarly: true })
  return read.success ? read.output : undefined
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
  if (!v.is(AT, at)) return undefined
  const frame = octets.subarray(HEADER_OCTETS)
  if (octets[0] === CLOCK_KIND) return frame.length === 0 ? { kind: 'clock', at } : undefined
  if (octets[0] !== FRAME_KIND) return undefined
  return frame.length >= ETHERNET_HEADER_OCTETS && frame.length <= LARGEST_FRAME
    ? { kind: 'frame', at, frame }
    : undefined
}
