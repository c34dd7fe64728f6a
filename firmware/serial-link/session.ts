/** What a session cell carries: who is at this end of the line, under a session identifier that is new after each reset. */
import { PAYLOAD_OCTETS } from './cell.js'
import { decodeText, encodeText } from './text.js'

/** Version of what crosses the channels; the version of the cell itself is in its header. */
export const PROTOCOL_VERSION = 1

const BOARD_AT = 15
const BOARD_OCTETS = 24
const FIRMWARE_AT = BOARD_AT + BOARD_OCTETS
const FIRMWARE_OCTETS = 18
const FLAG_REPLY = 1

/** Capability bits of an identity. */
export const CAPABILITY_SPI = 1 << 0
export const CAPABILITY_RESET_PIN = 1 << 1
export const CAPABILITY_INT_PIN = 1 << 2
export const CAPABILITY_BAUD = 1 << 3
/** The board runs the stack itself (controller mode) and lends the chip on request. */
export const CAPABILITY_CONTROLLER = 1 << 4
export const CAPABILITY_POLL = 1 << 5
export const CAPABILITY_FRAMES = 1 << 6
export const CAPABILITY_CONSOLE = 1 << 7
export const CAPABILITY_RESTART = 1 << 8

export interface Identity {
  /** At most 24 octets of UTF-8; empty at the host. */
  readonly board: string
  /** At most 18 octets of UTF-8. */
  readonly firmware: string
  /** Cells this end will take before it has acknowledged the first: 1 to 127. */
  readonly window: number
  /** Hertz. */
  readonly highestSpiClock: number
  readonly capabilities: number
  /** Cells of replies this end can have under way, and of commands waiting behind them. 0: any number. */
  readonly cells: number
}

export interface SessionPayload {
  /** 16 random bits. */
  readonly identifier: number
  readonly version: number
  /** False: opens the session. True: answers the cell that opened it. */
  readonly reply: boolean
  readonly identity: Identity
}

function put(octets: Uint8Array, at: number, value: number, size: number): void {
  for (let i = 0; i < size; i++) octets[at + i] = Math.floor(value / 2 ** (8 * (size - 1 - i))) & 0xff
}

function get(octets: Uint8Array, at: number, size: number): number {
  let value = 0
  for (let i = 0; i < size; i++) value = value * 256 + octets[at + i]
  return value
}

function putText(octets: Uint8Array, at: number, size: number, text: string): void {
  const encoded = encodeText(text)
  let length = Math.min(encoded.length, size)
  if (encoded.length > size) while (length > 0 && (encoded[length] & 0xc0) === 0x80) length-- // never half a character
  octets.set(encoded.subarray(0, length), at)
}

function getText(octets: Uint8Array, at: number, size: number): string {
  let length = 0
  while (length < size && octets[at + length] !== 0) length++
  return decodeText(octets.subarray(at, at + length))
}

/** 57 octets: see docs/serial-link.md for the layout. Names that are too long are cut. */
export function encodeSession(session: SessionPayload): Uint8Array {
  const octets = new Uint8Array(PAYLOAD_OCTETS)
  put(octets, 0, session.identifier, 2)
  octets[2] = session.version
  octets[3] = session.reply ? FLAG_REPLY : 0
  octets[4] = session.identity.window
  put(octets, 5, session.identity.cells, 2)
  put(octets, 7, session.identity.highestSpiClock, 4)
  put(octets, 11, session.identity.capabilities, 4)
  putText(octets, BOARD_AT, BOARD_OCTETS, session.identity.board)
  putText(octets, FIRMWARE_AT, FIRMWARE_OCTETS, session.identity.firmware)
  return octets
}

/** Reads a session payload; undefined when it is too short or offers an impossible window. */
export function decodeSession(octets: Uint8Array): SessionPayload | undefined {
  if (octets.length < PAYLOAD_OCTETS || octets[4] < 1 || octets[4] > 127) return undefined
  return {
    identifier: get(octets, 0, 2),
    version: octets[2],
    reply: (octets[3] & FLAG_REPLY) !== 0,
    identity: {
      window: octets[4],
      cells: get(octets, 5, 2),
      highestSpiClock: get(octets, 7, 4),
      capabilities: get(octets, 11, 4),
      board: getText(octets, BOARD_AT, BOARD_OCTETS),
      firmware: getText(octets, FIRMWARE_AT, FIRMWARE_OCTETS),
    },
  }
}
