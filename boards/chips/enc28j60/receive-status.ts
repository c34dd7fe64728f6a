/** The receive status vector before each packet (DS39662 table 7-3). */
import type { FrameSignal } from '../../ethernet/port.js'
import {
  isPauseAddress,
  isPauseOpcode,
  lengthOutOfRange,
  lengthWrong,
  TYPE_CONTROL,
  TYPE_VLAN,
  typeOf,
} from './frame-facts.js'
import { isBroadcast } from './receive-filters.js'

/** Bits of octet 4 of the header: RSV 23:16. */
const LONG_OR_DROP = 0x01
const CARRIER_EVENT = 0x04
const CRC_ERROR = 0x10
const LENGTH_ERROR = 0x20
const LENGTH_OUT_OF_RANGE = 0x40
const RECEIVED_OK = 0x80
/** Bits of octet 5: RSV 31:24. */
const MULTICAST = 0x01
const BROADCAST = 0x02
const DRIBBLE = 0x04
const CONTROL = 0x08
const PAUSE = 0x10
const UNKNOWN_OPCODE = 0x20
const VLAN = 0x40

/**
 * Writes octets 2 to 5 of a packet's header.
 * @param own the destination is this station: a pause frame may be addressed so (IEEE 802.3 31B.1).
 */
export function writeReceiveStatus(
  header: Uint8Array,
  signal: FrameSignal,
  good: boolean,
  lengthChecked: boolean,
  own: boolean,
  events: { readonly drop: boolean; readonly carrier: boolean },
): void {
  const { octets, dribbleBits } = signal
  const type = typeOf(octets)
  header[2] = octets.length
  header[3] = octets.length >>> 8
  let low = good ? RECEIVED_OK : CRC_ERROR
  if (events.drop) low |= LONG_OR_DROP
  if (events.carrier) low |= CARRIER_EVENT
  if (lengthChecked && lengthWrong(type, octets.length - 18)) low |= LENGTH_ERROR
  if (lengthOutOfRange(type)) low |= LENGTH_OUT_OF_RANGE
  let high = 0
  // A broadcast is not marked as a multicast too.
  if (isBroadcast(octets)) high |= BROADCAST
  else if (octets[0] & 1) high |= MULTICAST
  if (dribbleBits > 0) high |= DRIBBLE
  if (type === TYPE_CONTROL) {
    high |= CONTROL
    if (!isPauseOpcode(octets)) high |= UNKNOWN_OPCODE
    else if (own || isPauseAddress(octets)) high |= PAUSE
  } else if (type === TYPE_VLAN) high |= VLAN
  header[4] = low
  header[5] = high
}
