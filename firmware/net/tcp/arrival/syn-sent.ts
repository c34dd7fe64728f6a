/** SEGMENT ARRIVES in SYN-SENT (RFC 9293 3.10.7.3). */
import { ACK, RST, SYN } from '../../wire/tcp.js'
import type { TcpView } from '../../wire/tcp-view.js'
import type { ControlBlock } from '../control-block.js'
import { endConnection } from '../events.js'
import { agree } from '../negotiation.js'
import { resendSyn, sendSyn, startRetransmissionTimer } from '../retransmission.js'
import { add, after, beforeOrAt, sequenceDistance } from '../sequence.js'
import { becomeEstablished, learnWindow, takeRoundTrip } from './acknowledgement.js'
import { resetFrom } from './checks.js'
import { processFin, processText } from './text.js'
import { processUrgent } from './urgent.js'

export function arrivesInSynSent(block: ControlBlock, segment: TcpView): void {
  const { flags } = segment
  const { counting } = block.engine
  const withAck = (flags & ACK) !== 0

  // First, check the ACK bit.
  if (withAck && (beforeOrAt(segment.acknowledgement, block.iss) || after(segment.acknowledgement, block.sndNxt))) {
    counting.dropped.add('ACK unacceptable')
    if ((flags & RST) === 0) answerStranger(block, segment)
    return
  }

  // Second, check the RST bit.
  if ((flags & RST) !== 0) {
    counting.resetsReceived++
    // RFC 5961 3.2: it must acknowledge our SYN, and it does, where it acknowledges anything.
    if (withAck) endConnection(block, 'RESET', 'ECONNREFUSED')
    else counting.dropped.add('unexpected in state')
    return
  }

  // Third, check the security: there is none. Fourth, check the SYN bit.
  if ((flags & SYN) === 0) {
    // Fifth, if neither of the SYN or RST bits is set, then drop the segment.
    counting.dropped.add('unexpected in state')
    return
  }
  // A window was offered with our SYN before it was known where it begins.
  const offered = sequenceDistance(block.rcvNxt, block.rcvAdv)
  block.irs = segment.sequence
  block.rcvNxt = add(segment.sequence, 1)
  block.rcvUp = block.rcvNxt
  block.rcvAdv = add(block.rcvNxt, offered)
  block.lastAckSent = block.rcvNxt
  block.lastReceivedAt = block.engine.clock.now
  agree(block, segment)
  learnWindow(block, segment)
  if (!withAck) {
    // Both ends open at once (MUST-10). Text that came along is not acknowledged, and so comes again, as in LISTEN.
    block.transition('SYN')
    sendSyn(block)
    startRetransmissionTimer(block)
    return
  }
  block.sndUna = segment.acknowledgement
  takeRoundTrip(block, segment)
  block.transition('SYN,ACK')
  becomeEstablished(block)
  block.ackNow = true
  segment.sequence = block.rcvNxt
  segment.flags &= ~SYN
  processUrgent(block, segment)
  processText(block, segment)
  processFin(block, segment)
}

/**
 * The peer has another connection between the same ends: ours of before, which it knows nothing of the end of. The reset ends it (RFC 9293
 * 3.5.1, figure 10). The SYN goes again at once, as from Linux, and not when a timer runs out: once, or two who guess would make a storm.
 */
function answerStranger(block: ControlBlock, segment: TcpView): void {
  resetFrom(block, segment)
  if (block.synFollowedReset) return
  block.synFollowedReset = true
  resendSyn(block)
  startRetransmissionTimer(block)
}
