/** What is due on a connection: instants, `NEVER` for what is not, and the one pending call for the first of them. */
import type { Timer } from '../../hal/clock.js'

/** No such deadline. */
export const NEVER = Number.POSITIVE_INFINITY

export class ConnectionTimers {
  retransmitAt = NEVER
  /** RACK's reordering timer, and the tail loss probe (RFC 8985 6.2, 7.2). */
  reorderAt = NEVER
  probeAt = NEVER
  persistAt = NEVER
  persistBackoff = 0
  ackAt = NEVER
  keepAt = NEVER
  keepProbes = 0
  giveUpAt = NEVER
  /** 2 MSL, linger, an orphan in FIN-WAIT-2. */
  endAt = NEVER
  /** A refused write or frame is tried again. */
  retryAt = NEVER
  retryDelay = 0
  /** When idle buffers go back to the budget. */
  releaseAt = NEVER
  pending: Timer | undefined
  pendingAt = NEVER
  readonly onTimer: () => void

  constructor(onTimer: () => void) {
    this.onTimer = onTimer
  }
}
