/** Fifth, check the ACK field (RFC 9293 3.10.7.4), with what follows from it for sending. */
import { MILLISECOND } from '../../../hal/clock.js'
import { ACK, FIN, SYN } from '../../wire/tcp.js'
import type { TcpView } from '../../wire/tcp-view.js'
import { NEVER } from '../connection-timers.js'
import { CONNECTION_EVENT, type ControlBlock } from '../control-block.js'
import { setDeadline } from '../deadlines.js'
import { reduceForEcho, takeEcho } from '../ecn.js'
import { endConnection } from '../events.js'
import { startGivingUp } from '../giving-up.js'
import { releaseLater } from '../idle-memory.js'
import { timestamp } from '../initial-sequence.js'
import { startKeepAlive } from '../keepalive.js'
import { beginSending } from '../negotiation.js'
import { grow, recover } from '../recovery.js'
import { resendAll, startRetransmissionTimer } from '../retransmission.js'
import { add, after, afterOrAt, before, beforeOrAt, sequenceDistance } from '../sequence.js'
import { challenge, isAcknowledgementAcceptable, resetFrom, startTimeWait } from './checks.js'
import { takeBlocks } from './sack-blocks.js'

/** RFC 7323 4.1: an echo that claims a longer round trip is invalid. Milliseconds of the timestamp clock. */
const LONGEST_ROUND_TRIP_MILLISECONDS = 600_000

/** Is the acknowledgement one that the peer can mean? Changes nothing. @returns false when the segment goes no further */
export function checkAcknowledgement(block: ControlBlock, segment: TcpView): boolean {
  if ((segment.flags & ACK) === 0) {
    block.engine.counting.dropped.add('ACK missing')
    return false
  }
  if (isAcknowledgementAcceptable(block, segment.acknowledgement)) return true
  if (block.synAcknowledged) challenge(block, 'ACK unacceptable')
  else {
    block.engine.counting.dropped.add('ACK unacceptable')
    resetFrom(block, segment)
  }
  return false
}

/** What an acceptable acknowledgement says. @returns false when the connection is over */
export function processAcknowledgement(block: ControlBlock, segment: TcpView): boolean {
  const { acknowledgement } = segment
  const opens = !block.synAcknowledged
  if (opens) {
    takeRoundTrip(block, segment)
    block.sndUna = add(block.iss, 1)
    learnWindow(block, segment)
    if (block.state === 'SYN-RECEIVED') block.transition('ACK OF SYN')
    becomeEstablished(block)
  }

  const { acknowledged, clock } = block.engine
  const blocks = block.sackOn && segment.sackBlocks > 0
  // Nothing was lost, overtaken or sent again lately: most acknowledgements only move SND.UNA on.
  const plain = !blocks && block.recovery === 'none' && block.probeEnd === undefined && !block.sent.disturbed
  const echoedAt = plain ? undefined : echoInstant(block, segment)
  block.rack.beginAcknowledgement(clock.now, echoedAt)
  acknowledged.echoedAt = echoedAt
  acknowledged.repeatedFrom = 0
  acknowledged.repeatedTo = 0
  acknowledged.congested = takeEcho(block, segment)
  const flight = acknowledged.congested ? block.flight : 0
  if (after(acknowledgement, block.sndUna)) {
    const octets = sequenceDistance(block.sndUna, acknowledgement)
    const delivered = advance(block, segment, octets)
    // The peer's acknowledgements never go back, so one that is new is in a segment that is new, whatever its number.
    learnWindow(block, segment)
    if (plain) {
      block.duplicateAcks = 0
      grow(block, octets)
    } else {
      acknowledged.advanced = octets
      acknowledged.delivered = delivered + (blocks ? takeBlocks(block, segment, acknowledged) : 0)
      acknowledged.duplicate = false
      recover(block, acknowledged)
    }
  } else {
    const fresh = blocks ? takeBlocks(block, segment, acknowledged) : 0
    // RFC 5681 2: acknowledges what is outstanding, anew, with no text and the same window.
    const outstanding = !opens && block.sndNxt !== block.sndUna && acknowledgement === block.sndUna
    const window = segment.window << block.sendShift
    const bare = segment.payloadEnd === segment.payloadAt && (segment.flags & (SYN | FIN)) === 0
    const same = outstanding && bare && window === block.sndWnd
    updateWindow(block, segment)
    if (block.sndWnd === 0) block.duplicateAcks = 0
    else if (fresh > 0 || same || acknowledged.repeatedFrom !== acknowledged.repeatedTo) {
      acknowledged.advanced = 0
      acknowledged.delivered = fresh
      acknowledged.duplicate = same
      recover(block, acknowledged)
    }
  }
  if (acknowledged.congested) reduceForEcho(block, flight)
  return followFin(block)
}

/** Our FIN is acknowledged: FIN-WAIT-1, CLOSING, LAST-ACK. @returns false when the connection is over */
function followFin(block: ControlBlock): boolean {
  if (!block.finAcknowledged) return true
  switch (block.state) {
    case 'FIN-WAIT-1':
      block.transition('ACK OF FIN')
      startOrphanTimer(block)
      return true
    case 'CLOSING':
      block.transition('ACK OF FIN')
      enterTimeWait(block)
      return true
    case 'LAST-ACK':
      endConnection(block, 'ACK OF FIN', undefined)
      return false
    default:
      return true
  }
}

/** Nobody reads any more, and the peer may never close: FIN-WAIT-2 ends by itself. */
export function startOrphanTimer(block: ControlBlock): void {
  if (!block.application.closed || block.state !== 'FIN-WAIT-2') return
  const { clock, settings } = block.engine
  block.timers.keepAt = NEVER
  setDeadline(block, 'endAt', clock.now + settings.finWait2Timeout)
}

/** Only the wait is left: other timers stop, the send buffer goes. */
export function enterTimeWait(block: ControlBlock): void {
  block.timers.retransmitAt = NEVER
  block.timers.persistAt = NEVER
  block.timers.giveUpAt = NEVER
  block.timers.keepAt = NEVER
  block.sendRing.clear()
  block.receiver.release()
  startTimeWait(block)
}

/** Both SYNs are acknowledged: ESTABLISHED, or FIN-WAIT-1 where the application closed in SYN-RECEIVED. */
export function becomeEstablished(block: ControlBlock): void {
  beginSending(block)
  block.progressAt = block.engine.clock.now
  block.timers.giveUpAt = NEVER
  block.application.events |= CONNECTION_EVENT.writable
  const { counting } = block.engine
  if (block.passive) counting.connectionsAccepted++
  else counting.connectionsOpened++
  startKeepAlive(block)
  if (block.finSent) {
    // CLOSE in SYN-RECEIVED: the FIN went ahead of this, and may be lost like any other.
    startRetransmissionTimer(block)
    startGivingUp(block, block.progressAt)
  } else if (block.finQueued) {
    // A CLOSE that came before, with data to send, waited for this (3.10.4).
    block.transition('CLOSE')
  }
}

/** SND.UNA moves on by `octets`. @returns how many of them had not been reported before */
function advance(block: ControlBlock, segment: TcpView, octets: number): number {
  const { acknowledgement } = segment
  const { now } = block.engine.clock
  const delivered = block.sent.acknowledge(acknowledgement, block.rack)
  takeRoundTrip(block, segment)
  block.sndUna = acknowledgement
  block.probeStale = true
  block.progressAt = now
  block.application.softReported = false
  block.backoff = 0
  if (!block.sizeProven && block.fullTo !== undefined) block.sizeProven = afterOrAt(acknowledgement, block.fullTo)
  // Far behind it would seem to be ahead, after 2^31 octets.
  if (block.recovery === 'none' && after(acknowledgement, block.recover)) block.recover = add(acknowledgement, -1)

  const data = Math.min(octets, sequenceDistance(block.sndBase, acknowledgement), block.sendRing.length)
  if (data > 0) {
    // An application that asks for the room before it writes is never refused, and has to be notified all the same.
    const crowded = block.sendRing.free < block.sendRing.length
    block.sendRing.drop(data)
    block.sndBase = add(block.sndBase, data)
    block.octetsAcknowledged += data
    if (block.application.writeBlocked || crowded) block.application.events |= CONNECTION_EVENT.writable
    if (block.sendRing.length === 0) releaseLater(block)
  }
  if (block.finSent && acknowledgement === block.sndNxt) block.finAcknowledged = true
  if (block.urgentToSend && afterOrAt(acknowledgement, block.sndUp)) block.urgentToSend = false

  // RFC 6298 5.2, 5.3: the timer stops, or restarts. A partial acknowledgement is recovery's affair.
  if (acknowledgement === block.sndNxt) {
    block.timers.retransmitAt = NEVER
    block.timers.reorderAt = NEVER
    block.timers.persistBackoff = 0
  } else if (block.recovery !== 'newreno') startRetransmissionTimer(block)
  return delivered
}

/**
 * A round trip of a segment that was sent once (Karn; RFC 6298 3), or by the timestamp it echoes (RFC 7323 4). Without either a
 * timeout that was backed off stays so (RFC 6298 5).
 */
export function takeRoundTrip(block: ControlBlock, segment: TcpView): void {
  const { now } = block.engine.clock
  if (block.timing) {
    if (before(segment.acknowledgement, block.timedTo)) return
    block.timing = false
    block.roundTrip.sample(now - block.timedAt)
    return
  }
  if (!block.timestampsOn || !segment.hasTimestamps || segment.timestampEcho === 0) return
  const elapsed = sequenceDistance(segment.timestampEcho, timestamp(now, block.timestampOffset))
  if (elapsed < 0 || elapsed > LONGEST_ROUND_TRIP_MILLISECONDS) return
  // An echo of an earlier copy than the last: that one arrived, and the acknowledgements of it were lost. The time since then, taken
  // as a round trip, would make the next timeout longer, that the next sample, and so on up to the maximum. But the network
  // answers: the back-off is over. Should the way have become longer, the next segment says so.
  const first = block.synAcknowledged
    ? block.rack.echoOfEarlierCopy
    : block.backoff > 0 && elapsed * MILLISECOND > now - block.lastSentAt + MILLISECOND
  if (first) {
    block.roundTrip.endBackOff()
    return
  }
  const expected = Math.ceil(block.flight / (2 * block.segmentSize))
  block.roundTrip.sample(elapsed * MILLISECOND, expected)
}

/** When the step of the timestamp clock began that a segment echoes; undefined where it echoes none that can be ours. */
function echoInstant(block: ControlBlock, segment: TcpView): number | undefined {
  if (!block.timestampsOn || !segment.hasTimestamps || segment.timestampEcho === 0) return undefined
  const { now } = block.engine.clock
  const elapsed = sequenceDistance(segment.timestampEcho, timestamp(now, block.timestampOffset))
  if (elapsed < 0 || elapsed > LONGEST_ROUND_TRIP_MILLISECONDS) return undefined
  return (Math.floor(now / MILLISECOND) - elapsed) * MILLISECOND
}

/**
 * SND.WND, SND.WL1, SND.WL2: from a segment that is not older than the one they are from. To the question after a closed window
 * every answer counts: if SND.WL1 is of a segment that the peer never sent, no number of its own is as new.
 */
function updateWindow(block: ControlBlock, segment: TcpView): void {
  const { acknowledgement, sequence } = segment
  if (acknowledgement !== block.sndUna) return
  if (
    before(block.sndWl1, sequence) ||
    (block.sndWl1 === sequence && beforeOrAt(block.sndWl2, acknowledgement)) ||
    (block.sndWnd === 0 && block.timers.persistBackoff > 0)
  )
    learnWindow(block, segment)
}

/** In a segment with SYN the window is not scaled (RFC 7323 2.2). */
export function learnWindow(block: ControlBlock, segment: TcpView): void {
  const window = (segment.flags & SYN) !== 0 ? segment.window : segment.window << block.sendShift
  const opens = block.sndWnd === 0 && window > 0
  block.sndWnd = window
  block.sndWl1 = segment.sequence
  block.sndWl2 = segment.acknowledgement
  if (window > block.maxSndWnd) block.maxSndWnd = window
  if (opens) onWindowOpens(block)
}

/** What the peer threw away while its window was closed is sent again now, and not when a long timer runs out. */
function onWindowOpens(block: ControlBlock): void {
  block.timers.persistAt = NEVER
  block.timers.persistBackoff = 0
  if (!block.synAcknowledged || block.sndNxt === block.sndUna || block.backoff === 0 || block.recovery !== 'none')
    return
  resendAll(block)
  block.roundTrip.endBackOff()
}
