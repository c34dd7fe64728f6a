/**
 * The persist timer (RFC 9293 3.8.6.1): a closed window is asked about, since the segment that opens it can be lost. The same
 * timer is the override of silly-window avoidance (3.8.6.2.1 (4)) and of cork: what waits for no acknowledgement goes at last.
 */
import { ACK, FIN, PSH } from '../wire/tcp.js'
import { type ControlBlock, NEVER } from './control-block.js'
import { noteFinSent } from './output.js'
import { add, distance } from './sequence.js'
import { setDeadline } from './timers.js'
import { transmit } from './transmit.js'

/** The first comes after a retransmission timeout (SHLD-29), the next after twice as long (SHLD-30), up to `most`. */
export function startPersist(block: ControlBlock, most = NEVER): void {
  const interval = Math.min(
    block.roundTrip.timeout * 2 ** block.persistBackoff,
    block.engine.settings.maximumRetransmissionTimeout,
    most,
  )
  setDeadline(block, 'persistAt', block.engine.clock.now + interval)
}

export function onPersist(block: ControlBlock): void {
  if (block.state === 'CLOSED' || block.finSent || block.sndNxt !== block.sndUna) return
  const unsent = distance(block.sndNxt, block.dataEnd)
  if (unsent <= 0) return
  if (block.sndWnd > 0) {
    sendShort(block, Math.min(unsent, block.sndWnd, block.segmentSize), unsent)
    return
  }
  // One octet beyond the window. It does not count as sent: it will be refused, unless the window opened meanwhile.
  block.engine.counting.windowProbes++
  transmit(block, block.sndNxt, 1, unsent === 1 ? ACK | PSH : ACK)
  block.probing = true
  block.persistBackoff++
  startPersist(block)
}

/** The override: a silly segment is better than none. */
function sendShort(block: ControlBlock, length: number, unsent: number): void {
  const { now } = block.engine.clock
  const withFin = length === unsent && block.finQueued
  const flags = ACK | (length === unsent ? PSH : 0) | (withFin ? FIN : 0)
  if (transmit(block, block.sndNxt, length, flags) !== 'sent') {
    startPersist(block)
    return
  }
  block.lastSentAt = now
  block.progressAt = now
  block.sndNxt = add(block.sndNxt, length)
  if (withFin) noteFinSent(block)
  setDeadline(block, 'retransmitAt', now + block.roundTrip.timeout)
}
