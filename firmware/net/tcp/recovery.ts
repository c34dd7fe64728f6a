/**
 * Loss that acknowledgements show, and the recovery from it: with SACK by time (RFC 8985), else by duplicates and partial acknowledgements
 * (RFC 5681 3.2, RFC 6582). What is sent again is `retransmission.ts`'s.
 */
import type { Acknowledged } from './acknowledged.js'
import { NEVER } from './connection-timers.js'
import type { ControlBlock } from './control-block.js'
import { setDeadline } from './deadlines.js'
import { noteReduction } from './ecn.js'
import { underWay } from './flight.js'
import { isTimeoutFalse } from './forward-rto.js'
import { DUPLICATE_THRESHOLD } from './rack.js'
import { resendFirst, startRetransmissionTimer } from './retransmission.js'
import { isHalved } from './segment-limit.js'
import { after, afterOrAt, sequenceDistance } from './sequence.js'
import { onProbeAnswered } from './tail-loss-probe.js'

/** An acknowledgement arrived while something is lost, reported, sent again or asked after; or one that may be a sign of a loss. */
export function recover(block: ControlBlock, acknowledged: Acknowledged): void {
  const { congestion, sent, engine } = block
  if (congestion === undefined) return
  const { now } = engine.clock
  const { advanced, delivered } = acknowledged
  block.probeStale = true
  takeDuplicate(block, acknowledged)
  onProbeAnswered(block, acknowledged)
  if (isTimeoutFalse(block, advanced) || block.undo?.isFalse(block.sndUna, advanced > 0, acknowledged.echoedAt))
    undo(block, now)
  if (block.recovery !== 'none' && afterOrAt(block.sndUna, block.recover)) leave(block, advanced, now)
  else if (block.recovery === 'timeout' || block.recovery === 'none') grow(block, advanced)

  const before = sent.lost
  if (block.sackOn && !sent.refused) findLost(block)
  else countDuplicates(block, acknowledged)
  const lost = sent.lost > before
  if (sent.hasLost && block.recovery === 'none') startRecovery(block, delivered)
  if (block.recovery === 'sack') congestion.onRecoveryAck(delivered, underWay(block), advanced > 0 && !lost)
}

/** RACK_detect_loss () (RFC 8985 6.2 step 5); its timer is set for what may be found lost later. */
function findLost(block: ControlBlock): void {
  const { sent, rack, engine } = block
  const { now } = engine.clock
  rack.adapt(now, block.recovery !== 'none', sent.sacked, block.segmentSize, block.roundTrip.smoothed ?? 0)
  const timeout = sent.detectLost(rack)
  // Rounded up: a part of a nanosecond would have the timer run out again and again before anything is lost.
  if (timeout > 0) setDeadline(block, 'reorderAt', Math.ceil(now + timeout))
  else block.timers.reorderAt = NEVER
}

/** The reordering timer ran out (RFC 8985 6.2 step 5): nothing has come of what may have been overtaken. */
export function onReorderingTimeout(block: ControlBlock): void {
  if (block.sndUna === block.sndNxt || block.congestion === undefined || !block.sackOn) return
  const { sent } = block
  const before = sent.lost
  findLost(block)
  if (sent.lost === before) return
  if (block.recovery === 'none') startRecovery(block, 0)
  if (block.recovery === 'sack') block.congestion.onRecoveryAck(0, underWay(block), false)
}

/** @param delivered octets that the acknowledgement reported which shows the loss */
function startRecovery(block: ControlBlock, delivered: number): void {
  const { engine, congestion, sent } = block
  engine.counting.fastRetransmits++
  block.recovery = 'sack'
  block.recover = block.sndNxt
  block.needUndo().begin(block.sndUna)
  congestion?.onLoss(block.flight, block.flight - sent.sacked + delivered, engine.clock.now)
  noteReduction(block)
  startRetransmissionTimer(block)
}

/** Without SACK, or where there was no room for what it said: RFC 5681 3.2 and RFC 6582 3.2. */
function countDuplicates(block: ControlBlock, { advanced, duplicate }: Acknowledged): void {
  const { congestion, engine } = block
  if (advanced > 0) {
    if (block.recovery !== 'newreno') {
      block.duplicateAcks = 0
      return
    }
    // RFC 6582 3.2 step 3: the next hole is lost too. Only the first partial acknowledgement restarts the timer.
    congestion?.onPartial(advanced)
    resendFirst(block)
    if (block.partialAcks++ === 0) startRetransmissionTimer(block)
    return
  }
  if (!duplicate) return
  if (block.recovery === 'newreno') {
    congestion?.onDuplicate()
    return
  }
  if (block.recovery !== 'none') return
  block.duplicateAcks++
  if (block.duplicateAcks < DUPLICATE_THRESHOLD && !isOnlyDuplicate(block)) return
  // RFC 6582 3.2 step 2: duplicates of what the timer sent again are no new loss.
  if (!after(block.sndUna, block.recover)) return
  engine.counting.fastRetransmits++
  block.recovery = 'newreno'
  block.recover = block.sndNxt
  block.partialAcks = 0
  block.needUndo().begin(block.sndUna)
  congestion?.onLoss(block.flight, undefined, engine.clock.now)
  noteReduction(block)
  resendFirst(block)
  startRetransmissionTimer(block)
}

/** RFC 5827 3.1, early retransmit, for a send buffer that holds two segments: no more than one duplicate can come. */
function isOnlyDuplicate(block: ControlBlock): boolean {
  return isHalved(block) && sequenceDistance(block.sndNxt, block.dataEnd) <= 0
}

/** All that was outstanding when recovery began is acknowledged. */
function leave(block: ControlBlock, advanced: number, now: number): void {
  const was = block.recovery
  block.recovery = 'none'
  block.duplicateAcks = 0
  block.rack.onRecovered()
  if (was === 'timeout') grow(block, advanced)
  else block.congestion?.onRecovered(block.flight, now)
}

/** New data were acknowledged. Where a mark is reported at once, the window does not grow (RFC 3168 6.1.2). */
export function grow(block: ControlBlock, octets: number): void {
  if (octets === 0 || block.engine.acknowledged.congested) return
  const { congestion } = block
  if (congestion === undefined) return
  const { now } = block.engine.clock
  const limited = block.congestionLimited || block.recovery === 'timeout'
  if (congestion.isStarting) congestion.onStartSample(block.rack.roundTrip, block.sndUna, block.sndNxt)
  congestion.onAcknowledged(octets, limited, now, block.roundTrip.smoothed ?? 0)
}

/** RFC 2883, 8985 6.2 step 4: a D-SACK about what was sent again. Those about copies that the wire made say nothing. */
function takeDuplicate(block: ControlBlock, { repeatedFrom, repeatedTo }: Acknowledged): void {
  if (repeatedFrom === repeatedTo) return
  block.engine.counting.duplicatesReported++
  if (block.undo?.onDuplicate(repeatedFrom, repeatedTo)) block.rack.noteDuplicate(block.sndUna, block.sndNxt)
}

/**
 * What was sent again had not been lost: windows as they were (RFC 4015 3.2, RFC 9438 4.9). What is still missing is judged anew, and may
 * begin a recovery of its own at once.
 */
function undo(block: ControlBlock, now: number): void {
  const { engine, congestion, sent } = block
  block.undo?.end()
  engine.counting.reductionsUndone++
  block.undone++
  congestion?.undo(now)
  if (block.ecn !== undefined) block.ecn.reduced = false
  block.roundTrip.endBackOff()
  if (block.recovery === 'none') return
  block.recovery = 'none'
  block.duplicateAcks = 0
  sent.loseNone()
}
