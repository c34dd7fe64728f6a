/**
 * What goes out, and when: new data as the windows of the receiver and of congestion control let them, held back while they
 * would make silly segments (RFC 9293 3.8.6.2.1, 3.7.4), then the acknowledgement that is owed.
 */
import { SECOND } from '../../hal/clock.js'
import { NEVER } from './connection-timers.js'
import type { ControlBlock } from './control-block.js'
import { setDeadline } from './deadlines.js'
import { underWay } from './flight.js'
import { startGivingUp } from './giving-up.js'
import { sendOne } from './new-data.js'
import { CORK_LIMIT } from './options.js'
import { adoptPathMtu } from './path-mtu.js'
import { startPersist } from './persist.js'
import { resendLost } from './retransmission.js'
import { isHalved, segmentLimit } from './segment-limit.js'
import { add, after, sequenceDistance } from './sequence.js'
import { scheduleProbe } from './tail-loss-probe.js'
import { sendAck } from './transmit.js'

/** Sends what can be sent now. */
export function output(block: ControlBlock): void {
  if (block.synAcknowledged && block.state !== 'TIME-WAIT' && block.state !== 'CLOSED') {
    // What full segments have no room to say goes ahead of them.
    if (block.ackNow && block.sackOn && block.receiver.hasBlocks && !block.engine.batching) sendAck(block)
    if (block.recovery !== 'none' && block.forwardRto !== 'second') resendLost(block)
    if (block.hasUnsent) sendNew(block)
    if (block.probeStale) scheduleProbe(block)
  }
  if (block.ackNow) {
    if (block.engine.batching && !block.ackAtOnce) block.engine.defer(block)
    else if (block.state !== 'CLOSED') sendAck(block)
  }
}

/** New data, and the FIN behind them. */
function sendNew(block: ControlBlock): void {
  const { congestion, engine } = block
  if (congestion === undefined) return
  const { now } = engine.clock
  // RFC 5681 4.1: after an idle time the path is unknown again.
  if (block.sndNxt === block.sndUna && now - block.lastSentAt > block.roundTrip.timeout && block.lastSentAt > 0)
    congestion.onIdle(now)
  if (block.pathMtuUntil <= now) adoptPathMtu(block)

  const { dataEnd } = block
  const edge = add(block.sndUna, block.sndWnd)
  // RFC 3042: the first two duplicates let one new segment each go; with SACK the pipe has shrunk by itself.
  const limited =
    block.recovery === 'none' && !block.sackOn && block.duplicateAcks > 0 && block.duplicateAcks < 3
      ? block.duplicateAcks * block.segmentSize
      : 0
  const room = congestion.window + limited
  const halved = isHalved(block)
  const size = segmentLimit(block, halved)
  let pipe = underWay(block)
  let sent = false
  block.congestionLimited = false
  for (;;) {
    const unsent = sequenceDistance(block.sndNxt, dataEnd)
    const usable = sequenceDistance(block.sndNxt, edge)
    let length = unsent < usable ? unsent : usable
    if (length > size) length = size
    // A FIN takes a number, and that has to be in the window too: where the peer cannot take it, it refuses every later
    // acknowledgement, which lies behind the FIN, while its window is closed.
    const withFin = block.finQueued && length === unsent && length < usable
    if (length < 0 || (length === 0 && !withFin)) break
    if (pipe > 0 && pipe + length > room) {
      block.congestionLimited = true
      break
    }
    if (length < size && !mayBeShort(block, length, unsent, halved)) break
    if (!sendOne(block, length, length === unsent, withFin, now)) return
    sent = true
    pipe += length
    if (block.finSent) break
  }
  if (sent) {
    block.timers.persistAt = NEVER
    block.timers.persistBackoff = 0
  } else if (block.sndNxt === block.sndUna && !block.finSent) holdBack(block)
}

/** Nagle's test: is nothing outstanding that holds a short segment back? */
function nothingHoldsBack(block: ControlBlock): boolean {
  if (block.sndNxt === block.sndUna) return true
  if (block.engine.settings.habits.nagle === 'anything') return false
  return block.shortTo === undefined || !after(block.shortTo, block.sndUna)
}

/**
 * May a segment go that is not full? The rules of RFC 9293 3.8.6.2.1 for avoiding silly windows, with the Nagle algorithm in
 * brackets: (2) all that is queued, [and nothing outstanding]; (3) half of the largest window, [and nothing outstanding].
 * @param halved the send buffer is full, and small: nothing can join what is in it
 */
function mayBeShort(block: ControlBlock, length: number, unsent: number, halved: boolean): boolean {
  const all = length === unsent
  if (all && block.finQueued) return true
  const { noDelay, cork } = block.options
  const urgent = block.urgentToSend && after(block.sndUp, block.sndNxt)
  const flushed = block.flushTo !== undefined
  if ((cork || block.moreFollows) && !urgent && !halved && !flushed) return false
  // Where the application waits for room, nothing can join what is held back: holding it until the acknowledgement, which the
  // peer puts off until a second segment comes, would make a round trip of each.
  const full = halved || (block.application.writeBlocked && block.sendRing.free === 0)
  const free = noDelay || flushed || urgent || full || nothingHoldsBack(block)
  return free && (all || 2 * length >= block.maxSndWnd)
}

/** Data wait, and no acknowledgement will come to set them free. */
function holdBack(block: ControlBlock): void {
  if (!block.hasUnsent || block.timers.persistAt !== NEVER) return
  const unsent = sequenceDistance(block.sndNxt, block.dataEnd)
  if ((block.options.cork || block.moreFollows) && unsent > 0 && block.sndWnd >= Math.min(unsent, block.segmentSize)) {
    setDeadline(block, 'persistAt', block.engine.clock.now + CORK_LIMIT)
    return
  }
  startGivingUp(block, block.engine.clock.now)
  startPersist(block, block.sndWnd === 0 ? Number.POSITIVE_INFINITY : SECOND)
}
