/** What the application has done with a connection, what it is to be notified of, and what is charged for it. */
import type { NetErrorCode } from '../errors.js'
import type { MemoryPurpose } from '../memory-budget.js'
import type { TcpState } from './states.js'

/** What a control block is charged for. */
export type ControlBlockPurpose = Extract<MemoryPurpose, 'TCP connections' | 'TCP connections half open'>

export class ApplicationState {
  /** It has closed its end. */
  closed = false
  /** A write was refused for want of room. */
  writeBlocked = false
  /** What it is to be notified of: bits of `CONNECTION_EVENT`. */
  events = 0
  /** The states left and entered that it has not been notified of, in pairs. */
  readonly transitions: TcpState[] = []
  /** It is being notified now. */
  telling = false
  error: NetErrorCode | undefined
  softError: NetErrorCode | undefined
  /** A lasting lack of acknowledgements was reported (RFC 9293 3.8.3, R1). */
  softReported = false
  charged = 0
  chargedFor: ControlBlockPurpose = 'TCP connections'
}
