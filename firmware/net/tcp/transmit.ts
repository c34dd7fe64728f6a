/** Segments of a connection, as they are written into the frame of the network layer and sent. Nothing here allocates. */
import { MILLISECOND } from '../../hal/clock.js'
import type { SendResult } from '../network-layer.js'
import { writeUint16, writeUint32 } from '../wire/octets.js'
import { PROTOCOL_TCP } from '../wire/protocols.js'
import { ACK, CWR, ECE, RST, SYN, TCP_HEADER_OCTETS, URG } from '../wire/tcp.js'
import { NEVER } from './connection-timers.js'
import type { ControlBlock } from './control-block.js'
import { setDeadline } from './deadlines.js'
import { ECT_0 } from './ecn-agreement.js'
import { timestamp } from './initial-sequence.js'
import { LARGEST_SHIFT } from './negotiation.js'
import { adoptPathMtu, refreshRoute } from './path-mtu.js'
import { before, sequenceDistance } from './sequence.js'
import { windowField } from './window.js'

/** NOP, NOP, kind 8, length 10 (RFC 7323 appendix A). */
const TIMESTAMPS = 0x0101080a
/** NOP, NOP, kind 5; the length follows. */
const SACK = 0x010105
const TIMESTAMP_OCTETS = 12
const NO_OPERATIONS = 0x0101
/** Kind 4, length 2 (RFC 2018 2): takes the place of the no-operations before timestamps. */
const SACK_PERMITTED = 0x0402
const OPTION_OCTETS = 40
/** An acknowledgement that the network layer refused is tried again after so long. */
const ACK_RETRY = 10 * MILLISECOND

/**
 * Sends the segment with `length` octets of text from `sequence` on. Whatever carries an acknowledgement settles what was owed.
 * @param flags without URG, which follows from the urgent pointer
 */
export function transmitSegment(block: ControlBlock, sequence: number, length: number, flags: number): SendResult {
  const { engine, network } = block
  const route = block.route.stale ? refreshRoute(block) : block.route
  if (route === undefined) return refused(block, flags, 'no route')
  const { frame, payloadAt: at } = network
  const { octets } = frame
  const withSyn = (flags & SYN) !== 0
  const withAck = (flags & ACK) !== 0

  let next = at + TCP_HEADER_OCTETS
  if (withSyn) next = writeSynOptions(block, octets, next, withAck)
  else {
    // In a reset too (RFC 7323 3.2, a SHOULD).
    if (block.timestampsOn) next = writeTimestamps(block, octets, next, withAck)
    if (block.receiver.hasBlocks && withAck && block.sackOn) next = writeBlocks(block, octets, next, length)
  }
  if (length > 0) block.sendRing.copyTo(sequenceDistance(block.sndBase, sequence), octets, next, length)
  const end = next + length

  let pointer = 0
  if (block.urgentToSend && before(sequence, block.sndUp)) {
    flags |= URG
    // A pointer further than 16 bits reach says: more than this (RFC 9293 3.8.5 has no better word).
    pointer = Math.min(sequenceDistance(sequence, block.sndUp), 0xffff)
  }
  writeUint16(octets, at, block.localPort)
  writeUint16(octets, at + 2, block.remotePort)
  writeUint32(octets, at + 4, sequence)
  writeUint32(octets, at + 8, withAck ? block.rcvNxt : 0)
  octets[at + 12] = ((next - at) >> 2) << 4
  octets[at + 13] = flags
  writeUint16(octets, at + 14, (flags & RST) === 0 ? windowField(block, withSyn) : 0)
  writeUint16(octets, at + 16, 0)
  writeUint16(octets, at + 18, pointer)
  const { ecn, fields } = block
  let codepoint = 0
  if (ecn !== undefined && !withSyn && (flags & RST) === 0) {
    if (withAck && ecn.echoing) octets[at + 13] |= ECE
    // New data alone: a mark on what has no text, or is sent again, would say nothing to the receiver (RFC 3168 6.1.4, 6.1.5).
    if (length > 0 && sequence === block.sndNxt && ecn.mayBeMarked) {
      codepoint = ECT_0
      if (ecn.reduced) octets[at + 13] |= CWR
    }
  }
  const total = end - at
  const pseudoHeader = network.pseudoHeader(route.source, route.destination, PROTOCOL_TCP, total)
  writeUint16(octets, at + 16, frame.checksum(at, end, pseudoHeader))

  fields.trafficClass |= codepoint
  const result = network.send(route, PROTOCOL_TCP, total, fields)
  fields.trafficClass ^= codepoint
  if (result !== 'sent') return refused(block, flags, result)
  if (codepoint !== 0 && ecn !== undefined) ecn.reduced = false
  engine.counting.segmentsSent++
  block.segmentsSent++
  block.octetsSent += length
  if (withAck) {
    block.lastAckSent = block.rcvNxt
    block.ackNow = false
    block.ackOwed = false
    block.ackAtOnce = false
    block.timers.ackAt = NEVER
  }
  return 'sent'
}

/** <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK> */
export function sendAck(block: ControlBlock): void {
  transmitSegment(block, block.sndNxt, 0, ACK)
}

function refused<Result extends SendResult>(block: ControlBlock, flags: number, result: Result): Result {
  block.engine.counting.dropped.add('not sent')
  if (result === 'too long') adoptPathMtu(block)
  if ((flags & ACK) !== 0 && block.ackNow) {
    block.ackNow = false
    block.ackAtOnce = false
    block.ackOwed = true
    setDeadline(block, 'ackAt', block.engine.clock.now + ACK_RETRY)
  }
  return result
}

function writeTimestamps(block: ControlBlock, octets: Uint8Array, at: number, withAck: boolean): number {
  writeUint32(octets, at, TIMESTAMPS)
  writeUint32(octets, at + 4, timestamp(block.engine.clock.now, block.timestampOffset))
  writeUint32(octets, at + 8, withAck ? block.tsRecent : 0)
  return at + TIMESTAMP_OCTETS
}

/**
 * As many blocks as fit (RFC 2018 3: 4, or 3 beside timestamps), and as a full segment leaves room for: what has none is
 * acknowledged by a segment of its own before.
 */
function writeBlocks(block: ControlBlock, octets: Uint8Array, at: number, length: number): number {
  const held = block.timestampsOn ? TIMESTAMP_OCTETS : 0
  const room = length === 0 ? OPTION_OCTETS - held : Math.min(OPTION_OCTETS - held, block.segmentSize - length)
  const limit = (room - 4) >> 3
  if (limit <= 0) return at
  const edges = block.engine.sackEdges
  // A FIN takes a number that is no octet.
  const nextOctet = block.finReceived ? block.rcvNxt - 1 : block.rcvNxt
  const blocks = block.receiver.blocks(edges, nextOctet >>> 0, limit)
  if (blocks === 0) return at
  writeUint32(octets, at, (SACK << 8) | (2 + 8 * blocks))
  for (let i = 0; i < 2 * blocks; i++) writeUint32(octets, at + 4 + 4 * i, edges[i])
  return at + 4 + 8 * blocks
}

/**
 * MSS (RFC 9293 3.7.1), SACK permitted, timestamps, window scale: in the order in which most hosts have them, which wastes the
 * fewest no-operations. A SYN asks for what the options of the connection say; the answer to one has only what that one had too.
 */
function writeSynOptions(block: ControlBlock, octets: Uint8Array, begin: number, answer: boolean): number {
  let at = begin
  octets[at] = 2
  octets[at + 1] = 4
  block.advertisedSegmentSize = receivableSegmentSize(block)
  writeUint16(octets, at + 2, block.advertisedSegmentSize)
  at += 4
  if (block.engine.settings.habits.synOptions === 'scale second') return writeScaleSecond(block, octets, at, answer)
  const sack = answer ? block.sackOn : block.options.sack
  if (answer ? block.timestampsOn : block.options.timestamps) {
    const next = writeTimestamps(block, octets, at, answer)
    if (sack) writeUint16(octets, at, SACK_PERMITTED)
    at = next
  } else if (sack) {
    writeUint16(octets, at, NO_OPERATIONS)
    writeUint16(octets, at + 2, SACK_PERMITTED)
    at += 4
  }
  if (answer ? block.scaling : block.options.windowScale) {
    octets[at] = 1
    octets[at + 1] = 3
    octets[at + 2] = 3
    octets[at + 3] = Math.min(block.receiveShift, LARGEST_SHIFT)
    at += 4
  }
  return at
}

/** The same options behind the MSS in BSD's order: window scale, SACK permitted, timestamps. */
function writeScaleSecond(block: ControlBlock, octets: Uint8Array, begin: number, answer: boolean): number {
  let at = begin
  if (answer ? block.scaling : block.options.windowScale) {
    octets.set([1, 3, 3, Math.min(block.receiveShift, LARGEST_SHIFT)], at)
    at += 4
  }
  const sack = answer ? block.sackOn : block.options.sack
  const timestamps = answer ? block.timestampsOn : block.options.timestamps
  if (timestamps) {
    const next = writeTimestamps(block, octets, at, answer)
    if (sack) writeUint16(octets, at, SACK_PERMITTED)
    return next
  }
  if (!sack) return at
  writeUint16(octets, at, SACK_PERMITTED)
  // The list ends here (RFC 9293 MUST-69).
  writeUint16(octets, at + 2, 0)
  return at + 4
}

/** What the MSS option says: MMS_R - 20, with no options subtracted (RFC 9293 MUST-67, SHLD-6). */
export function receivableSegmentSize(block: ControlBlock): number {
  let size = block.route.linkMtu - block.network.headerOctets - TCP_HEADER_OCTETS
  const { maximumSegmentSize } = block.options
  const { advertisedSegmentSize } = block.engine.settings
  if (maximumSegmentSize !== undefined && maximumSegmentSize < size) size = maximumSegmentSize
  if (advertisedSegmentSize !== undefined && advertisedSegmentSize < size) size = advertisedSegmentSize
  return size
}
