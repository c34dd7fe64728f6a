/** The cell: 64 octets, a header with its own check, up to 57 octets of payload, a check over the whole. */
import { crc16Xmodem, hec } from './crc.js'
import { CELL, CELL_FIELDS, HEADER, type KIND } from './link-table.js'

export const { OCTETS: CELL_OCTETS, HEADER_OCTETS, PAYLOAD_OCTETS } = CELL
const FIRST_AT = CELL_FIELDS.FIRST.at
const SEQUENCE_AT = CELL_FIELDS.SEQUENCE.at
const ACKNOWLEDGE_AT = CELL_FIELDS.ACKNOWLEDGE.at
const LENGTH_AT = CELL_FIELDS.LENGTH.at
const HEADER_CHECK_AT = CELL_FIELDS.HEADER_CHECK.at
const PAYLOAD_AT = CELL_FIELDS.PAYLOAD.at
const CHECK_AT = CELL_FIELDS.CHECK.at
const { VERSION, VERSION_MASK, KIND_SHIFT, KIND_MASK, CHANNEL_MASK } = HEADER

export type CellKind = (typeof KIND)[keyof typeof KIND]

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
  if (payload.length > PAYLOAD_OCTETS)
    throw new RangeError(`a cell carries at most ${PAYLOAD_OCTETS} octets, not ${payload.length}`)
  if (channel < 0 || channel > CHANNEL_MASK) throw new RangeError(`a channel is 0 to ${CHANNEL_MASK}, not ${channel}`)
  const octets = new Uint8Array(CELL_OCTETS)
  octets[FIRST_AT] = VERSION | (kind << KIND_SHIFT) | channel
  octets[SEQUENCE_AT] = sequence
  octets[ACKNOWLEDGE_AT] = acknowledge
  octets[LENGTH_AT] = payload.length
  octets[HEADER_CHECK_AT] = hec(octets)
  octets.set(payload, PAYLOAD_AT)
  const check = crc16Xmodem(octets, 0, CHECK_AT)
  octets[CHECK_AT] = check >> 8
  octets[CHECK_AT + 1] = check & 0xff
  return octets
}

/** Whether the five octets at `at` are a header: its check, the version and a length that fits. */
export function headerHolds(octets: Uint8Array, at: number): boolean {
  return (
    (octets[at] & VERSION_MASK) === VERSION &&
    octets[at + LENGTH_AT] <= PAYLOAD_OCTETS &&
    hec(octets, at) === octets[at + HEADER_CHECK_AT]
  )
}

/** Whether the 64 octets at `at`, whose header holds, carry the payload they were sent with. */
export function payloadHolds(octets: Uint8Array, at: number): boolean {
  // The check octets are part of the division: an intact cell leaves no remainder.
  if (crc16Xmodem(octets, at, at + CELL_OCTETS) !== 0) return false
  for (let i = at + PAYLOAD_AT + octets[at + LENGTH_AT]; i < at + CHECK_AT; i++) if (octets[i] !== 0) return false
  return true
}

/** The fields of the cell at `at`. The payload is a copy. Check `headerHolds` and `payloadHolds` first. */
export function readCell(octets: Uint8Array, at = 0): Cell {
  const start = at + PAYLOAD_AT
  return {
    kind: ((octets[at] >> KIND_SHIFT) & KIND_MASK) as CellKind,
    channel: octets[at] & CHANNEL_MASK,
    sequence: octets[at + SEQUENCE_AT],
    acknowledge: octets[at + ACKNOWLEDGE_AT],
    payload: octets.slice(start, start + octets[at + LENGTH_AT]),
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
