/** The IPv4 header of a packet (RFC 791 3.1), and its fragments. */
import type { Ipv4Address } from '../../firmware/net/address.js'
import { readUint16, readUint32, writeUint16, writeUint32 } from '../../firmware/net/wire/octets.js'
import type { WireNetwork, WirePacket } from './wire-packet.js'
import { readWireTransport, sum, type WireTransport, writeWireTransport } from './wire-transport.js'

const HEADER_OCTETS = 20

/** @param whole false for what an ICMP message quotes, which may be cut short */
export function readIpv4Packet(octets: Uint8Array, at: number, limit: number, whole: boolean): WirePacket {
  const faults: string[] = []
  const headerOctets = (octets[at] & 0xf) * 4
  const total = readUint16(octets, at + 2)
  if (whole && total > limit - at) faults.push(`its total length says ${total} octets, and there are ${limit - at}`)
  if (sum(octets, at, at + headerOctets) !== 0xffff) faults.push('its IPv4 header checksum is wrong')
  const end = Math.min(at + total, limit)
  const payload = at + headerOctets
  const fragment = readUint16(octets, at + 6) & 0x3fff
  const addressSum = whole ? sum(octets, at + 12, at + 20) : undefined
  const place = { octets, at: payload, end, family: 'ipv4', protocol: octets[at + 9], addressSum } as const
  const more = fragment & 0x2000 ? ', more follow' : ''
  const transport: WireTransport =
    fragment === 0
      ? readWireTransport(place, faults)
      : { kind: 'other', what: `fragment at ${(fragment & 0x1fff) * 8} (${end - payload} octets${more})` }
  return {
    source: readUint32(octets, at + 12),
    destination: readUint32(octets, at + 16),
    timeToLive: octets[at + 8],
    trafficClass: octets[at + 1],
    transport,
    faults,
  }
}

export function writeIpv4Packet(network: WireNetwork, transport: WireTransport): Uint8Array {
  const header = new Uint8Array(HEADER_OCTETS)
  // By their family, both are IPv4's.
  writeUint32(header, 12, network.source as Ipv4Address)
  writeUint32(header, 16, network.destination as Ipv4Address)
  const { protocol, octets: payload } = writeWireTransport(transport, 'ipv4', sum(header, 12, 20))
  header[0] = 0x45
  header[1] = network.trafficClass
  writeUint16(header, 2, HEADER_OCTETS + payload.length)
  // Don't fragment.
  writeUint16(header, 6, 0x4000)
  header[8] = network.timeToLive
  header[9] = protocol
  writeUint16(header, 10, ~sum(header, 0, HEADER_OCTETS) & 0xffff)
  const octets = new Uint8Array(HEADER_OCTETS + payload.length)
  octets.set(header, 0)
  octets.set(payload, HEADER_OCTETS)
  return octets
}

/** The datagram in pieces of at most `mtu` octets (RFC 791 3.2). */
export function ipv4Fragments(whole: Uint8Array, mtu: number): Uint8Array[] {
  const most = (mtu - HEADER_OCTETS) & ~7
  const fragments: Uint8Array[] = []
  for (let at = HEADER_OCTETS; at < whole.length; at += most) {
    const part = whole.subarray(at, at + most)
    const packet = new Uint8Array(HEADER_OCTETS + part.length)
    packet.set(whole.subarray(0, HEADER_OCTETS))
    packet.set(part, HEADER_OCTETS)
    writeUint16(packet, 2, packet.length)
    // Every datagram of a script has another sum, and with it another identification: enough, as none overlaps another.
    writeUint16(packet, 4, sum(whole, 0, whole.length))
    writeUint16(packet, 6, ((at - HEADER_OCTETS) >> 3) | (at + most < whole.length ? 0x2000 : 0))
    writeUint16(packet, 10, 0)
    writeUint16(packet, 10, ~sum(packet, 0, HEADER_OCTETS) & 0xffff)
    fragments.push(packet)
  }
  return fragments
}
