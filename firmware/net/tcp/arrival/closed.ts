/** SEGMENT ARRIVES in the fictional state CLOSED (RFC 9293 3.10.7.1), and resets without a connection. */
import type { Datagram, HeaderFields } from '../../network-layer.js'
import { writeUint16, writeUint32 } from '../../wire/octets.js'
import { PROTOCOL_TCP } from '../../wire/protocols.js'
import { ACK, RST, TCP_HEADER_OCTETS } from '../../wire/tcp.js'
import type { TcpView } from '../../wire/tcp-view.js'
import type { TcpEngine } from '../control-block.js'

const RESET_FIELDS: HeaderFields = { timeToLive: 64, trafficClass: 0, dontFragment: true }

/** Nobody has the port: a reset, unless it was one. */
export function arrivesInClosed(engine: TcpEngine, datagram: Datagram, segment: TcpView): void {
  engine.counting.dropped.add('no connection')
  if ((segment.flags & RST) === 0) resetSegment(engine, datagram, segment)
}

/** The reset that answers a segment: at its acknowledgement if it has one, else from 0 with an acknowledgement of it. */
export function resetSegment(engine: TcpEngine, datagram: Datagram, segment: TcpView): void {
  if ((segment.flags & ACK) !== 0) sendBare(engine, datagram, segment, segment.acknowledgement, 0, RST)
  else sendBare(engine, datagram, segment, 0, (segment.sequence + segment.length) >>> 0, RST | ACK)
  engine.counting.resetsSent++
}

/** A segment of nothing but a header, back to where the datagram came from. */
function sendBare(
  engine: TcpEngine,
  datagram: Datagram,
  segment: TcpView,
  sequence: number,
  acknowledgement: number,
  flags: number,
): void {
  const { counting } = engine
  const { network } = datagram
  const route = network.route(datagram.source, datagram.destination)
  if (route === undefined) {
    counting.dropped.add('not sent')
    return
  }
  const { frame, payloadAt: at } = network
  const { octets } = frame
  // The segment may lie in another frame or in this one: its ports are read already.
  writeUint16(octets, at, segment.destinationPort)
  writeUint16(octets, at + 2, segment.sourcePort)
  writeUint32(octets, at + 4, sequence)
  writeUint32(octets, at + 8, acknowledgement)
  octets[at + 12] = (TCP_HEADER_OCTETS / 4) << 4
  octets[at + 13] = flags
  writeUint32(octets, at + 14, 0)
  writeUint16(octets, at + 18, 0)
  const end = at + TCP_HEADER_OCTETS
  const sum = network.pseudoHeader(route.source, route.destination, PROTOCOL_TCP, TCP_HEADER_OCTETS)
  writeUint16(octets, at + 16, frame.checksum(at, end, sum))
  if (network.send(route, PROTOCOL_TCP, TCP_HEADER_OCTETS, RESET_FIELDS) === 'sent') counting.segmentsSent++
  else counting.dropped.add('not sent')
}
