/** What both status vectors say about a frame (DS39662 tables 7-1 and 7-3). */

const TYPE = 12
/** The largest value that is a length and not a type, as the chip sees it. */
const LENGTH_MAX = 1500
export const TYPE_VLAN = 0x8100
export const TYPE_CONTROL = 0x8808
const OPCODE_PAUSE = 0x0001

/** Type/length field; 0 where the frame ends before it. */
export function typeOf(octets: Uint8Array): number {
  return octets.length < TYPE + 2 ? 0 : (octets[TYPE] << 8) | octets[TYPE + 1]
}

/** The length field is no length: a type, and so the rule for Ethernet II. */
export function lengthOutOfRange(type: number): boolean {
  return type > LENGTH_MAX
}

/** A length field that does not agree with the data. `data`: octets between it and the FCS, padding included. */
export function lengthWrong(type: number, data: number): boolean {
  return type <= LENGTH_MAX && data !== type && data !== Math.max(type, 46)
}

/** Destination of pause frames (IEEE 802.3 31B.1). */
export const PAUSE_ADDRESS = Uint8Array.of(0x01, 0x80, 0xc2, 0x00, 0x00, 0x01)

/** MAC control opcode; -1 where the frame ends before it. */
function controlOpcode(octets: Uint8Array): number {
  return octets.length < TYPE + 4 ? -1 : (octets[TYPE + 2] << 8) | octets[TYPE + 3]
}

export function isPauseOpcode(octets: Uint8Array): boolean {
  return controlOpcode(octets) === OPCODE_PAUSE
}

export function isPauseAddress(octets: Uint8Array): boolean {
  for (let i = 0; i < 6; i++) if (octets[i] !== PAUSE_ADDRESS[i]) return false
  return true
}
