/** SEGMENT ARRIVES in LISTEN (RFC 9293 3.10.7.2), with SYN cookies where those half open leave no room (RFC 4987 3.6). */
import type { Datagram, NetworkLayer, Route } from '../../network-layer.js'
import { ACK, RST, SYN } from '../../wire/tcp.js'
import type { TcpView } from '../../wire/tcp-view.js'
import { openPassively } from '../connection.js'
import type { ControlBlock, TcpEngine } from '../control-block.js'
import { chargeControlBlock, endConnection, settle } from '../events.js'
import { startGivingUp } from '../giving-up.js'
import { timestamp } from '../initial-sequence.js'
import type { Listener } from '../listener.js'
import { agree, prepareOffer } from '../negotiation.js'
import { sendSyn, startRetransmissionTimer } from '../retransmission.js'
import { add, beforeOrAt } from '../sequence.js'
import { COOKIE_STEP, hiddenOptions, hideOptions } from '../syn-cookies.js'
import { transmitSegment } from '../transmit.js'
import { learnWindow } from './acknowledgement.js'
import { resetSegment } from './closed.js'
import { segmentArrives } from './segment-arrives.js'

/** The longest that a cookie is valid. */
const COOKIE_LIFETIME = 2 * COOKIE_STEP
/** Beyond the numbers of a connection that is reopened from TIME-WAIT, if the clock of 6528 is not there yet. */
const REOPEN_GAP = 0x10000

/**
 * @param waiting the connection in TIME-WAIT whose place this one takes; it stays where the SYN is refused
 */
export function arrivesInListen(
  engine: TcpEngine,
  listener: Listener,
  datagram: Datagram,
  segment: TcpView,
  waiting?: ControlBlock,
): void {
  const { dropped } = engine.counting
  // First, check for a RST: there is nothing to reset.
  if ((segment.flags & RST) !== 0) {
    dropped.add('unexpected in state')
    return
  }
  // Second, check for an ACK: a cookie comes back, or it is bad.
  if ((segment.flags & ACK) !== 0) {
    if ((segment.flags & SYN) === 0 && takeCookie(engine, listener, datagram, segment)) return
    dropped.add('no connection')
    resetSegment(engine, datagram, segment)
    return
  }
  // Third, check for a SYN. Fourth, anything else is dropped.
  if ((segment.flags & SYN) === 0) {
    dropped.add('unexpected in state')
    return
  }
  if (listener.isFull) {
    dropped.add('accept queue full')
    return
  }
  if (listener.refuses()) {
    dropped.add('refused by listener')
    resetSegment(engine, datagram, segment)
    return
  }
  const route = datagram.network.route(datagram.source, datagram.destination)
  if (route === undefined) {
    dropped.add('not sent')
    return
  }
  const crowded = listener.isCrowded
  if (crowded && !engine.settings.synCookies) {
    dropped.add('half-open limit')
    return
  }
  if (waiting !== undefined) {
    endConnection(waiting, 'TIME-WAIT OVER', undefined)
    settle(waiting)
  }
  if (crowded) {
    answerWithCookie(engine, datagram.network, listener, route, segment)
    return
  }
  // Text and FIN of the SYN are not kept (3.10.7.2 would queue them): nobody knows yet whether the peer is where it says it is.
  // The answer acknowledges the SYN alone, so they come again.
  const block = newBlock(engine, datagram.network, listener, route, segment)
  block.foreign = datagram.foreign
  if (!chargeControlBlock(block, 'TCP connections half open')) {
    // Where memory is full of them, as where the backlog is (RFC 4987 3.6).
    if (engine.settings.synCookies) answerWithCookie(engine, datagram.network, listener, route, segment)
    else dropped.add('no memory for connection')
    return
  }
  block.iss = engine.numbers.sequence(block.localAddress, block.localPort, block.remoteAddress, block.remotePort)
  if (waiting !== undefined && beforeOrAt(block.iss, waiting.sndNxt)) block.iss = add(waiting.sndNxt, REOPEN_GAP)
  enlist(block, listener)
  sendSyn(block)
  startRetransmissionTimer(block)
  startGivingUp(block, engine.clock.now)
  block.timing = true
  block.timedTo = block.sndNxt
  block.timedAt = engine.clock.now
  settle(block)
}

/** What a SYN says goes into a control block: IRS, RCV.NXT, options. */
function newBlock(
  engine: TcpEngine,
  network: NetworkLayer,
  listener: Listener,
  route: Route,
  segment: TcpView,
): ControlBlock {
  const block = openPassively(engine, network, route, segment.destinationPort, segment.sourcePort, listener.options)
  block.passive = true
  block.irs = segment.sequence
  block.rcvNxt = add(segment.sequence, 1)
  block.rcvUp = block.rcvNxt
  block.rcvAdv = block.rcvNxt
  block.lastAckSent = block.rcvNxt
  block.lastReceivedAt = engine.clock.now
  prepareOffer(block)
  agree(block, segment)
  learnWindow(block, segment)
  return block
}

/** From LISTEN to SYN-RECEIVED, where segments find it. */
function enlist(block: ControlBlock, listener: Listener): void {
  block.sndUna = block.iss
  block.sndNxt = add(block.iss, 1)
  block.sndBase = block.sndNxt
  block.sndWl2 = block.iss
  block.transition('PASSIVE OPEN')
  block.transition('SYN')
  block.engine.table.add(block)
  listener.admit(block)
}

/** A SYN,ACK of which nothing is remembered. Without timestamps to hide them in there are no options but MSS. */
function answerWithCookie(
  engine: TcpEngine,
  network: NetworkLayer,
  listener: Listener,
  route: Route,
  segment: TcpView,
): void {
  const { counting, clock } = engine
  const block = newBlock(engine, network, listener, route, segment)
  const { localAddress, localPort, remoteAddress, remotePort } = block
  const peerSize = segment.maximumSegmentSize >= 0 ? segment.maximumSegmentSize : network.defaultSegmentSize
  block.iss = engine.cookies.make(localAddress, localPort, remoteAddress, remotePort, segment.sequence, peerSize)
  if (block.timestampsOn) {
    const windowScale = block.scaling ? block.sendShift : undefined
    const hidden = hideOptions(timestamp(clock.now, block.timestampOffset), { windowScale, sack: block.sackOn })
    block.timestampOffset = (hidden - timestamp(clock.now, 0)) >>> 0
  } else {
    block.scaling = false
    block.receiveShift = 0
    block.sackOn = false
  }
  transmitSegment(block, block.iss, 0, SYN | ACK)
  counting.cookiesSent++
  listener.lastCookieAt = clock.now
}

/** @returns whether the acknowledgement brought a cookie of ours back; a connection exists then */
function takeCookie(engine: TcpEngine, listener: Listener, datagram: Datagram, segment: TcpView): boolean {
  const { cookies, counting, clock } = engine
  // Cookies expire; without one given out lately there is none to guess.
  if (clock.now - listener.lastCookieAt > COOKIE_LIFETIME) return false
  const { network, source, destination } = datagram
  const peerSequence = add(segment.sequence, -1)
  const cookie = add(segment.acknowledgement, -1)
  const size = cookies.check(destination, segment.destinationPort, source, segment.sourcePort, peerSequence, cookie)
  if (size === undefined) {
    counting.dropped.add('SYN cookie wrong')
    return false
  }
  if (listener.isFull) {
    // The peer takes the connection for open, and will send again.
    counting.dropped.add('accept queue full')
    return true
  }
  if (listener.refuses()) {
    counting.dropped.add('refused by listener')
    resetSegment(engine, datagram, segment)
    return true
  }
  const route = network.route(source, destination)
  if (route === undefined) return true
  // The SYN as it was, as far as it is known.
  const { sequence } = segment
  const hidden = segment.hasTimestamps ? hiddenOptions(segment.timestampEcho) : undefined
  segment.sequence = peerSequence
  segment.flags |= SYN
  segment.maximumSegmentSize = size
  segment.windowScale = hidden?.windowScale ?? -1
  segment.sackPermitted = hidden?.sack ?? false
  const block = newBlock(engine, network, listener, route, segment)
  segment.sequence = sequence
  segment.flags &= ~SYN
  if (!chargeControlBlock(block)) {
    counting.dropped.add('no memory for connection')
    return true
  }
  block.iss = cookie
  block.rcvAdv = add(block.rcvNxt, Math.min(block.receiver.ring.free, 0xffff))
  enlist(block, listener)
  counting.cookiesAccepted++
  segmentArrives(block, segment)
  settle(block)
  return true
}
