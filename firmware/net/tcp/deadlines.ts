/**
 * The deadlines of a connection. Each is a number in the control block, and one call of the clock is pending for the earliest;
 * putting a deadline off, which every segment does, costs a store. The pending call then comes too early, finds nothing
 * due, and asks for the next. What is done when one is over is `timers.ts`'s.
 */

import { NEVER } from './connection-timers.js'
import type { ControlBlock } from './control-block.js'

export type DeadlineName =
  | 'retransmitAt'
  | 'reorderAt'
  | 'probeAt'
  | 'persistAt'
  | 'ackAt'
  | 'keepAt'
  | 'giveUpAt'
  | 'endAt'
  | 'retryAt'
  | 'releaseAt'

/** Sets a deadline to an instant, and sees to it that the clock calls by then. */
export function setDeadline(block: ControlBlock, which: DeadlineName, at: number): void {
  block.timers[which] = at
  if (at < block.timers.pendingAt) arm(block, at)
}

/** Has the clock call at an instant, and not when it was to call before. */
export function arm(block: ControlBlock, at: number): void {
  const { clock } = block.engine
  clock.cancel(block.timers.pending)
  block.timers.pendingAt = at
  const delay = at - clock.now
  block.timers.pending = clock.after(delay > 0 ? delay : 0, block.timers.onTimer)
}

/** No call of the clock stays pending. */
export function stopTimers(block: ControlBlock): void {
  block.engine.clock.cancel(block.timers.pending)
  block.timers.pending = undefined
  block.timers.pendingAt = NEVER
  block.timers.retransmitAt = NEVER
  block.timers.reorderAt = NEVER
  block.timers.probeAt = NEVER
  block.timers.persistAt = NEVER
  block.timers.ackAt = NEVER
  block.timers.keepAt = NEVER
  block.timers.giveUpAt = NEVER
  block.timers.endAt = NEVER
  block.timers.retryAt = NEVER
  block.timers.releaseAt = NEVER
}
