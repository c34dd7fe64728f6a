/** The transmit status vector, seven octets after the frame (DS39662 table 7-1). */
import { isPauseOpcode, lengthOutOfRange, lengthWrong, TYPE_CONTROL, TYPE_VLAN, typeOf } from './frame-facts.js'
import { isBroadcast } from './receive-filters.js'
import type { TransmitFrame } from './transmit-frame.js'

/** How a transmission ended. */
export type ChipTransmitOutcome =
  | 'done'
  | 'cancelled'
  | 'giant'
  | 'excessive collisions'
  | 'late collision'
  | 'excessive deferral'

export interface TransmitHistory {
  readonly outcome: ChipTransmitOutcome
  /** Collisions met, 0 to 16. */
  readonly collisions: number
  readonly deferred: boolean
  /** Octets on the wire in all attempts, without preambles. */
  readonly wireOctets: number
  readonly backpressure: boolean
  /** MACON3.FRMLNEN: the length field is checked. */
  readonly lengthChecked: boolean
}

/** Writes the vector over the seven octets of `vector`. */
export function writeTransmitStatus(vector: Uint8Array, frame: TransmitFrame, history: TransmitHistory): void {
  const { octets } = frame
  const { outcome } = history
  const type = typeOf(octets)
  vector[0] = octets.length
  vector[1] = octets.length >>> 8
  vector[2] =
    Math.min(history.collisions, 15) |
    (frame.crcError ? 0x10 : 0) |
    (history.lengthChecked && lengthWrong(type, octets.length - 18) ? 0x20 : 0) |
    (lengthOutOfRange(type) ? 0x40 : 0) |
    (outcome === 'done' ? 0x80 : 0)
  const broadcast = isBroadcast(octets)
  vector[3] =
    (!broadcast && octets[0] & 1 ? 0x01 : 0) |
    (broadcast ? 0x02 : 0) |
    (history.deferred && outcome !== 'excessive deferral' ? 0x04 : 0) |
    (outcome === 'excessive deferral' ? 0x08 : 0) |
    (outcome === 'excessive collisions' ? 0x10 : 0) |
    (outcome === 'late collision' ? 0x20 : 0) |
    (frame.giant ? 0x40 : 0)
  vector[4] = history.wireOctets
  vector[5] = history.wireOctets >>> 8
  const control = type === TYPE_CONTROL
  vector[6] =
    (control ? 0x01 : 0) |
    (control && isPauseOpcode(octets) ? 0x02 : 0) |
    (history.backpressure ? 0x04 : 0) |
    (type === TYPE_VLAN ? 0x08 : 0)
}
