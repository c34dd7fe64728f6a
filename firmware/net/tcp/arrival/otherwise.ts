/**
 * SEGMENT ARRIVES in the states from SYN-RECEIVED on (RFC 9293 3.10.7.4): eight steps, each of which may end it.
 */
import { ACK, ECE, FIN, RST, SYN } from '../../wire/tcp.js'
import type { TcpView } from '../../wire/tcp-view.js'
import type { ControlBlock } from '../control-block.js'
import { isSetupSyn, noteMark } from '../ecn.js'
import { resendSyn, startRetransmissionTimer } from '../retransmission.js'
import { add, before } from '../sequence.js'
import { checkAcknowledgement, processAcknowledgement } from './acknowledgement.js'
import { checkReset, checkSequence, checkSyn, checkTimestamp, noteTimestamp } from './checks.js'
import { processFin, processText } from './text.js'
import { processUrgent } from './urgent.js'

export function arrivesOtherwise(block: ControlBlock, segment: TcpView): void {
  if (!block.synAcknowledged) {
    if (!block.passive) acceptSynAck(block, segment)
    else if (isSynAgain(block, segment)) {
      answerSynAgain(block, segment)
      return
    }
  }
  if (!checkTimestamp(block, segment)) return
  // First, check sequence number.
  if (!checkSequence(block, segment)) return
  // Second, check the RST bit.
  if (!checkReset(block, segment)) return
  // Third, check security: there is none. Fourth, check the SYN bit.
  if (!checkSyn(block, segment)) return
  // Fifth, check the ACK field.
  if (!checkAcknowledgement(block, segment)) return
  // From here on the segment is the peer's: nothing of one that is discarded above may be kept, or whoever guesses a number
  // inside the window could write into the control block (RFC 5961 5.2).
  block.lastReceivedAt = block.engine.clock.now
  block.timers.keepProbes = 0
  noteTimestamp(block, segment)
  if (!processAcknowledgement(block, segment)) return
  noteMark(block, segment)
  // Sixth, check the URG bit.
  processUrgent(block, segment)
  // Seventh, process the segment text.
  processText(block, segment)
  // Eighth, check the FIN bit.
  processFin(block, segment)
}

/** In SYN-RECEIVED, the SYN that it began with. */
function isSynAgain(block: ControlBlock, segment: TcpView): boolean {
  return (segment.flags & (SYN | ACK | RST | FIN)) === SYN && segment.sequence === block.irs
}

/**
 * Our SYN,ACK was lost, or is late: it goes again at once. The acknowledgement alone that RFC 9293 3.10.7.4 has for what is outside the
 * window would be no use to a peer that waits for our SYN.
 */
function answerSynAgain(block: ControlBlock, segment: TcpView): void {
  block.engine.counting.dropped.add('outside window')
  // RFC 7323 4.3: its timestamp is what the answer echoes.
  if (block.timestampsOn && segment.hasTimestamps && !before(segment.timestampValue, block.tsRecent))
    block.tsRecent = segment.timestampValue
  // A SYN without the request: the peer gave it up, or never made it (RFC 3168 6.1.1).
  if (!isSetupSyn(segment)) block.ecn = undefined
  resendSyn(block)
  // One that has just gone is not sent again because the one before it was not answered; Linux does the same.
  startRetransmissionTimer(block)
}

/**
 * After a simultaneous open each end has the other's SYN, and gets it once more with the acknowledgement (RFC 9293 3.5, figure
 * 7, line 6). The SYN is old then, and what is behind it counts.
 */
function acceptSynAck(block: ControlBlock, segment: TcpView): void {
  if ((segment.flags & (SYN | ACK)) !== (SYN | ACK) || segment.sequence !== block.irs) return
  segment.flags &= ~(SYN | ECE)
  segment.sequence = add(segment.sequence, 1)
  // The window of a SYN is not scaled (RFC 7323 2.2), and from here on it is read as one that is.
  segment.window >>>= block.sendShift
}
