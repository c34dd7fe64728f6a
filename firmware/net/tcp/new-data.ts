/** A segment of new data. */
import { MILLISECOND } from '../../hal/clock.js'
import { ACK, FIN, PSH } from '../wire/tcp.js'
import { NEVER } from './connection-timers.js'
import type { ControlBlock } from './control-block.js'
import { setDeadline } from './deadlines.js'
import { noteFinSent } from './fin.js'
import { startGivingUp } from './giving-up.js'
import { add, afterOrAt } from './sequence.js'
import { transmitSegment } from './transmit.js'

/** A frame that the device refused is tried again after so long, then twice as long, up to a retransmission timeout. */
const FIRST_RETRY = MILLISECOND

/** One segment of new data; false when the network layer did not take it. */
export function sendOne(block: ControlBlock, length: number, last: boolean, withFin: boolean, now: number): boolean {
  const end = add(block.sndNxt, length)
  let flags = ACK
  if (withFin) flags |= FIN
  if (length > 0 && (last || (block.pushTo !== undefined && afterOrAt(end, block.pushTo)))) {
    // RFC 9293 MUST-61: the last segment that is buffered is pushed.
    flags |= PSH
    block.pushTo = undefined
  }
  const idle = block.sndNxt === block.sndUna
  const result = transmitSegment(block, block.sndNxt, length, flags)
  if (result !== 'sent') {
    if (result === 'no route') block.noteSoftError('ENETUNREACH')
    block.timers.retryDelay =
      block.timers.retryDelay === 0 ? FIRST_RETRY : Math.min(2 * block.timers.retryDelay, block.roundTrip.timeout)
    if (block.timers.retryAt === NEVER) setDeadline(block, 'retryAt', now + block.timers.retryDelay)
    if (idle) startGivingUp(block, now)
    return false
  }
  if (block.timers.retryDelay > 0) {
    block.timers.retryDelay = 0
    block.timers.retryAt = NEVER
  }
  if (block.flushTo !== undefined && afterOrAt(end, block.flushTo)) block.flushTo = undefined
  block.lastSentAt = now
  if (length > 0) noteText(block, length, end, now)
  if (idle) startGivingUp(block, now)
  if (!block.timing) {
    block.timing = true
    block.timedTo = withFin ? add(end, 1) : end
    block.timedAt = now
  }
  block.sndNxt = end
  if (withFin) noteFinSent(block)
  block.sent.append(block.sndNxt, now)
  block.probeStale = true
  if (block.recovery === 'sack') block.congestion?.onRecoverySent(length)
  if (block.timers.retransmitAt === NEVER) setDeadline(block, 'retransmitAt', now + block.roundTrip.timeout)
  return true
}

/** What path MTU discovery and the habits of a stack (`TcpHabits`) remember of new text that was sent. */
function noteText(block: ControlBlock, length: number, end: number, now: number): void {
  if (length < block.segmentSize) block.shortTo = end
  else block.fullTo ??= end
  // An answer to what came a moment ago: the two are taking turns.
  if (now - block.lastTextAt < block.engine.settings.delayedAck) block.quickAcks = 0
}
