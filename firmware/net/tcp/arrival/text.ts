/** Seventh, process the segment text; eighth, check the FIN bit (RFC 9293 3.10.7.4). */
import { FIN } from '../../wire/tcp.js'
import type { TcpView } from '../../wire/tcp-view.js'
import { CONNECTION_EVENT, type ControlBlock } from '../control-block.js'
import { setDeadline } from '../deadlines.js'
import { abortConnection } from '../events.js'
import { add, after, before, sequenceDistance } from '../sequence.js'
import { sendAck } from '../transmit.js'
import { enterTimeWait } from './acknowledgement.js'

export function processText(block: ControlBlock, segment: TcpView): void {
  let { payloadEnd } = segment
  const { payloadAt } = segment
  let length = payloadEnd - payloadAt
  if (length === 0) return
  switch (block.state) {
    case 'ESTABLISHED':
    case 'FIN-WAIT-1':
    case 'FIN-WAIT-2':
      break
    default:
      // Cannot be after the peer's FIN; in SYN-RECEIVED it comes again. Ignored.
      return
  }
  const { counting } = block.engine
  if (block.application.closed && after(add(segment.sequence, length), block.rcvNxt)) {
    // RFC 9293 3.6.1, SHLD-3: nobody will read it, and the peer should know.
    counting.dropped.add('data after close')
    abortConnection(block, undefined)
    return
  }
  // What runs past the right edge is cut off, and a FIN behind it.
  const offset = sequenceDistance(block.rcvNxt, segment.sequence)
  const excess = offset + length - sequenceDistance(block.rcvNxt, block.rcvAdv)
  if (excess > 0) {
    counting.dropped.add('outside window')
    payloadEnd -= excess
    length -= excess
    segment.payloadEnd = payloadEnd
    segment.flags &= ~FIN
    block.ackNow = true
  }
  if (length > block.largestText) block.largestText = length

  const { receiver } = block
  const gaps = receiver.intervals
  // Ahead of a gap: what is in order is acknowledged before, so that the duplicate is one.
  if (offset > 0 && block.ackNow && block.engine.batching) sendAck(block)
  const refusedBefore = receiver.lost.total
  const advance = receiver.receive(offset, segment.octets, payloadAt, payloadEnd)
  if (receiver.lost.total !== refusedBefore) {
    counting.dropped.add('no memory for data')
    block.ackNow = true
  }
  if (advance > 0) {
    block.rcvNxt = add(block.rcvNxt, advance)
    block.octetsReceived += advance
    block.application.events |= CONNECTION_EVENT.readable
  }
  if (offset > 0 || (offset < 0 && advance === 0)) {
    // RFC 5681 4.2: a duplicate acknowledgement, at once.
    block.ackNow = true
    block.ackAtOnce = true
    return
  }
  if (gaps > 0 || offset < 0) block.ackNow = true
  oweAcknowledgement(block)
}

/**
 * SHLD-18, MUST-40: put off for less than half a second, and until the second segment (SHLD-19), however small the two are: RFC
 * 5681 4.2 has this for senders whose segments are smaller than they could be, for a small send buffer among other reasons.
 */
function oweAcknowledgement(block: ControlBlock): void {
  const { clock, settings } = block.engine
  block.lastTextAt = clock.now
  const quick = block.quickAcks > 0
  if (quick) block.quickAcks--
  if (block.ackNow) return
  if (block.options.quickAck || block.ackOwed || quick) {
    block.ackNow = true
    return
  }
  block.ackOwed = true
  setDeadline(block, 'ackAt', clock.now + settings.delayedAck)
}

export function processFin(block: ControlBlock, segment: TcpView): void {
  if ((segment.flags & FIN) !== 0 && !block.finReceived && block.state !== 'SYN-RECEIVED') {
    const finAt = add(segment.sequence, segment.payloadEnd - segment.payloadAt)
    // Ahead of a gap it waits until the gap is filled.
    if (before(finAt, block.rcvNxt)) return
    block.finAhead = finAt
    block.ackNow = true
  }
  if (block.finAhead === undefined || block.finAhead !== block.rcvNxt) return
  block.finAhead = undefined
  block.finReceived = true
  block.rcvNxt = add(block.rcvNxt, 1)
  block.ackNow = true
  block.application.events |= CONNECTION_EVENT.readable
  switch (block.state) {
    case 'ESTABLISHED':
      block.transition('FIN')
      break
    case 'FIN-WAIT-1':
      // Our own FIN is acknowledged by now, or this is a simultaneous close.
      block.transition('FIN')
      break
    case 'FIN-WAIT-2':
      block.transition('FIN')
      enterTimeWait(block)
  }
}
