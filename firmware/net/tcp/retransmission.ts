/**
 * Sending again: when the timer runs out (RFC 6298 5), when duplicate acknowledgements show a loss (RFC 5681 3.2), and in the recovery that
 * follows either, with SACK (RFC 6675) or without (RFC 6582).
 */
import { ACK, FIN, PSH, SYN } from '../wire/tcp.js'
import type { ControlBlock, Recovery } from './control-block.js'
import { setDeadline } from './deadlines.js'
import { underWay } from './flight.js'
import { refreshRoute, suspectBlackHole } from './path-mtu.js'
import { Scoreboard } from './scoreboard.js'
import { isHalved } from './segment-limit.js'
import { add, after, afterOrAt, before, sequenceDistance } from './sequence.js'
import { transmitSegment } from './transmit.js'

/** The timer starts, or starts again, with the present timeout. */
export function startRetransmissionTimer(block: ControlBlock): void {
  setDeadline(block, 'retransmitAt', block.engine.clock.now + block.roundTrip.timeout)
}

/** SYN or SYN,ACK, for the first time or again. */
export function sendSyn(block: ControlBlock): void {
  block.lastSentAt = block.engine.clock.now
  transmitSegment(block, block.iss, 0, block.state === 'SYN-SENT' ? SYN : SYN | ACK)
}

/** RFC 6298 5.4 to 5.7. */
export function onRetransmissionTimeout(block: ControlBlock): void {
  if (block.state === 'CLOSED' || block.sndUna === block.sndNxt) return
  const { counting, clock } = block.engine
  counting.timeouts++
  block.timing = false
  if (!block.synAcknowledged) {
    block.synRetransmissions++
    sendSyn(block)
    noteRetransmission(block)
    backOff(block)
    return
  }
  if (block.sndWnd === 0) {
    // The window closed over what was sent: the least that can be there asks after it, and this says nothing of congestion.
    resend(block, block.sndUna, add(block.sndUna, block.segmentSize))
    counting.windowProbes++
    backOff(block)
    return
  }
  const { flight } = block
  if (block.backoff === 0) block.silentSince = clock.now
  else suspectBlackHole(block)
  block.congestion?.onTimeout(flight, block.backoff > 0, clock.now)
  // The receiver may have thrown away what it reported (RFC 2018 8).
  block.scoreboard?.forget()
  block.duplicateAcks = 0
  block.recover = block.sndNxt
  block.recovery = 'timeout'
  block.resendNext = resend(block, block.sndUna, add(block.sndUna, block.segmentSize))
  backOff(block)
}

function backOff(block: ControlBlock): void {
  block.backoff++
  block.roundTrip.backOff()
  startRetransmissionTimer(block)
  if (block.backoff < block.engine.settings.softRetransmissions || block.application.softReported) return
  // R1 (RFC 9293 MUST-20): the application is notified, and the network layer is asked for another way.
  block.application.softReported = true
  block.noteSoftError('ETIMEDOUT')
  block.network.doubt(block.route)
  if (!block.route.stale) refreshRoute(block)
}

/** A duplicate acknowledgement came, or one that reports more (RFC 5681 3.2, RFC 6675 5). */
export function onDuplicateAck(block: ControlBlock): void {
  const { congestion } = block
  if (congestion === undefined) return
  if (block.recovery === 'newreno') {
    congestion.onDuplicate()
    return
  }
  if (block.recovery !== 'none') return
  block.duplicateAcks++
  const lost = block.duplicateAcks >= 3 || (block.scoreboard?.isLost(block.sndUna) ?? false) || isOnlyDuplicate(block)
  if (!lost) return
  // RFC 6582 3.2 step 2: duplicates of what the timer sent again are no new loss.
  if (!block.sackOn && !after(block.sndUna, block.recover)) return
  startRecovery(block)
}

/** RFC 5827 3.1, early retransmit, for a send buffer that holds two segments: no more than one duplicate can come. */
function isOnlyDuplicate(block: ControlBlock): boolean {
  return isHalved(block) && sequenceDistance(block.sndNxt, block.dataEnd) <= 0
}

function startRecovery(block: ControlBlock): void {
  const { engine, congestion } = block
  engine.counting.fastRetransmits++
  const withSack = block.sackOn
  block.recovery = withSack ? 'sack' : 'newreno'
  block.recover = block.sndNxt
  block.partialAcks = 0
  congestion?.onLoss(block.flight, !withSack, engine.clock.now)
  block.scoreboard?.startRecovery()
  const end = resendFirst(block)
  if (withSack) scoreboardOf(block).resent(end)
  startRetransmissionTimer(block)
}

/** The segment at SND.UNA, up to what the peer has of what follows. */
function resendFirst(block: ControlBlock): number {
  const most = add(block.sndUna, block.segmentSize)
  const limit = before(block.sndNxt, most) ? block.sndNxt : most
  return resend(block, block.sndUna, block.scoreboard?.reportedAfter(block.sndUna, limit) ?? limit)
}

export function scoreboardOf(block: ControlBlock): Scoreboard {
  block.scoreboard ??= new Scoreboard()
  return block.scoreboard
}

/** SND.UNA advanced by `octets` while lost segments are being sent again. */
export function onAckInRecovery(block: ControlBlock, octets: number): void {
  const { congestion, engine } = block
  if (congestion === undefined) return
  const was: Recovery = block.recovery
  if (afterOrAt(block.sndUna, block.recover)) {
    block.recovery = 'none'
    block.duplicateAcks = 0
    if (was === 'timeout') grow(block, octets)
    else congestion.onRecovered(block.flight, engine.clock.now)
    return
  }
  if (was === 'newreno') {
    // RFC 6582 3.2 step 3: the next hole is lost too. Only the first partial acknowledgement restarts the timer.
    congestion.onPartial(octets)
    resendFirst(block)
    if (block.partialAcks++ === 0) startRetransmissionTimer(block)
  } else if (was === 'timeout') {
    if (before(block.resendNext, block.sndUna)) block.resendNext = block.sndUna
    grow(block, octets)
  }
}

/** New data were acknowledged, and nothing is known to be lost. */
export function grow(block: ControlBlock, octets: number): void {
  const { now } = block.engine.clock
  const limited = block.congestionLimited || block.recovery === 'timeout'
  block.congestion?.onAcknowledged(octets, limited, now, block.roundTrip.smoothed ?? 0)
}

/** What recovery has to send again, as far as the congestion window lets it. */
export function resendLost(block: ControlBlock): void {
  if (block.recovery === 'sack') resendByScoreboard(block)
  else if (block.recovery === 'timeout') resendInOrder(block)
}

/** RFC 6675 5 (C): while the window has room for a segment, NextSeg () says which. New data are `sendNew`'s. */
function resendByScoreboard(block: ControlBlock): void {
  const { congestion, segmentSize } = block
  const scoreboard = scoreboardOf(block)
  if (congestion === undefined) return
  let pipe = underWay(block)
  while (congestion.window - pipe >= segmentSize) {
    const rule = scoreboard.next(block.sndUna, block.sndNxt, segmentSize, canSendNew(block), block.recover)
    if (rule === 'none' || rule === 'new') return
    // A rescue is for what was sent once and has nothing behind it; what went again a moment ago may still arrive.
    if (rule === 'rescue' && scoreboard.wasResent(scoreboard.from)) return
    const end = resend(block, scoreboard.from, scoreboard.to)
    if (end === scoreboard.from) return
    if (rule !== 'rescue') scoreboard.resent(end)
    pipe += sequenceDistance(scoreboard.from, end)
  }
}

function canSendNew(block: ControlBlock): boolean {
  if (block.finSent) return false
  const unsent = sequenceDistance(block.sndNxt, block.dataEnd)
  const usable = sequenceDistance(block.sndNxt, add(block.sndUna, block.sndWnd))
  return unsent > 0 && usable >= Math.min(unsent, block.segmentSize)
}

/** After a timeout everything before `recover` is lost, until it is reported or sent again. */
function resendInOrder(block: ControlBlock): void {
  const { congestion, scoreboard } = block
  if (congestion === undefined) return
  while (before(block.resendNext, block.recover)) {
    const from = scoreboard?.unreportedFrom(block.resendNext) ?? block.resendNext
    if (!before(from, block.recover)) {
      block.resendNext = block.recover
      return
    }
    block.resendNext = from
    let to = add(from, block.segmentSize)
    if (after(to, block.recover)) to = block.recover
    to = scoreboard?.reportedAfter(from, to) ?? to
    const pipe = underWay(block)
    if (pipe > 0 && pipe + sequenceDistance(from, to) > congestion.window) return
    const end = resend(block, from, to)
    if (end === from) return
    block.resendNext = end
  }
}

/**
 * Sends again what is between two numbers, within the receiver's window and one segment; a FIN that follows goes along.
 * @returns one beyond the last number sent; `from` where nothing went
 */
function resend(block: ControlBlock, from: number, to: number): number {
  // RFC 7323 2.4: a window that is announced in units is up to one less than what was promised before, and still is.
  const edge = add(block.sndUna, Math.max(1, block.sndWnd + (1 << block.sendShift) - 1))
  const { dataEnd } = block
  let end = before(edge, to) ? edge : to
  if (after(end, block.sndNxt)) end = block.sndNxt
  const finWanted = block.finSent && after(end, dataEnd)
  if (after(end, dataEnd)) end = dataEnd
  let length = sequenceDistance(from, end)
  if (length > block.segmentSize) length = block.segmentSize
  if (length < 0 || (length === 0 && !finWanted)) return from
  const atEnd = add(from, length) === dataEnd
  const withFin = atEnd && block.finSent && (finWanted || before(dataEnd, edge))
  const flags = ACK | (withFin ? FIN : 0) | (atEnd && length > 0 ? PSH : 0)
  block.timing = false
  noteRetransmission(block)
  if (transmitSegment(block, from, length, flags) !== 'sent') return from
  block.lastSentAt = block.engine.clock.now
  return add(from, withFin ? length + 1 : length)
}

function noteRetransmission(block: ControlBlock): void {
  block.retransmits++
  block.engine.counting.segmentsRetransmitted++
}
