/**
 * The deadlines of a connection. Each is a number in the control block, and one call of the clock is pending for the earliest;
 * putting a deadline off, which every segment does, costs a store. The pending call then comes too early, finds nothing
 * due, and asks for the next. What is done when one is over is `timers.ts`'s.
 */
import { type ControlBlock, NEVER } from './control-block.js'

export type DeadlineName =
  | 'retransmitAt'
  | 'persistAt'
  | 'ackAt'
  | 'keepAt'
  | 'giveUpAt'
  | 'endAt'
  | 'retryAt'
  | 'releaseAt'

/** Sets a deadline to an instant, and sees to it that the clock calls by then. */
export function setDeadline(block: ControlBlock, which: DeadlineName, at: number): void {
  block[which] = at
  if (at < block.timerAt) arm(block, at)
}

/** Has the clock call at an instant, and not when it was to call before. */
export function arm(block: ControlBlock, at: number): void {
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
