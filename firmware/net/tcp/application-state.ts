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
  /** The first change of state that it has not been notified of: the state left, undefined where there is none, and that entered. */
  left: TcpState | undefined
  entered: TcpState = 'CLOSED'
  /** The states entered after that one; there seldom are any. */
  #later: TcpState[] | undefined
  /** It is being notified now. */
  telling = false
  error: NetErrorCode | undefined
  softError: NetErrorCode | undefined
  /** A lasting lack of acknowledgements was reported (RFC 9293 3.8.3, R1). */
  softReported = false
  charged = 0
  chargedFor: ControlBlockPurpose = 'TCP connections'

  /** It is to be notified of a change of state, after those before it. */
  noteTransition(left: TcpState, entered: TcpState): void {
    if (this.left !== undefined) {
      this.#later ??= []
      this.#later.push(entered)
      return
    }
    this.left = left
    this.entered = entered
  }

  /** It is being notified of the first change: the next one is the first. */
  nextTransition(): void {
    const next = this.#later?.shift()
    this.left = next === undefined ? undefined : this.entered
    if (next !== undefined) this.entered = next
  }

  forgetTransitions(): void {
    this.left = undefined
    this.#later = undefined
  }
}
