/** The Address Resolution Protocol for IPv4 over Ethernet (RFC 826). */
import type { Ipv4Address, MacAddress } from '../address.js'
import { readUint16, readUint32, writeUint16, writeUint32 } from './octets.js'

export const ARP_OCTETS = 28
export const ARP_REQUEST = 1
export const ARP_REPLY = 2

const HARDWARE_ETHERNET = 1
/** The same addresses, in frames of IEEE 802.3 (RFC 1042). */
const HARDWARE_IEEE_802 = 6
const PROTOCOL_IPV4 = 0x0800

export interface ArpPacket {
  /** ar$op */
  operation: number
  /** ar$sha, ar$spa */
  senderMac: MacAddress
  senderAddress: Ipv4Address
  /** ar$tha, ar$tpa */
  targetMac: MacAddress
  targetAddress: Ipv4Address
}

export type ArpFault = 'truncated' | 'not IPv4 over Ethernet'

/** Parses the packet in `octets[at .. end)`; what follows it (padding) is nobody's. */
export function parseArp(octets: Uint8Array, at = 0, end = octets.length): ArpPacket | ArpFault {
  if (end - at < ARP_OCTETS) return 'truncated'
  const hardware = readUint16(octets, at)
  if (
    (hardware !== HARDWARE_ETHERNET && hardware !== HARDWARE_IEEE_802) ||
    readUint16(octets, at + 2) !== PROTOCOL_IPV4 ||
    octets[at + 4] !== 6 ||
    octets[at + 5] !== 4
  )
    return 'not IPv4 over Ethernet'
  return {
    operation: readUint16(octets, at + 6),
    senderMac: octets.slice(at + 8, at + 14),
    senderAddress: readUint32(octets, at + 14),
    targetMac: octets.slice(at + 18, at + 24),
    targetAddress: readUint32(octets, at + 24),
  }
}

/** Writes the 28 octets at `at`. */
export function emitArp(packet: ArpPacket, octets: Uint8Array, at = 0): void {
  writeUint16(octets, at, HARDWARE_ETHERNET)
  writeUint16(octets, at + 2, PROTOCOL_IPV4)
  octets[at + 4] = 6
  octets[at + 5] = 4
  writeUint16(octets, at + 6, packet.operation)
  octets.set(packet.senderMac, at + 8)
  writeUint32(octets, at + 14, packet.senderAddress)
  octets.set(packet.targetMac, at + 18)
  writeUint32(octets, at + 24, packet.targetAddress)
}
