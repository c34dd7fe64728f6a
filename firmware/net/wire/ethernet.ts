/** Ethernet II and IEEE 802.3 frames with at most one IEEE 802.1Q tag, without FCS. */
import { MAC_OCTETS, type MacAddress } from '../address.js'
import { readUint16, writeUint16 } from './octets.js'

export const ETHERNET_HEADER_OCTETS = 14
/** The largest payload of a frame without options (IEEE 802.3 3.2.7); IP calls it the MTU. */
export const ETHERNET_MTU = 1500

export const ETHERTYPE_IPV4 = 0x0800
export const ETHERTYPE_ARP = 0x0806
export const ETHERTYPE_IPV6 = 0x86dd
export const ETHERTYPE_VLAN = 0x8100
/** Below this the field is a length (3.2.6). */
export const LOWEST_ETHERTYPE = 0x0600

export interface EthernetHeader {
  destination: MacAddress
  source: MacAddress
  /** Of the payload; a value under 0600h is a length. */
  etherType: number
  /** Tag control information of an 802.1Q tag. */
  tag?: number
}

export interface EthernetFrame extends EthernetHeader {
  /** Where the payload begins. */
  payloadAt: number
}

/** @returns undefined when the frame ends within its header. The addresses are copies. */
export function parseEthernet(frame: Uint8Array): EthernetFrame | undefined {
  if (frame.length < ETHERNET_HEADER_OCTETS) return undefined
  const destination = frame.slice(0, 6)
  const source = frame.slice(6, 12)
  const etherType = readUint16(frame, 12)
  if (etherType !== ETHERTYPE_VLAN) return { destination, source, etherType, payloadAt: ETHERNET_HEADER_OCTETS }
  if (frame.length < ETHERNET_HEADER_OCTETS + 4) return undefined
  return {
    destination,
    source,
    etherType: readUint16(frame, 16),
    tag: readUint16(frame, 14),
    payloadAt: ETHERNET_HEADER_OCTETS + 4,
  }
}

/** Writes a header at the start of `frame` and returns where the payload goes. */
export function emitEthernet(header: EthernetHeader, frame: Uint8Array): number {
  frame.set(header.destination, 0)
  frame.set(header.source, MAC_OCTETS)
  if (header.tag === undefined) {
    writeUint16(frame, 12, header.etherType)
    return ETHERNET_HEADER_OCTETS
  }
  writeUint16(frame, 12, ETHERTYPE_VLAN)
  writeUint16(frame, 14, header.tag)
  writeUint16(frame, 16, header.etherType)
  return ETHERNET_HEADER_OCTETS + 4
}
