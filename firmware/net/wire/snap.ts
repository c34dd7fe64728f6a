/**
 * IP and ARP in frames of IEEE 802.3 (RFC 1042): the field where Ethernet has its type is a length, and LLC and SNAP before the
 * payload say what it is. A host is to hear these among its Ethernet frames (RFC 1122 2.3.3, SHOULD), and need not send them.
 */
import { ETHERNET_HEADER_OCTETS, LOWEST_ETHERTYPE } from './ethernet.js'
import { readUint16, writeUint16 } from './octets.js'

/** LLC: DSAP AAh, SSAP AAh, control 03h (UI); SNAP: organization code 0, which says that an EtherType follows. */
const HEADER = [0xaa, 0xaa, 0x03, 0x00, 0x00, 0x00]
const SNAP_OCTETS = HEADER.length + 2

export type SnapFault = 'frame truncated' | 'EtherType not handled'

/**
 * Makes an Ethernet frame of one whose type field is a length: `frame[0 .. end)`, in its place.
 * @returns where it ends now, without padding; or why it has no EtherType that can be used
 */
export function unwrapSnap(frame: Uint8Array, end: number): number | SnapFault {
  const last = ETHERNET_HEADER_OCTETS + readUint16(frame, ETHERNET_HEADER_OCTETS - 2)
  if (last > end) return 'frame truncated'
  const payloadAt = ETHERNET_HEADER_OCTETS + SNAP_OCTETS
  if (last < payloadAt) return 'EtherType not handled'
  for (let i = 0; i < HEADER.length; i++)
    if (frame[ETHERNET_HEADER_OCTETS + i] !== HEADER[i]) return 'EtherType not handled'
  const etherType = readUint16(frame, payloadAt - 2)
  if (etherType < LOWEST_ETHERTYPE) return 'EtherType not handled'
  writeUint16(frame, ETHERNET_HEADER_OCTETS - 2, etherType)
  frame.copyWithin(ETHERNET_HEADER_OCTETS, payloadAt, last)
  return last - SNAP_OCTETS
}
