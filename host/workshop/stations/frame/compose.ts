/** The frame that a learner puts together: its octets as they go out, preamble to FCS, and which of them are which field. */
import { FCS_OCTETS, withFcs } from '../../../../boards/ethernet/fcs.js'
import { PREAMBLE_OCTETS } from '../../../../boards/ethernet/port.js'
import { mac } from '../../../../firmware/net/address.js'
import { ETHERNET_HEADER_OCTETS, emitEthernet, LOWEST_ETHERTYPE } from '../../../../firmware/net/wire/ethernet.js'
import { encodeText } from '../../../../firmware/text/utf8.js'
import type { SettingValues } from '../../station-parts.js'

/** Of a frame on the wire, in its order (IEEE 802.3 3.1.1). */
export type FrameField =
  | 'preamble'
  | 'delimiter'
  | 'destination'
  | 'source'
  | 'type'
  | 'length'
  | 'payload'
  | 'padding'
  | 'fcs'

/** Destination address to the end of the padding: 64 octets with the FCS are the least (3.2.8). */
const SHORTEST = 60
const PREAMBLE = [0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0xd5]

export interface ComposedFrame {
  /** Destination address to the end of the padding. */
  readonly frame: Uint8Array
  /** Of each octet on the wire, from the first of the preamble: what it is, and which field it belongs to. */
  readonly octets: readonly { readonly value: number; readonly field: FrameField }[]
  readonly etherType: number
  readonly text: string
  readonly padding: number
}

export function composeFrame({ to, from, type, text }: SettingValues): ComposedFrame {
  const payload = encodeText(text)
  const etherType = Number.parseInt(type, 16)
  const frame = new Uint8Array(Math.max(SHORTEST, ETHERNET_HEADER_OCTETS + payload.length))
  frame.set(payload, emitEthernet({ destination: mac(to), source: mac(from), etherType }, frame))
  const padding = frame.length - ETHERNET_HEADER_OCTETS - payload.length
  const fieldAt = (at: number): FrameField => {
    if (at < 6) return 'destination'
    if (at < 12) return 'source'
    if (at < ETHERNET_HEADER_OCTETS) return etherType < LOWEST_ETHERTYPE ? 'length' : 'type'
    if (at < frame.length - padding) return 'payload'
    return at < frame.length ? 'padding' : 'fcs'
  }
  const octets = [
    ...PREAMBLE.map((value, i) => ({ value, field: i < PREAMBLE_OCTETS - 1 ? 'preamble' : 'delimiter' }) as const),
    ...Array.from(withFcs(frame), (value, at) => ({ value, field: fieldAt(at) })),
  ]
  return { frame, octets, etherType, text, padding }
}

/** Bits to be turned over, as they stand in the setting: counted from the first of the preamble. Those beyond the frame are none. */
export function turnedBits({ flips }: SettingValues, { frame }: ComposedFrame): number[] {
  const bits = (PREAMBLE_OCTETS + frame.length + FCS_OCTETS) * 8
  return flips === ''
    ? []
    : flips
        .split(',')
        .map(Number)
        .filter((bit) => bit < bits)
}
