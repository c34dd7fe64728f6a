/** How long a peer may leave what is outstanding without an answer (RFC 9293 3.8.3). What follows is `user-timeout.ts`'s. */

import { NEVER } from './connection-timers.js'
import type { ControlBlock } from './control-block.js'
import { setDeadline } from './deadlines.js'
import { PASSIVE_R2, R2 } from './options.js'

/** Something is outstanding from now on: the time in which the peer must answer begins. */
export function startGivingUp(block: ControlBlock, now: number): void {
  block.progressAt = now
  const { userTimeout } = block.options
  if (block.timers.giveUpAt === NEVER && userTimeout !== NEVER)
    setDeadline(block, 'giveUpAt', now + (userTimeout ?? r2(block)))
}

export function isHalfOpen(block: ControlBlock): boolean {
  return block.passive && !block.synAcknowledged
}

/** R2 (RFC 9293 3.8.3) of what is outstanding now. */
export function r2(block: ControlBlock): number {
  return isHalfOpen(block) ? PASSIVE_R2 : R2
}
