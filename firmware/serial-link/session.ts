/** What a session cell carries: who is at this end of the line, under a session identifier that is new after each reset. */

import { decodeText, encodeText } from '../text/utf8.js'
import { PAYLOAD_OCTETS } from './cell.js'
import { type LinkField, SESSION, SESSION_FIELDS } from './link-table.js'

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

function put(octets: Uint8Array, { at, octets: size }: LinkField, value: number): void {
  for (let i = 0; i < size; i++) octets[at + i] = Math.floor(value / 2 ** (8 * (size - 1 - i))) & 0xff
}

function get(octets: Uint8Array, { at, octets: size }: LinkField): number {
  let value = 0
  for (let i = 0; i < size; i++) value = value * 256 + octets[at + i]
  return value
}

function putText(octets: Uint8Array, { at, octets: size }: LinkField, text: string): void {
  const encoded = encodeText(text)
  let length = Math.min(encoded.length, size)
  if (encoded.length > size) while (length > 0 && (encoded[length] & 0xc0) === 0x80) length-- // never half a character
  octets.set(encoded.subarray(0, length), at)
}

function getText(octets: Uint8Array, { at, octets: size }: LinkField): string {
  let length = 0
  while (length < size && octets[at + length] !== 0) length++
  return decodeText(octets.subarray(at, at + length))
}

/** 57 octets: see docs/serial-link.md for the layout. Names that are too long are cut. */
export function encodeSession(session: SessionPayload): Uint8Array {
  const octets = new Uint8Array(PAYLOAD_OCTETS)
  const { identity } = session
  put(octets, SESSION_FIELDS.IDENTIFIER, session.identifier)
  put(octets, SESSION_FIELDS.VERSION, session.version)
  put(octets, SESSION_FIELDS.FLAGS, session.reply ? SESSION.FLAG_REPLY : 0)
  put(octets, SESSION_FIELDS.WINDOW, identity.window)
  put(octets, SESSION_FIELDS.CELLS, identity.cells)
  put(octets, SESSION_FIELDS.SPI_CLOCK, identity.highestSpiClock)
  put(octets, SESSION_FIELDS.CAPABILITIES, identity.capabilities)
  putText(octets, SESSION_FIELDS.BOARD, identity.board)
  putText(octets, SESSION_FIELDS.FIRMWARE, identity.firmware)
  return octets
}

/** Reads a session payload; undefined when it is too short or offers an impossible window. */
export function decodeSession(octets: Uint8Array): SessionPayload | undefined {
  if (octets.length < PAYLOAD_OCTETS) return undefined
  const window = get(octets, SESSION_FIELDS.WINDOW)
  if (window < 1 || window > SESSION.WINDOW_LIMIT) return undefined
  return {
    identifier: get(octets, SESSION_FIELDS.IDENTIFIER),
    version: get(octets, SESSION_FIELDS.VERSION),
    reply: (get(octets, SESSION_FIELDS.FLAGS) & SESSION.FLAG_REPLY) !== 0,
    identity: {
      window,
      cells: get(octets, SESSION_FIELDS.CELLS),
      highestSpiClock: get(octets, SESSION_FIELDS.SPI_CLOCK),
      capabilities: get(octets, SESSION_FIELDS.CAPABILITIES),
      board: getText(octets, SESSION_FIELDS.BOARD),
      firmware: getText(octets, SESSION_FIELDS.FIRMWARE),
    },
  }
}
