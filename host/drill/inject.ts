/** A packet of the script's, in the numbers of the wire. */

import { ipv4, parseIpv4, prefixMask } from '../../firmware/net/address.js'
import { ACK, SYN } from '../../firmware/net/wire/tcp.js'
import { keyed } from '../text/keyed.js'
import { DRILL_PEER_MAC, stationOf } from './device.js'
import type { Flow } from './flow.js'
import type { Ecn, IcmpFields, Packet, TcpFields, TcpOption } from './script.js'
import type { Settings } from './settings.js'
import { WrongStatement } from './unsupported.js'
import { type WirePacket, type WireSegment, writeFrames, writeIpv4 } from './wire.js'

const TIME_TO_LIVE = 64
/** RFC 792: an error quotes the IP header and 8 octets. */
const QUOTED_OCTETS = 28
const ETHERNET_OCTETS = 14
const ICMP_OCTETS = 8
/** Types of RFC 792 that tell of a datagram, and quote it. */
const ERRORS = new Set([3, 4, 5, 11, 12])
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
  const router = ipv4(settings.gatewayAddress)
  const own = ipv4(settings.localAddress)
  const source = optionalAddress(network.from) ?? (transport.kind === 'icmp' ? router : flow.remote.address)
  const destination = optionalAddress(network.to) ?? flow.local.address
  const header = {
    source,
    destination,
    timeToLive: network.timeToLive ?? TIME_TO_LIVE,
    trafficClass: (network.trafficClass ?? 0) | ECN[network.ecn ?? 'noecn'],
  }
  const broadcast = (own | ~prefixMask(settings.prefixLength)) >>> 0
  return writeFrames(
    stationOf(destination, broadcast),
    DRILL_PEER_MAC,
    header,
    octetsOf(packet, flow, latest),
    settings.mtu,
  )
}

function optionalAddress(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseIpv4(text)
}

function octetsOf({ transport }: Packet, flow: Flow, latest: Uint8Array | undefined): WirePacket['transport'] {
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

function message(fields: IcmpFields, flow: Flow, latest: Uint8Array | undefined): WirePacket['transport'] {
  const { type, code, mtu = 0, identifier = 0, quotes } = fields
  const head = { kind: 'icmp', type, code, identifier, mtu } as const
  if (quotes === undefined) {
    if (latest !== undefined) return { ...head, data: latest.slice(ETHERNET_OCTETS, ETHERNET_OCTETS + QUOTED_OCTETS) }
    // A query asks of itself; an error is about something.
    if (!ERRORS.has(type)) return { ...head, data: new Uint8Array(QUOTED_OCTETS) }
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
      ? writeIpv4(header, { kind: 'udp', ...ports, data })
      : writeIpv4(header, {
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
  return { ...head, data: quoted.subarray(0, QUOTED_OCTETS) }
}
