/** What is done when a deadline of a connection is over: the clock calls `expire`, which looks at all of them. */
import { CONNECTION_EVENT, type ControlBlock, NEVER } from './control-block.js'
import { arm } from './deadlines.js'
import { endConnection, failConnection, settle } from './events.js'
import { releaseNow } from './idle-memory.js'
import { onKeepAlive } from './keepalive.js'
import { onPersist } from './persist.js'
import { onRetransmissionTimeout } from './retransmission.js'
import { onUserTimeout } from './user-timeout.js'

/** The clock calls. */
export function expire(block: ControlBlock): void {
  const { now } = block.engine.clock
  block.timer = undefined
  block.timerAt = NEVER
  if (block.endAt <= now) {
    block.endAt = NEVER
    onEnd(block)
  }
  if (block.giveUpAt <= now) {
    block.giveUpAt = NEVER
    onUserTimeout(block)
  }
  if (block.ackAt <= now) {
    block.ackAt = NEVER
    if (block.ackOwed) block.ackNow = true
  }
  if (block.retransmitAt <= now) {
    block.retransmitAt = NEVER
    onRetransmissionTimeout(block)
  }
  if (block.persistAt <= now) {
    block.persistAt = NEVER
    onPersist(block)
  }
  if (block.keepAt <= now) {
    block.keepAt = NEVER
    onKeepAlive(block)
  }
  if (block.retryAt <= now) {
    block.retryAt = NEVER
    if (block.writeBlocked) block.events |= CONNECTION_EVENT.writable
  }
  if (block.releaseAt <= now) {
    block.releaseAt = NEVER
    releaseNow(block)
  }
  // What was set just now asked for its own call only; something that was set long ago may be due before it.
  const next = earliest(block)
  if (next < block.timerAt) arm(block, next)
  settle(block)
}

/** Math.min of a few doubles would do; this does not box them. */
function earliest(block: ControlBlock): number {
  let at = block.retransmitAt
  if (block.persistAt < at) at = block.persistAt
  if (block.ackAt < at) at = block.ackAt
  if (block.keepAt < at) at = block.keepAt
  if (block.giveUpAt < at) at = block.giveUpAt
  if (block.endAt < at) at = block.endAt
  if (block.retryAt < at) at = block.retryAt
  if (block.releaseAt < at) at = block.releaseAt
  return at
}

function onEnd(block: ControlBlock): void {
  if (block.state === 'TIME-WAIT') endConnection(block, 'TIME-WAIT OVER', undefined)
  else failConnection(block, 'ETIMEDOUT')
}
