/** What two ends agree on while they open: segment size, window scale, SACK, timestamps, explicit congestion notification. */
import { TCP_HEADER_OCTETS } from '../wire/tcp.js'
import type { TcpView } from '../wire/tcp-view.js'
import { type CongestionControl, initialWindow, largeInitialWindow } from './congestion.js'
import { NEVER } from './connection-timers.js'
import type { ControlBlock } from './control-block.js'
import { Cubic } from './cubic.js'
import { agreeEcn } from './ecn.js'
import { NewReno } from './new-reno.js'

/** A larger shift is taken as this (RFC 7323 2.3). */
export const LARGEST_SHIFT = 14
/** No peer makes us send less than this: a header of 40 octets for one of text would be an attack (RFC 6691 is silent). */
const LEAST_SEGMENT_SIZE = 48
const TIMESTAMP_OCTETS = 12

/** The least shift that lets a window of `octets` be announced in 16 bits. */
function shiftFor(octets: number): number {
  let shift = 0
  while (shift < LARGEST_SHIFT && (octets - 1) >>> shift > 0xffff) shift++
  return shift
}

/** A SYN goes out: what it may ask for. */
export function prepareOffer(block: ControlBlock): void {
  const { options, engine } = block
  const shift = shiftFor(Math.min(options.receiveBuffer, engine.memory.limit))
  block.receiveShift = options.windowScale ? Math.max(shift, engine.settings.habits.leastWindowShift) : 0
  block.timestampOffset = engine.numbers.timestampOffset(
    block.localAddress,
    block.localPort,
    block.remoteAddress,
    block.remotePort,
  )
}

/** A SYN arrived, with or without an acknowledgement: what both ends have is agreed. */
export function agree(block: ControlBlock, segment: TcpView): void {
  const { options } = block
  block.peerSegmentSize =
    segment.maximumSegmentSize >= 0 ? segment.maximumSegmentSize : block.network.defaultSegmentSize
  block.scaling = options.windowScale && segment.windowScale >= 0
  block.sendShift = block.scaling ? Math.min(segment.windowScale, LARGEST_SHIFT) : 0
  if (!block.scaling) block.receiveShift = 0
  block.sackOn = options.sack && segment.sackPermitted
  block.timestampsOn = options.timestamps && segment.hasTimestamps
  if (block.timestampsOn) {
    block.tsRecent = segment.timestampValue
    block.tsRecentAt = block.engine.clock.now
  }
  block.ecn = agreeEcn(block, segment)
  updateSegmentSize(block)
}

/** Eff.snd.MSS (RFC 9293 3.7.1) anew: the peer's, the path's or the application's limit changed. */
export function updateSegmentSize(block: ControlBlock): void {
  const headers = block.network.headerOctets + TCP_HEADER_OCTETS
  let size = Math.min(Math.max(block.peerSegmentSize, LEAST_SEGMENT_SIZE), block.pathMtu - headers)
  if (block.blackHoleMtu !== undefined) size = Math.min(size, block.blackHoleMtu - headers)
  const { maximumSegmentSize } = block.options
  if (maximumSegmentSize !== undefined) size = Math.min(size, maximumSegmentSize)
  const before = block.segmentSize
  block.segmentSize = Math.max(1, block.timestampsOn ? size - TIMESTAMP_OCTETS : size)
  if (block.segmentSize !== before) doubtSize(block)
  block.congestion?.setSegmentSize(block.segmentSize)
}

/** Whether the way takes segments of the present size is not known: they have another size than before, or another way. */
export function doubtSize(block: ControlBlock): void {
  block.fullTo = undefined
  block.sizeProven = false
}

/** Our SYN is acknowledged: the connection begins to count. */
export function beginSending(block: ControlBlock): void {
  block.synAcknowledged = true
  block.recover = block.iss
  block.sndBase = (block.iss + 1) >>> 0
  block.sent.begin(block.sndBase)
  block.rack.begin(block.roundTrip.smoothed)
  // CLOSE in SYN-RECEIVED: the FIN went ahead of this.
  if (block.finSent) block.sent.append(block.sndNxt, block.lastSentAt)
  block.congestion = newCongestion(block)
  block.congestion.setSegmentSize(block.segmentSize, block.synRetransmissions > mayBeLost(block))
  block.backoff = 0
  block.timers.retransmitAt = NEVER
  // RFC 6298 5.7 speaks of a timeout that may be too short for the way. Where an echo said which copy was answered, it was measured.
  if (block.synRetransmissions > 0 && block.roundTrip.smoothed === undefined) block.roundTrip.startAfterSynLoss()
}

/**
 * How often a SYN may be sent again before the window begins with one segment: RFC 6928 2 has one for a way that is only longer than
 * the first timeout, RFC 5681 3.1 none.
 */
function mayBeLost(block: ControlBlock): number {
  return block.engine.settings.largeInitialWindow ? 1 : 0
}

/** The congestion control that the connection's options name. */
export function newCongestion(block: ControlBlock): CongestionControl {
  const { initialSegments, largeInitialWindow: large } = block.engine.settings
  const usual = large ? largeInitialWindow : initialWindow
  const initial = initialSegments === undefined ? usual : (segment: number) => initialSegments * segment
  return block.options.congestion === 'cubic' ? new Cubic(initial) : new NewReno(initial)
}
