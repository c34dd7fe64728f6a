/** Sending again: when the timer runs out (RFC 6298 5), and in the recovery that follows it or acknowledgements that show a loss (`recovery.ts`). */
import { ACK, FIN, PSH } from '../wire/tcp.js'
import { NEVER } from './connection-timers.js'
import type { ControlBlock } from './control-block.js'
import { setDeadline } from './deadlines.js'
import { noteReduction, synAckBits, synBits } from './ecn.js'
import { underWay } from './flight.js'
import { beginForwardRto } from './forward-rto.js'
import { refreshRoute, suspectBlackHole } from './path-mtu.js'
import { add, after, before, sequenceDistance } from './sequence.js'
import { transmitSegment } from './transmit.js'

/** The timer starts, or starts again, with the present timeout. */
export function startRetransmissionTimer(block: ControlBlock): void {
  setDeadline(block, 'retransmitAt', block.engine.clock.now + block.roundTrip.timeout)
}

/** SYN or SYN,ACK, for the first time or again. */
export function sendSyn(block: ControlBlock): void {
  block.lastSentAt = block.engine.clock.now
  transmitSegment(block, block.iss, 0, block.state === 'SYN-SENT' ? synBits(block) : synAckBits(block))
}

/** The SYN, or SYN,ACK, again. Which copy is answered shows only where timestamps tell (Karn; RFC 6298 3). */
export function resendSyn(block: ControlBlock): void {
  block.timing = false
  sendSyn(block)
  noteRetransmission(block)
}

/** RFC 6298 5.4 to 5.7. */
export function onRetransmissionTimeout(block: ControlBlock): void {
  if (block.state === 'CLOSED' || block.sndUna === block.sndNxt) return
  const { counting, clock } = block.engine
  counting.timeouts++
  block.timing = false
  if (!block.synAcknowledged) {
    block.synRetransmissions++
    resendSyn(block)
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
  const { flight, sent } = block
  const recovering = block.recovery !== 'none'
  if (block.backoff === 0) block.silentSince = clock.now
  else suspectBlackHole(block)
  if (!recovering) block.needUndo().begin(block.sndUna)
  block.congestion?.onTimeout(flight, block.backoff > 0, clock.now)
  noteReduction(block)
  // RFC 8985 6.3: what was sent a moment ago may still arrive. Without SACK nobody would say so.
  sent.loseAll(block.sackOn ? block.rack.lostUntil(clock.now) : undefined)
  block.timers.reorderAt = NEVER
  block.probeEnd = undefined
  block.duplicateAcks = 0
  block.recover = block.sndNxt
  block.recovery = 'timeout'
  resendFirst(block)
  beginForwardRto(block, recovering)
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

/** The segment at SND.UNA. */
export function resendFirst(block: ControlBlock): void {
  const most = add(block.sndUna, block.segmentSize)
  resend(block, block.sndUna, before(block.sndNxt, most) ? block.sndNxt : most)
}

/** What is lost, as far as the congestion window lets it. New data are `sendNew`'s. */
export function resendLost(block: ControlBlock): void {
  const { congestion, sent, segmentSize } = block
  if (congestion === undefined) return
  let pipe = underWay(block)
  while (sent.nextLost()) {
    const { from } = sent
    const most = add(from, segmentSize)
    const to = before(most, sent.to) ? most : sent.to
    if (pipe > 0 && pipe + sequenceDistance(from, to) > congestion.window) return
    const end = resend(block, from, to)
    if (end === from) return
    // The timer is for what was sent first, and that has just gone.
    if (from === block.sndUna && block.recovery === 'sack') startRetransmissionTimer(block)
    if (block.recovery === 'sack') congestion.onRecoverySent(sequenceDistance(from, end))
    pipe = underWay(block)
  }
}

/** All that is not reported is lost: the window closed over it, or it was too long for the way. That says nothing of congestion. */
export function resendAll(block: ControlBlock): void {
  block.sent.loseAll()
  block.recovery = 'timeout'
  block.recover = block.sndNxt
  block.duplicateAcks = 0
}

/**
 * Sends again what is between two numbers, within the receiver's window and one segment; a FIN that follows goes along.
 * @returns one beyond the last number sent; `from` where nothing went
 */
export function resend(block: ControlBlock, from: number, to: number): number {
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
  block.forwardRto = 'none'
  noteRetransmission(block)
  if (transmitSegment(block, from, length, flags) !== 'sent') return from
  const { now } = block.engine.clock
  const sentTo = add(from, withFin ? length + 1 : length)
  block.lastSentAt = now
  block.sent.resent(from, sentTo, now)
  block.needUndo().onResent(from, sentTo, now)
  block.probeStale = true
  return sentTo
}

function noteRetransmission(block: ControlBlock): void {
  block.retransmits++
  block.engine.counting.segmentsRetransmitted++
}
