/** What a session cell carries: a step of the exchange that opens a session, and who is at this end of the line. */

import { decodeText, encodeText } from '../text/utf8.js'
import { PAYLOAD_OCTETS } from './cell.js'
import { type LinkField, SESSION, SESSION_FIELDS, SESSION_STEP } from './link-table.js'

export interface Identity {
  /** At most 22 octets of UTF-8; empty at the host. */
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

/** Which side of the link an end is. A host that hears a host hears itself, or somebody who is in its place. */
export type LinkRole = 'host' | 'board'

export interface SessionPayload {
  /** `reply`: the answer of version 1, which has no more steps. */
  readonly step: 'open' | 'accept' | 'confirm' | 'reply'
  /** 16 random bits of the sender; in `reply` the opener's. */
  readonly identifier: number
  /** In `accept` and `confirm`: the identifier of the end that it is sent to. Else 0. */
  readonly peer: number
  /** A cell of version 1 does not say it: there, only a host has no name. */
  readonly role: LinkRole
  /** The highest version of the exchange that the sender speaks. */
  readonly speaks: number
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

const STEPS = { open: SESSION_STEP.OPEN, accept: SESSION_STEP.ACCEPT, confirm: SESSION_STEP.CONFIRM } as const

/** An end of version 1 knows one flag, and says no more than that. */
function flagsOf({ step, role, speaks }: SessionPayload): number {
  if (step === 'reply') return SESSION.FLAG_REPLY
  if (speaks < SESSION.VERSION) return 0
  return (
    (role === 'host' ? SESSION.FLAG_HOST : 0) | (STEPS[step] << SESSION.STEP_SHIFT) | (speaks << SESSION.SPOKEN_SHIFT)
  )
}

/** 57 octets: see docs/serial-link.md for the layout. Names that are too long are cut. */
export function encodeSession(session: SessionPayload): Uint8Array {
  const octets = new Uint8Array(PAYLOAD_OCTETS)
  const { step, identity } = session
  const late = step === 'accept' || step === 'confirm'
  put(octets, SESSION_FIELDS.IDENTIFIER, session.identifier)
  put(octets, SESSION_FIELDS.VERSION, late ? SESSION.VERSION : SESSION.VERSION_1)
  put(octets, SESSION_FIELDS.FLAGS, flagsOf(session))
  put(octets, SESSION_FIELDS.WINDOW, identity.window)
  put(octets, SESSION_FIELDS.CELLS, identity.cells)
  put(octets, SESSION_FIELDS.SPI_CLOCK, identity.highestSpiClock)
  put(octets, SESSION_FIELDS.CAPABILITIES, identity.capabilities)
  putText(octets, SESSION_FIELDS.BOARD, identity.board)
  put(octets, SESSION_FIELDS.PEER, late ? session.peer : 0)
  putText(octets, SESSION_FIELDS.FIRMWARE, identity.firmware)
  return octets
}

/** Step and version of a payload; undefined for what no version says. */
function stepOf(octets: Uint8Array): SessionPayload['step'] | undefined {
  const version = get(octets, SESSION_FIELDS.VERSION)
  const flags = get(octets, SESSION_FIELDS.FLAGS)
  if (version === SESSION.VERSION_1) return (flags & SESSION.FLAG_REPLY) === 0 ? 'open' : 'reply'
  if (version !== SESSION.VERSION) return undefined
  const step = (flags >> SESSION.STEP_SHIFT) & SESSION.STEP_MASK
  if (step === SESSION_STEP.ACCEPT) return 'accept'
  return step === SESSION_STEP.CONFIRM ? 'confirm' : undefined
}

/**
 * Reads a session payload; undefined when it is too short, offers an impossible window, is of no version that we speak, or has one
 * identifier for both ends.
 */
export function decodeSession(octets: Uint8Array): SessionPayload | undefined {
  if (octets.length < PAYLOAD_OCTETS) return undefined
  const window = get(octets, SESSION_FIELDS.WINDOW)
  if (window < 1 || window > SESSION.WINDOW_LIMIT) return undefined
  const step = stepOf(octets)
  if (step === undefined) return undefined
  const identifier = get(octets, SESSION_FIELDS.IDENTIFIER)
  const late = step === 'accept' || step === 'confirm'
  const peer = late ? get(octets, SESSION_FIELDS.PEER) : 0
  if (late && peer === identifier) return undefined
  const flags = get(octets, SESSION_FIELDS.FLAGS)
  const speaks = Math.max(SESSION.VERSION_1, flags >> SESSION.SPOKEN_SHIFT)
  const board = getText(octets, SESSION_FIELDS.BOARD)
  const saysRole = late || (step === 'open' && speaks >= SESSION.VERSION)
  const isHost = saysRole ? (flags & SESSION.FLAG_HOST) !== 0 : octets[SESSION_FIELDS.BOARD.at] === 0
  return {
    step,
    identifier,
    peer,
    role: isHost ? 'host' : 'board',
    speaks: late ? Math.max(SESSION.VERSION, speaks) : speaks,
    identity: {
      window,
      cells: get(octets, SESSION_FIELDS.CELLS),
      highestSpiClock: get(octets, SESSION_FIELDS.SPI_CLOCK),
      capabilities: get(octets, SESSION_FIELDS.CAPABILITIES),
      board,
      firmware: getText(octets, SESSION_FIELDS.FIRMWARE),
    },
  }
}
