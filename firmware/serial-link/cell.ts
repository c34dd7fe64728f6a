/** The cell: 64 octets, a header with its own check, up to 57 octets of payload, a check over the whole. */
import { crc16Xmodem, hec } from './crc.js'

export const CELL_OCTETS = 64
/** Header with its check: what delineation looks at. */
export const HEADER_OCTETS = 5
/** Room for payload in one cell. */
export const PAYLOAD_OCTETS = 57
const CHECK_AT = 62
const VERSION = 0x40
const VERSION_MASK = 0xc0

export const KIND_DATA = 0
export const KIND_ACKNOWLEDGEMENT = 1
export const KIND_REJECT = 2
export const KIND_SESSION = 3
export type CellKind = 0 | 1 | 2 | 3

export const CHANNEL_MANAGEMENT = 0
export const CHANNEL_SPI = 1
export const CHANNEL_EVENTS = 2
export const CHANNEL_FRAMES = 3
export const CHANNEL_CONSOLE = 4

export interface Cell {
  readonly kind: CellKind
  /** 0 to 15. */
  readonly channel: number
  /** Of this data cell, modulo 256. */
  readonly sequence: number
  /** The next sequence the sender expects, modulo 256. */
  readonly acknowledge: number
  /** 0 to 57 octets. */
  readonly payload: Uint8Array
}

/** Why 64 octets are no cell. */
export type CellError = 'length' | 'header' | 'payload'

/**
 * Lays a cell out in 64 octets.
 * @throws RangeError when a field does not fit: that is a fault of the caller, never of the line.
 */
export function encodeCell(cell: Cell): Uint8Array {
  const { kind, channel, sequence, acknowledge, payload } = cell
  if (payload.length > PAYLOAD_OCTETS) throw new RangeError(`a cell carries at most 57 octets, not ${payload.length}`)
  if (channel < 0 || channel > 15) throw new RangeError(`a channel is 0 to 15, not ${channel}`)
  const octets = new Uint8Array(CELL_OCTETS)
  octets[0] = VERSION | (kind << 4) | channel
  octets[1] = sequence
  octets[2] = acknowledge
  octets[3] = payload.length
  octets[4] = hec(octets)
  octets.set(payload, HEADER_OCTETS)
  const check = crc16Xmodem(octets, 0, CHECK_AT)
  octets[CHECK_AT] = check >> 8
  octets[CHECK_AT + 1] = check & 0xff
  return octets
}

/** Whether the five octets at `at` are a header: its check, the version and a length that fits. */
export function headerHolds(octets: Uint8Array, at: number): boolean {
  return (
    (octets[at] & VERSION_MASK) === VERSION && octets[at + 3] <= PAYLOAD_OCTETS && hec(octets, at) === octets[at + 4]
  )
}

/** Whether the 64 octets at `at`, whose header holds, carry the payload they were sent with. */
export function payloadHolds(octets: Uint8Array, at: number): boolean {
  // The check octets are part of the division: an intact cell leaves no remainder.
  if (crc16Xmodem(octets, at, at + CELL_OCTETS) !== 0) return false
  for (let i = at + HEADER_OCTETS + octets[at + 3]; i < at + CHECK_AT; i++) if (octets[i] !== 0) return false
  return true
}

/** The fields of the cell at `at`. The payload is a copy. Check `headerHolds` and `payloadHolds` first. */
export function readCell(octets: Uint8Array, at = 0): Cell {
  const start = at + HEADER_OCTETS
  return {
    kind: ((octets[at] >> 4) & 3) as CellKind,
    channel: octets[at] & 0x0f,
    sequence: octets[at + 1],
    acknowledge: octets[at + 2],
    payload: octets.slice(start, start + octets[at + 3]),
  }
}

/** Reads 64 octets as a cell. Never throws: octets from a line may be anything. */
export function decodeCell(
  octets: Uint8Array,
): { readonly ok: true; readonly cell: Cell } | { readonly ok: false; readonly error: CellError } {
  if (octets.length !== CELL_OCTETS) return { ok: false, error: 'length' }
  if (!headerHolds(octets, 0)) return { ok: false, error: 'header' }
  if (!payloadHolds(octets, 0)) return { ok: false, error: 'payload' }
  return { ok: true, cell: readCell(octets) }
}
