/** The IPv6 header of a packet (RFC 8200 3), the headers behind it, and its fragments. */
import { type Ipv6Address, readIpv6, writeIpv6 } from '../../firmware/net/ipv6/address.js'
import { readUint16, readUint32, writeUint16, writeUint32 } from '../../firmware/net/wire/octets.js'
import { ZONE } from './addresses.js'
import type { WireNetwork, WirePacket } from './wire-packet.js'
import { readWireTransport, sum, type WireTransport, writeWireTransport } from './wire-transport.js'

const HEADER_OCTETS = 40
const FRAGMENT_OCTETS = 8
/** Headers of RFC 8200 4 by their numbers: options of every hop, routing, fragment, options of the destination. */
const [HOP_BY_HOP, ROUTING, FRAGMENT, DESTINATION] = [0, 43, 44, 60]

/** @param whole false for what an ICMP message quotes, which may be cut short */
export function readIpv6Packet(octets: Uint8Array, at: number, limit: number, whole: boolean): WirePacket {
  const faults: string[] = []
  const word = readUint32(octets, at)
  const length = readUint16(octets, at + 4)
  const there = limit - at - HEADER_OCTETS
  if (whole && length > there) faults.push(`its payload length says ${length} octets, and there are ${there}`)
  const end = Math.min(at + HEADER_OCTETS + length, limit)
  const chain = followChain(octets, at, end)
  const addressSum = whole ? sum(octets, at + 8, at + 40) : undefined
  const place = { octets, at: chain.at, end, family: 'ipv6', protocol: chain.protocol, addressSum } as const
  return {
    source: readIpv6(octets, at + 8, ZONE),
    destination: readIpv6(octets, at + 24, ZONE),
    timeToLive: octets[at + 7],
    trafficClass: (word >>> 20) & 0xff,
    flowLabel: word & 0xf_ffff,
    transport: chain.what === undefined ? readWireTransport(place, faults) : { kind: 'other', what: chain.what },
    faults,
  }
}

interface Chain {
  readonly protocol: number
  readonly at: number
  /** Where it leads to no transport. */
  readonly what?: string
}

function followChain(octets: Uint8Array, begin: number, end: number): Chain {
  let protocol = octets[begin + 6]
  let at = begin + HEADER_OCTETS
  while (protocol === HOP_BY_HOP || protocol === ROUTING || protocol === FRAGMENT || protocol === DESTINATION) {
    if (end - at < 8) return { protocol, at, what: `IPv6 header ${protocol}, cut short` }
    if (protocol === FRAGMENT) {
      const field = readUint16(octets, at + 2)
      const more = field & 1 ? ', more follow' : ''
      // An atomic fragment is a whole datagram (RFC 6946).
      if ((field & 0xfff9) !== 0)
        return { protocol, at, what: `fragment at ${field & 0xfff8} (${end - at - FRAGMENT_OCTETS} octets${more})` }
    }
    const next = protocol === FRAGMENT ? at + FRAGMENT_OCTETS : at + (octets[at + 1] + 1) * 8
    if (next > end) return { protocol, at, what: `IPv6 header ${protocol}, cut short` }
    protocol = octets[at]
    at = next
  }
  return { protocol, at }
}

export function writeIpv6Packet(network: WireNetwork, transport: WireTransport): Uint8Array {
  const header = new Uint8Array(HEADER_OCTETS)
  // By their family, both are IPv6's.
  writeIpv6(network.source as Ipv6Address, header, 8)
  writeIpv6(network.destination as Ipv6Address, header, 24)
  const { protocol, octets: payload } = writeWireTransport(transport, 'ipv6', sum(header, 8, 40))
  writeUint32(header, 0, (6 * 2 ** 28 + (network.trafficClass << 20) + (network.flowLabel ?? 0)) >>> 0)
  writeUint16(header, 4, payload.length)
  header[6] = protocol
  header[7] = network.timeToLive
  const octets = new Uint8Array(HEADER_OCTETS + payload.length)
  octets.set(header, 0)
  octets.set(payload, HEADER_OCTETS)
  return octets
}

/** The datagram in pieces of at most `mtu` octets (RFC 8200 4.5). */
export function ipv6Fragments(whole: Uint8Array, mtu: number): Uint8Array[] {
  const most = (mtu - HEADER_OCTETS - FRAGMENT_OCTETS) & ~7
  const fragments: Uint8Array[] = []
  for (let at = HEADER_OCTETS; at < whole.length; at += most) {
    const part = whole.subarray(at, at + most)
    const packet = new Uint8Array(HEADER_OCTETS + FRAGMENT_OCTETS + part.length)
    packet.set(whole.subarray(0, HEADER_OCTETS))
    packet[6] = FRAGMENT
    writeUint16(packet, 4, FRAGMENT_OCTETS + part.length)
    packet[HEADER_OCTETS] = whole[6]
    writeUint16(packet, HEADER_OCTETS + 2, (at - HEADER_OCTETS) | (at + most < whole.length ? 1 : 0))
    // Every datagram of a script has another sum, and with it another identification: enough, as none overlaps another.
    writeUint32(packet, HEADER_OCTETS + 4, sum(whole, 0, whole.length))
    packet.set(part, HEADER_OCTETS + FRAGMENT_OCTETS)
    fragments.push(packet)
  }
  return fragments
}
