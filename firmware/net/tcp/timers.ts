/** What is done when a deadline of a connection is over: the clock calls `expire`, which looks at all of them. */

import { NEVER } from './connection-timers.js'
import { CONNECTION_EVENT, type ControlBlock } from './control-block.js'
import { arm } from './deadlines.js'
import { endConnection, failConnection, settle } from './events.js'
import { isHalfOpen } from './giving-up.js'
import { releaseNow } from './idle-memory.js'
import { onKeepAlive } from './keepalive.js'
import { onPersist } from './persist.js'
import { onReorderingTimeout } from './recovery.js'
import { onRetransmissionTimeout } from './retransmission.js'
import { onProbeTimeout } from './tail-loss-probe.js'
import { onUserTimeout } from './user-timeout.js'

/** The clock calls. */
export function expire(block: ControlBlock): void {
  const { now } = block.engine.clock
  block.timers.pending = undefined
  block.timers.pendingAt = NEVER
  if (block.timers.endAt <= now) {
    block.timers.endAt = NEVER
    onEnd(block)
  }
  if (block.timers.giveUpAt <= now) {
    block.timers.giveUpAt = NEVER
    onUserTimeout(block)
  }
  if (block.timers.ackAt <= now) {
    block.timers.ackAt = NEVER
    if (block.ackOwed) block.ackNow = true
  }
  // Both before the retransmission timer, which they may put off.
  if (block.timers.reorderAt <= now) {
    block.timers.reorderAt = NEVER
    onReorderingTimeout(block)
  }
  if (block.timers.probeAt <= now) {
    block.timers.probeAt = NEVER
    onProbeTimeout(block)
  }
  if (block.timers.retransmitAt <= now) {
    block.timers.retransmitAt = NEVER
    if (triesAreOver(block)) failConnection(block, block.application.softError ?? 'ETIMEDOUT')
    else onRetransmissionTimeout(block)
  }
  if (block.timers.persistAt <= now) {
    block.timers.persistAt = NEVER
    onPersist(block)
  }
  if (block.timers.keepAt <= now) {
    block.timers.keepAt = NEVER
    onKeepAlive(block)
  }
  if (block.timers.retryAt <= now) {
    block.timers.retryAt = NEVER
    if (block.application.writeBlocked) block.application.events |= CONNECTION_EVENT.writable
  }
  if (block.timers.releaseAt <= now) {
    block.timers.releaseAt = NEVER
    releaseNow(block)
  }
  // What was set just now asked for its own call only; something that was set long ago may be due before it.
  const next = earliest(block)
  if (next < block.timers.pendingAt) arm(block, next)
  settle(block)
}

/** The connection was given a number of retransmissions, and they are all made. */
function triesAreOver(block: ControlBlock): boolean {
  const { synRetransmissions, synAckRetransmissions, dataRetransmissions } = block.engine.settings
  const limit = block.synAcknowledged
    ? dataRetransmissions
    : isHalfOpen(block)
      ? synAckRetransmissions
      : synRetransmissions
  return limit !== undefined && block.backoff >= limit
}

/** Math.min of a few doubles would do; this does not box them. */
function earliest(block: ControlBlock): number {
  let at = block.timers.retransmitAt
  if (block.timers.reorderAt < at) at = block.timers.reorderAt
  if (block.timers.probeAt < at) at = block.timers.probeAt
  if (block.timers.persistAt < at) at = block.timers.persistAt
  if (block.timers.ackAt < at) at = block.timers.ackAt
  if (block.timers.keepAt < at) at = block.timers.keepAt
  if (block.timers.giveUpAt < at) at = block.timers.giveUpAt
  if (block.timers.endAt < at) at = block.timers.endAt
  if (block.timers.retryAt < at) at = block.timers.retryAt
  if (block.timers.releaseAt < at) at = block.timers.releaseAt
  return at
}

function onEnd(block: ControlBlock): void {
  if (block.state === 'TIME-WAIT') endConnection(block, 'TIME-WAIT OVER', undefined)
  else failConnection(block, 'ETIMEDOUT')
}
