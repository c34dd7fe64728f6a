/**
 * The timers of a connection. A deadline is a number in the control block, and one call of the clock is pending for the earliest;
 * putting a deadline off, which every segment does, costs a store. The pending call then comes too early, finds nothing
 * due, and asks for the next.
 */
import { type ControlBlock, EVENT, NEVER } from './control-block.js'
import { endConnection, failConnection, settle } from './events.js'
import { releaseNow } from './idle-memory.js'
import { onKeepAlive } from './keepalive.js'
import { onPersist } from './persist.js'
import { onRetransmissionTimeout, onUserTimeout } from './retransmission.js'

export type Deadline =
  | 'retransmitAt'
  | 'persistAt'
  | 'ackAt'
  | 'keepAt'
  | 'giveUpAt'
  | 'endAt'
  | 'retryAt'
  | 'releaseAt'

/** Sets a deadline to an instant, and sees to it that the clock calls by then. */
export function setDeadline(block: ControlBlock, which: Deadline, at: number): void {
  block[which] = at
  if (at < block.timerAt) arm(block, at)
}

function arm(block: ControlBlock, at: number): void {
  const { clock } = block.engine
  clock.cancel(block.timer)
  block.timerAt = at
  const delay = at - clock.now
  block.timer = clock.after(delay > 0 ? delay : 0, block.onTimer)
}

/** No call of the clock stays pending. */
export function stopTimers(block: ControlBlock): void {
  block.engine.clock.cancel(block.timer)
  block.timer = undefined
  block.timerAt = NEVER
  block.retransmitAt = NEVER
  block.persistAt = NEVER
  block.ackAt = NEVER
  block.keepAt = NEVER
  block.giveUpAt = NEVER
  block.endAt = NEVER
  block.retryAt = NEVER
  block.releaseAt = NEVER
}

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
    if (block.writeBlocked) block.events |= EVENT.writable
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
