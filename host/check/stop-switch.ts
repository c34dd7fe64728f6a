/** Ends a run from within this program, where there need be no `AbortController`. */
import { Listeners } from '../../firmware/hal/listeners.js'
import type { StopSignal } from './stop-signal.js'

export class StopSwitch implements StopSignal {
  aborted = false
  readonly #abortListeners = new Listeners<[]>()
  /** What takes each of them off. */
  readonly #ends = new Map<() => void, () => void>()

  addEventListener(_: 'abort', listener: () => void): void {
    this.#ends.set(listener, this.#abortListeners.add(listener))
  }

  removeEventListener(_: 'abort', listener: () => void): void {
    this.#ends.get(listener)?.()
    this.#ends.delete(listener)
  }

  abort(): void {
    this.aborted = true
    this.#abortListeners.tell()
  }
}
