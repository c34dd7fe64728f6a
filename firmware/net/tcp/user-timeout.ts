/** The peer has not answered for as long as it may: another try, or the end. */

import { NEVER } from './connection-timers.js'
import type { ControlBlock } from './control-block.js'
import { setDeadline } from './deadlines.js'
import { failConnection } from './events.js'
import { isHalfOpen, r2 } from './giving-up.js'
import { R2_RETRANSMISSIONS } from './options.js'

/** R2, or the user timeout, may be over (RFC 9293 3.8.3). */
export function onUserTimeout(block: ControlBlock): void {
  if (block.state === 'CLOSED' || block.state === 'TIME-WAIT') return
  if (block.sndUna === block.sndNxt && !block.hasUnsent) return
  const { now } = block.engine.clock
  const { userTimeout } = block.options
  if (userTimeout === NEVER) return
  // A peer that answers, with a window it does not open, may do so for ever (RFC 9293 MUST-37).
  const answered = userTimeout === undefined && block.sndWnd === 0 && block.synAcknowledged
  const since = answered ? Math.max(block.progressAt, block.lastReceivedAt) : block.progressAt
  const until = since + (userTimeout ?? r2(block))
  // A path that loses much has a long timeout, and R2 is few of them: it must have been tried often as well.
  const tries = Math.max(block.backoff, block.timers.persistBackoff)
  const trying = !isHalfOpen(block) && (block.sndUna !== block.sndNxt || block.timers.persistAt !== NEVER)
  if (until > now) setDeadline(block, 'giveUpAt', until)
  else if (userTimeout === undefined && trying && tries < R2_RETRANSMISSIONS)
    setDeadline(block, 'giveUpAt', now + block.roundTrip.timeout)
  else failConnection(block, block.application.softError ?? 'ETIMEDOUT')
}
