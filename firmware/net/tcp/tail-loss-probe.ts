/**
 * Probes: when nothing has been heard for two round trips, one segment is sent, so that an acknowledgement says what was lost before the
 * retransmission timer runs out, and the window is not reduced to one segment.
 *
 * The first, with nothing known to be lost, is the tail loss probe of RFC 8985 7. That RFC leaves the rest to the timer. Here, as in
 * RFC 9002 6.2, one goes in a recovery too, also in that after a timeout, where what was sent again may be lost again with nothing behind
 * it; and a next one after twice as long, until the timer runs out. Each is one segment, and a longer and longer silence is between them.
 */
import { MILLISECOND, SECOND } from '../../hal/clock.js'
import type { Acknowledged } from './acknowledged.js'
import { NEVER } from './connection-timers.js'
import type { ControlBlock } from './control-block.js'
import { setDeadline } from './deadlines.js'
import { noteReduction } from './ecn.js'
import { sendOne } from './new-data.js'
import { resend, resendFirst, startRetransmissionTimer } from './retransmission.js'
import { segmentLimit } from './segment-limit.js'
import { add, after, before, sequenceDistance } from './sequence.js'

/** TLP.max_ack_delay: how long the receiver may put off the acknowledgement of one segment. */
const LONGEST_ACK_DELAY = 200 * MILLISECOND
/** No probe comes sooner, however short the way: hosts take time to answer. */
const LEAST_TIMEOUT = 10 * MILLISECOND

/** Something was sent, or has arrived: the time until the next probe begins anew, where there is to be one (RFC 8985 7.2). */
export function scheduleProbe(block: ControlBlock): void {
  block.probeStale = false
  if (!mayProbe(block)) {
    block.timers.probeAt = NEVER
    return
  }
  const { timers, probes } = block
  const { smoothed } = block.roundTrip
  let timeout = smoothed === undefined ? SECOND : 2 * smoothed
  const tail = isTail(block)
  // Where something is missing, what arrives is acknowledged at once (RFC 5681 4.2).
  if (tail && block.flight <= block.segmentSize) timeout += LONGEST_ACK_DELAY
  const at = Math.ceil(block.engine.clock.now + Math.max(timeout, LEAST_TIMEOUT) * 2 ** probes)
  if (at < timers.retransmitAt) setDeadline(block, 'probeAt', at)
  // One timer for both, in the RFC: the first probe goes where the retransmission would.
  else if (tail && probes === 0) setDeadline(block, 'probeAt', timers.retransmitAt)
  else timers.probeAt = NEVER
}

function mayProbe(block: ControlBlock): boolean {
  return (
    block.engine.settings.tailLossProbes &&
    block.sackOn &&
    block.recovery !== 'newreno' &&
    block.sndNxt !== block.sndUna &&
    block.sndWnd > 0 &&
    block.timers.retransmitAt !== NEVER
  )
}

/** Nothing is known to be lost, and nothing was reported: what is missing can only be at the end. */
function isTail(block: ControlBlock): boolean {
  return block.recovery === 'none' && block.probeEnd === undefined && !block.sent.disturbed
}

/** Nothing has been heard. In the RFC's case TLP_send_probe () (7.3): new data where the window has room for them, else the last segment again. */
export function onProbeTimeout(block: ControlBlock): void {
  if (block.state === 'CLOSED' || !mayProbe(block)) return
  const { engine } = block
  if (isTail(block)) {
    block.probeRepeats = !sendNewProbe(block)
    if (block.probeRepeats) {
      const from = add(block.sndNxt, -block.segmentSize)
      resend(block, before(from, block.sndUna) ? block.sndUna : from, block.sndNxt)
    }
    block.probeEnd = block.sndNxt
    startRetransmissionTimer(block)
  } else resendFirst(block)
  engine.counting.tailProbes++
  block.tailProbes++
  block.probes++
  block.probeStale = true
}

function sendNewProbe(block: ControlBlock): boolean {
  if (!block.hasUnsent) return false
  const unsent = sequenceDistance(block.sndNxt, block.dataEnd)
  const usable = sequenceDistance(block.sndNxt, add(block.sndUna, block.sndWnd))
  const length = Math.min(unsent, usable, segmentLimit(block, false))
  const withFin = block.finQueued && length === unsent && length < usable
  if (length < 0 || (length === 0 && !withFin)) return false
  return sendOne(block, length, length === unsent, withFin, block.engine.clock.now)
}

/** TLP_process_ack () (7.4.2): was a loss repaired by the probe, of which congestion control must know? */
export function onProbeAnswered(block: ControlBlock, acknowledged: Acknowledged): void {
  const { probeEnd, sndUna } = block
  const { advanced, delivered, duplicate, repeatedFrom, repeatedTo } = acknowledged
  if (advanced > 0 || delivered > 0) block.probes = 0
  if (probeEnd === undefined || before(sndUna, probeEnd)) return
  if (!block.probeRepeats) block.probeEnd = undefined
  else if (repeatedFrom !== repeatedTo && repeatedTo === probeEnd)
    // Case 1: both copies have arrived.
    block.probeEnd = undefined
  else if (after(sndUna, probeEnd)) {
    // Case 2: more is acknowledged, and no second copy was reported: the first was lost, and the probe repaired that.
    block.probeEnd = undefined
    if (block.recovery === 'none') {
      block.congestion?.onCongestion(block.flight, block.engine.clock.now)
      noteReduction(block)
    }
  } else if (duplicate && advanced === 0 && delivered === 0) {
    // Case 3: the answer to a second copy, of a receiver that reports none.
    block.probeEnd = undefined
  }
}
