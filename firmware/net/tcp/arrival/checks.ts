/** The first to fourth step of RFC 9293 3.10.7.4, which decide whether a segment is looked at at all. */
import { ACK, FIN, RST, SYN } from '../../wire/tcp.js'
import type { TcpView } from '../../wire/tcp-view.js'
import { type ControlBlock, TIMESTAMP_LIFETIME } from '../control-block.js'
import type { TcpLoss } from '../counters.js'
import { setDeadline } from '../deadlines.js'
import { endConnection } from '../events.js'
import { SecondLimit } from '../second-limit.js'
import { add, after, before, beforeOrAt, sequenceDistance } from '../sequence.js'
import { sendAck, transmitSegment } from '../transmit.js'

/**
 * Answers a second, for one connection, to segments without text that are not acceptable: two ends that disagree would
 * otherwise answer each other for ever.
 */
const EMPTY_ACKS = () => 20
/** Challenge ACKs a second, for one connection: a tenth of what all have by default (RFC 5961 7). */
const CHALLENGES = () => 10

/**
 * RFC 7323 5.3, R1 and the drop of 3.2: is the segment new enough? Comes before the first step. A reset is not asked, and a
 * SYN not for what it lacks: it may be of a peer that has restarted, and is challenged (RFC 5961 4.2, which is a MUST). Nor is the
 * acknowledgement of our SYN,ACK: some clients agree on timestamps and send none, and their connection would never open.
 */
export function checkTimestamp(block: ControlBlock, segment: TcpView): boolean {
  if (!block.timestampsOn || (segment.flags & RST) !== 0) return true
  const { counting, clock } = block.engine
  if (!segment.hasTimestamps) {
    if ((segment.flags & SYN) !== 0 || block.timestampsOmitted || block.state === 'SYN-RECEIVED') return true
    counting.dropped.add('timestamp missing')
    return false
  }
  if (!before(segment.timestampValue, block.tsRecent)) return true
  // RFC 7323 5.5: a connection idle for so long has seen the timestamps wrap.
  if (clock.now - block.tsRecentAt > TIMESTAMP_LIFETIME) return true
  counting.dropped.add('old timestamp')
  answerUnacceptable(block, segment)
  return false
}

/** RFC 7323 4.3 (2): TS.Recent is the timestamp of the segment that the next acknowledgement begins with. */
export function noteTimestamp(block: ControlBlock, segment: TcpView): void {
  if (!block.timestampsOn) return
  if (block.state === 'SYN-RECEIVED') block.timestampsOmitted = !segment.hasTimestamps
  else if (segment.hasTimestamps) block.timestampsOmitted = false
  if (!segment.hasTimestamps || !beforeOrAt(segment.sequence, block.lastAckSent)) return
  if (before(segment.timestampValue, block.tsRecent) && !isTimestampOld(block)) return
  block.tsRecent = segment.timestampValue
  block.tsRecentAt = block.engine.clock.now
}

function isTimestampOld(block: ControlBlock): boolean {
  return block.engine.clock.now - block.tsRecentAt > TIMESTAMP_LIFETIME
}

/**
 * First, check the sequence number: table 6. A segment that covers the whole window is taken too, which the table forgets.
 * With a closed window, text at its edge is cut off and answered; the rest is processed (MUST-66).
 */
export function checkSequence(block: ControlBlock, segment: TcpView): boolean {
  const { length } = segment
  const window = sequenceDistance(block.rcvNxt, block.rcvAdv)
  const left = sequenceDistance(block.rcvNxt, segment.sequence)
  if (left >= 0) {
    if (window > 0 ? left < window : left === 0 && length === 0) return true
  } else if (length > 0 && left + length > 0 && window > 0) return true

  const { dropped } = block.engine.counting
  if (left === 0 && length > 0) {
    dropped.add('outside window')
    block.ackNow = true
    block.ackAtOnce = true
    segment.payloadEnd = segment.payloadAt
    segment.flags &= ~FIN
    return true
  }
  if ((segment.flags & RST) !== 0) {
    dropped.add('reset outside window')
    return false
  }
  if (left < 0 && segment.payloadEnd > segment.payloadAt) {
    dropped.add('duplicate data')
    if (left + length <= 0) block.receiver.noteDuplicate(left, left + segment.payloadEnd - segment.payloadAt)
  } else dropped.add('outside window')
  // RFC 9293 3.10.7.4, fifth: all that can arrive in TIME-WAIT is the FIN again. It begins the wait anew.
  if (block.state === 'TIME-WAIT' && left + length === 0 && isFinAgain(block, segment)) startTimeWait(block)
  if ((segment.flags & SYN) !== 0) challenge(block, 'SYN challenged')
  else answerUnacceptable(block, segment)
  return false
}

/** The peer's FIN, with an acknowledgement that it can mean and no SYN: not a forged one, which would hold the ports for ever. */
function isFinAgain(block: ControlBlock, segment: TcpView): boolean {
  if ((segment.flags & (SYN | FIN | ACK)) !== (FIN | ACK)) return false
  return isAcknowledgementAcceptable(block, segment.acknowledgement)
}

/**
 * Fifth, check the ACK field: SND.UNA < SEG.ACK =< SND.NXT while our SYN is out (3.10.7.4), and no older than anything that
 * this peer can have meant afterwards (RFC 5961 5.2: SND.UNA - MAX.SND.WND =< SEG.ACK =< SND.NXT).
 */
export function isAcknowledgementAcceptable(block: ControlBlock, acknowledgement: number): boolean {
  if (after(acknowledgement, block.sndNxt)) return false
  if (!block.synAcknowledged) return after(acknowledgement, block.sndUna)
  return !before(acknowledgement, add(block.sndUna, -block.maxSndWnd))
}

export function startTimeWait(block: ControlBlock): void {
  const { clock, settings } = block.engine
  setDeadline(block, 'endAt', clock.now + 2 * settings.maximumSegmentLifetime)
}

/** <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>, at once. */
function answerUnacceptable(block: ControlBlock, segment: TcpView): void {
  if (segment.length === 0) {
    const { clock, counting } = block.engine
    block.emptyAcks ??= new SecondLimit(EMPTY_ACKS)
    if (!block.emptyAcks.take(clock.now)) {
      counting.dropped.add('acknowledgement limit')
      return
    }
  }
  sendAck(block)
}

/** An acknowledgement that makes a real peer say something exact, and tells a forger nothing (RFC 5961 3.2, 4.2, 7). */
export function challenge(block: ControlBlock, reason: TcpLoss): void {
  const { engine } = block
  engine.counting.dropped.add(reason)
  // One connection does not take the budget of all (RFC 5961 7).
  block.challenges ??= new SecondLimit(CHALLENGES)
  if (!block.challenges.take(engine.clock.now) || !engine.challenges.take()) {
    engine.counting.dropped.add('challenge limit')
    return
  }
  engine.counting.challengesSent++
  sendAck(block)
}

/** Second, check the RST bit (with RFC 5961 3.2). Returns true when the segment was none. */
export function checkReset(block: ControlBlock, segment: TcpView): boolean {
  if ((segment.flags & RST) === 0) return true
  const { counting } = block.engine
  counting.resetsReceived++
  if (block.state === 'TIME-WAIT') {
    // RFC 1337 3: it would kill the wait, and let old segments into the next connection.
    counting.dropped.add('reset in TIME-WAIT')
    return false
  }
  if (segment.sequence !== block.rcvNxt) {
    challenge(block, 'reset challenged')
    return false
  }
  switch (block.state) {
    case 'SYN-RECEIVED':
      // A passive OPEN goes back to LISTEN, where its listener still is (MUST-11); an active one is refused.
      endConnection(block, 'RESET', block.passive ? undefined : 'ECONNREFUSED')
      break
    case 'CLOSING':
    case 'LAST-ACK':
      endConnection(block, 'RESET', undefined)
      break
    default:
      endConnection(block, 'RESET', 'ECONNRESET')
  }
  return false
}

/** Fourth, check the SYN bit (with RFC 5961 4.2). Third was security, which nobody has. */
export function checkSyn(block: ControlBlock, segment: TcpView): boolean {
  if ((segment.flags & SYN) === 0) return true
  if (block.state === 'SYN-RECEIVED' && block.passive) {
    // Back to LISTEN, without a word to the user.
    block.engine.counting.dropped.add('unexpected in state')
    endConnection(block, 'RESET', undefined)
  } else challenge(block, 'SYN challenged')
  return false
}

/** <SEQ=SEG.ACK><CTL=RST> */
export function resetFrom(block: ControlBlock, segment: TcpView): void {
  block.engine.counting.resetsSent++
  transmitSegment(block, segment.acknowledgement, 0, RST)
}
