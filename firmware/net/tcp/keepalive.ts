/** Keepalive (RFC 9293 3.8.4): off by default, and asked only of a peer that has nothing to acknowledge. */
import { ACK } from '../wire/tcp.js'
import { NEVER } from './connection-timers.js'
import { type ControlBlock, isSynchronized } from './control-block.js'
import { setDeadline } from './deadlines.js'
import { failConnection } from './events.js'
import { add } from './sequence.js'
import { transmitSegment } from './transmit.js'

/** The option was set, or the connection is open now. */
export function startKeepAlive(block: ControlBlock): void {
  if (
    !block.options.keepAlive ||
    !block.synAcknowledged ||
    !isSynchronized(block.state) ||
    block.state === 'TIME-WAIT'
  ) {
    block.timers.keepAt = NEVER
    return
  }
  block.timers.keepProbes = 0
  setDeadline(block, 'keepAt', Math.max(block.lastReceivedAt + block.options.keepIdle, block.engine.clock.now))
}

export function onKeepAlive(block: ControlBlock): void {
  const { options, engine } = block
  if (!options.keepAlive || !isSynchronized(block.state) || block.state === 'TIME-WAIT') return
  const { now } = engine.clock
  if (block.sndNxt !== block.sndUna || block.hasUnsent) {
    // What is outstanding has timers of its own (MUST-26).
    setDeadline(block, 'keepAt', now + options.keepIdle)
    return
  }
  const due = block.lastReceivedAt + options.keepIdle
  if (due > now) {
    block.timers.keepProbes = 0
    setDeadline(block, 'keepAt', due)
    return
  }
  if (block.timers.keepProbes >= options.keepCount) {
    failConnection(block, block.application.softError ?? 'ETIMEDOUT')
    return
  }
  // One number too old: whoever is there answers with an acknowledgement. No text (SHLD-12).
  block.timers.keepProbes++
  engine.counting.keepAliveProbes++
  transmitSegment(block, add(block.sndNxt, -1), 0, ACK)
  setDeadline(block, 'keepAt', now + options.keepInterval)
}
