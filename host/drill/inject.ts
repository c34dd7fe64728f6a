/** A packet of the script's, in the numbers of the wire. */

import { prefixMask } from '../../firmware/net/address.js'
import { familyOf, type IpAddress } from '../../firmware/net/ip.js'
import { ACK, SYN } from '../../firmware/net/wire/tcp.js'
import { keyed } from '../text/keyed.js'
import { stationOf } from './device.js'
import type { Flow } from './flow.js'
import { DRILL_PEER_MAC } from './neighbours.js'
import type { Ecn, IcmpFields, Packet, TcpFields, TcpOption } from './script.js'
import type { Settings } from './settings.js'
import { WrongStatement } from './unsupported.js'
import { ETHERNET_OCTETS, quotedOctets, writeFrames, writeIpPacket } from './wire.js'
import { ICMP_OCTETS, type WireSegment, type WireTransport } from './wire-transport.js'

const TIME_TO_LIVE = 64
/** Types that tell of a datagram, and quote it: of RFC 792, and of RFC 4443 2.1. */
const ERRORS = { ipv4: new Set([3, 4, 5, 11, 12]), ipv6: new Set([1, 2, 3, 4]) } as const
const ECN: Readonly<Record<Ecn, number>> = { noecn: 0, ect1: 1, ect0: 2, ect01: 2, ce: 3 }

/**
 * The frames of an injected packet: one, or its fragments, where it has more data than the wire takes at once. TCP gets the one
 * segment that the script says.
 * @param latest the frame that the stack sent last: what an ICMP message quotes where the script does not say
 * @throws WrongStatement when the packet cannot be built
 */
export function injectedFrames(
  packet: Packet,
  flow: Flow,
  settings: Settings,
  latest: Uint8Array | undefined,
): Uint8Array[] {
  const { network, transport } = packet
  const { gatewayAddress, localAddress, prefixLength, mtu } = settings
  const source = network.from ?? (transport.kind === 'icmp' ? gatewayAddress : flow.remote.address)
  const destination = network.to ?? flow.local.address
  const header = {
    source,
    destination,
    timeToLive: network.timeToLive ?? TIME_TO_LIVE,
    trafficClass: (network.trafficClass ?? 0) | ECN[network.ecn ?? 'noecn'],
    flowLabel: network.flowLabel ?? 0,
  }
  const station = stationOf(destination, broadcastOf(localAddress, prefixLength))
  return writeFrames(station, DRILL_PEER_MAC, header, octetsOf(packet, flow, latest), mtu)
}

/** Of the stack's network, which IPv6 has none of. */
function broadcastOf(own: IpAddress, prefixLength: number): number {
  return typeof own === 'number' ? (own | ~prefixMask(prefixLength)) >>> 0 : 0xffffffff
}

function octetsOf({ transport }: Packet, flow: Flow, latest: Uint8Array | undefined): WireTransport {
  if (transport.kind === 'tcp') return segment(transport, flow)
  if (transport.kind === 'icmp') return message(transport, flow, latest)
  const data = new Uint8Array(transport.length)
  return { kind: 'udp', sourcePort: flow.remote.port, destinationPort: flow.local.port, data }
}

function segment(fields: TcpFields, flow: Flow): WireSegment {
  const syn = (fields.flags & SYN) !== 0
  const options = fields.options === 'any' ? [] : fields.options
  return {
    kind: 'tcp',
    sourcePort: flow.remote.port,
    destinationPort: flow.local.port,
    flags: fields.flags,
    sequence: fields.sequence,
    acknowledgement: fields.acknowledgement === undefined ? 0 : flow.toLive(fields.acknowledgement),
    window: fields.window ?? 0,
    urgentPointer: fields.urgentPointer ?? 0,
    options: options.map((option) => liveOption(option, flow)),
    data: flow.peerData(fields.sequence, fields.length, syn),
  }
}

/** What an option of the script's says of the stack's numbers is put in the stack's. */
function liveOption(option: TcpOption, flow: Flow): TcpOption {
  if (option.kind === 'TS') {
    const { value, echo } = option
    if (value === 'any' || echo === 'any') throw new WrongStatement(keyed('pkt.any-injected'))
    return { ...option, echo: echo === 0 ? 0 : flow.timestampToLive(echo) }
  }
  if (option.kind === 'sack')
    return { ...option, blocks: option.blocks.map(([left, right]) => [flow.toLive(left), flow.toLive(right)] as const) }
  return option
}

function message(fields: IcmpFields, flow: Flow, latest: Uint8Array | undefined): WireTransport {
  const { type, code, mtu = 0, identifier = 0, quotes } = fields
  const head = { kind: 'icmp', type, code, identifier, mtu } as const
  const octets = quotedOctets(familyOf(flow.local.address))
  if (quotes === undefined) {
    if (latest !== undefined) return { ...head, data: latest.slice(ETHERNET_OCTETS, ETHERNET_OCTETS + octets) }
    // A query asks of itself; an error is about something.
    if (!ERRORS[fields.family].has(type)) return { ...head, data: new Uint8Array(octets) }
    throw new WrongStatement(keyed('pkt.quotes-nothing'))
  }
  if (quotes.kind === 'raw') {
    if (quotes.length < ICMP_OCTETS) throw new WrongStatement(keyed('pkt.raw-too-short', { least: ICMP_OCTETS }))
    return { ...head, data: new Uint8Array(quotes.length - ICMP_OCTETS) }
  }
  const header = {
    source: flow.local.address,
    destination: flow.remote.address,
    timeToLive: TIME_TO_LIVE,
    trafficClass: 0,
  }
  const ports = { sourcePort: flow.local.port, destinationPort: flow.remote.port }
  const data = new Uint8Array(quotes.length)
  const quoted =
    quotes.kind === 'udp'
      ? writeIpPacket(header, { kind: 'udp', ...ports, data })
      : writeIpPacket(header, {
          kind: 'tcp',
          ...ports,
          flags: ACK,
          sequence: flow.toLive(quotes.sequence),
          acknowledgement: 0,
          window: 0,
          urgentPointer: 0,
          options: [],
          data,
        })
  return { ...head, data: quoted.subarray(0, octets) }
}
