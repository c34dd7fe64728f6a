/**
 * The persist timer (RFC 9293 3.8.6.1): a closed window is asked about, since the segment that opens it can be lost.
 *
 * The question is an empty segment one number before SND.UNA, as hosts of our time send it, and keepalive does: it is not
 * acceptable, so whoever is there answers with an acknowledgement, which has the window. An octet beyond the window would ask
 * the same and leave open whether it was taken: while that is so, an acknowledgement of ours is at SND.NXT or one beyond, and
 * where the peer asks in the same way each end can come to refuse what would tell it.
 *
 * The same timer is the override of silly-window avoidance (3.8.6.2.1 (4)) and of cork: what waits for no acknowledgement goes at last.
 */
import { ACK, FIN, PSH } from '../wire/tcp.js'
import { NEVER } from './connection-timers.js'
import type { ControlBlock } from './control-block.js'
import { setDeadline } from './deadlines.js'
import { noteFinSent } from './fin.js'
import { add, sequenceDistance } from './sequence.js'
import { transmitSegment } from './transmit.js'

/** The first comes after a retransmission timeout (SHLD-29), the next after twice as long (SHLD-30), up to `most`. */
export function startPersist(block: ControlBlock, most = NEVER): void {
  const interval = Math.min(
    block.roundTrip.timeout * 2 ** block.timers.persistBackoff,
    block.engine.settings.maximumRetransmissionTimeout,
    most,
  )
  setDeadline(block, 'persistAt', block.engine.clock.now + interval)
}

export function onPersist(block: ControlBlock): void {
  if (block.state === 'CLOSED' || block.sndNxt !== block.sndUna || !block.hasUnsent) return
  const unsent = sequenceDistance(block.sndNxt, block.dataEnd)
  if (block.sndWnd > 0) {
    sendShort(block, Math.min(unsent, block.sndWnd, block.segmentSize), unsent)
    return
  }
  block.engine.counting.windowProbes++
  transmitSegment(block, add(block.sndUna, -1), 0, ACK)
  block.timers.persistBackoff++
  startPersist(block)
}

/** The override: a silly segment is better than none. */
function sendShort(block: ControlBlock, length: number, unsent: number): void {
  const { now } = block.engine.clock
  const withFin = length === unsent && block.finQueued && length < block.sndWnd
  const flags = ACK | (length === unsent && length > 0 ? PSH : 0) | (withFin ? FIN : 0)
  if (transmitSegment(block, block.sndNxt, length, flags) !== 'sent') {
    startPersist(block)
    return
  }
  block.lastSentAt = now
  block.progressAt = now
  block.sndNxt = add(block.sndNxt, length)
  if (withFin) noteFinSent(block)
  block.sent.append(block.sndNxt, now)
  setDeadline(block, 'retransmitAt', now + block.roundTrip.timeout)
}
