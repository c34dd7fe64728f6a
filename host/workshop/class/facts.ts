/** What both ends of a class agree on, and its pages show. */

/** A page of another version is told so: it was kept open over a new one. */
export const CLASS_PROTOCOL = 2
/** The path of the WebSocket. */
export const CLASS_PATH = '/class'

export const CLASS_BOXES = ['hub', 'switch', 'router'] as const
export type ClassBoxKind = (typeof CLASS_BOXES)[number]

export const LONGEST_NAME = 24
export const MOST_SEATS = 64
/** The address of the card at a place: locally administered (IEEE 802 8.2.2). */
export function macOfSeat(seat: number): Uint8Array {
  return Uint8Array.of(0x02, 0, 0, 0, 0, FIRST_CARD + seat)
}

/** @returns undefined for the address of no place */
export function seatOfMac(mac: Uint8Array): number | undefined {
  const seat = mac[5] - FIRST_CARD
  if (seat < 0 || seat >= MOST_SEATS) return undefined
  return macOfSeat(seat).every((octet, i) => octet === mac[i]) ? seat : undefined
}

const FIRST_CARD = 10

/** Virtual seconds a second. */
export const CLASS_SPEEDS = [1, 0.1, 0.01, 0.001] as const

/** Why somebody's cable was pulled out. */
export const UNPLUGGED = ['paused', 'left', 'too slow', 'flood', 'malformed', 'kicked', 'class over'] as const
export type Unplugged = (typeof UNPLUGGED)[number]
/** Why somebody was not let in. */
export const REFUSED = [
  'wrong code',
  'wrong key',
  'too many tries',
  'version',
  'name',
  'name taken',
  'full',
  'silent',
  'malformed',
  'class over',
  // Before it came to the wire at all
  'foreign origin',
  'foreign host',
  'too many connections',
] as const
export type ClassRefusal = (typeof REFUSED)[number]
