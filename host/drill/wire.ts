/**
 * Packets as octets, written and read plainly and apart from the stack's own code, so that what the stack puts on the wire is
 * judged by someone else: every checksum is taken again, every option read in its order.
 */
import type { MacAddress } from '../../firmware/net/address.js'
import { type Family, familyOf } from '../../firmware/net/ip.js'
import { readUint16, writeUint16 } from '../../firmware/net/wire/octets.js'
import { keyed } from '../text/keyed.js'
import { WrongStatement } from './unsupported.js'
import { ipv4Fragments, readIpv4Packet, writeIpv4Packet } from './wire-ipv4.js'
import { ipv6Fragments, readIpv6Packet, writeIpv6Packet } from './wire-ipv6.js'
import type { WireNetwork, WirePacket } from './wire-packet.js'
import type { WireTransport } from './wire-transport.js'

export const ETHERNET_OCTETS = 14
const ETHERTYPE = { ipv4: 0x0800, ipv6: 0x86dd } as const
/** The shortest header of each. */
const HEADER_OCTETS = { ipv4: 20, ipv6: 40 } as const
/** RFC 792: an error of a script quotes the IP header and 8 octets; packetdrill's of ICMPv6 do so too. */
const QUOTED_BEHIND = 8

/** @returns undefined for a frame without IP in it. */
export function readWirePacket(frame: Uint8Array): WirePacket | undefined {
  if (frame.length < ETHERNET_OCTETS) return undefined
  const type = readUint16(frame, 12)
  return type === ETHERTYPE.ipv4 || type === ETHERTYPE.ipv6
    ? readIp(frame, ETHERNET_OCTETS, frame.length, true)
    : undefined
}

/** The packet that an ICMP error quotes, which may be cut short; undefined where not even its header and its ports are there. */
export function readQuoted(data: Uint8Array): WirePacket | undefined {
  const family = data[0] >> 4 === 6 ? 'ipv6' : 'ipv4'
  return data.length < quotedOctets(family) ? undefined : readIp(data, 0, data.length, false)
}

/** Octets that a script's ICMP error quotes. */
export function quotedOctets(family: Family): number {
  return HEADER_OCTETS[family] + QUOTED_BEHIND
}

function readIp(octets: Uint8Array, at: number, limit: number, whole: boolean): WirePacket | undefined {
  const version = octets[at] >> 4
  if (version === 4 && limit - at >= HEADER_OCTETS.ipv4) return readIpv4Packet(octets, at, limit, whole)
  return version === 6 && limit - at >= HEADER_OCTETS.ipv6 ? readIpv6Packet(octets, at, limit, whole) : undefined
}

/**
 * A packet with everything in it right, whatever it says: a frame, or one for each fragment (RFC 791 3.2, RFC 8200 4.5).
 * @throws WrongStatement when it is no IP datagram any more
 */
export function writeFrames(
  to: MacAddress,
  from: MacAddress,
  network: WireNetwork,
  transport: WireTransport,
  mtu: number,
): Uint8Array[] {
  const family = familyOf(network.source)
  const whole = writeIpPacket(network, transport)
  // IPv4 counts its header in the length of a datagram, IPv6 does not.
  const length = family === 'ipv6' ? whole.length - HEADER_OCTETS.ipv6 : whole.length
  if (whole.length > mtu && length > 0xffff)
    throw new WrongStatement(keyed('pkt.datagram-too-long', { octets: length }))
  const packets =
    whole.length <= mtu ? [whole] : family === 'ipv6' ? ipv6Fragments(whole, mtu) : ipv4Fragments(whole, mtu)
  return packets.map((packet) => {
    const octets = new Uint8Array(ETHERNET_OCTETS + packet.length)
    octets.set(to, 0)
    octets.set(from, 6)
    writeUint16(octets, 12, ETHERTYPE[family])
    octets.set(packet, ETHERNET_OCTETS)
    return octets
  })
}

export function writeIpPacket(network: WireNetwork, transport: WireTransport): Uint8Array {
  return familyOf(network.source) === 'ipv6' ? writeIpv6Packet(network, transport) : writeIpv4Packet(network, transport)
}
