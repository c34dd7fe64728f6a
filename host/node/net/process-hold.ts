/** Whether Node's process stays for a socket or a server: while it is in use, unless its program has said `unref`. */
import type { Turns } from './turns.js'

export class ProcessHold {
  readonly #turns: Turns
  #isUsed = false
  #isRefed = true
  #isHeld = false

  constructor(turns: Turns) {
    this.#turns = turns
  }

  /** It is in use, or is not any more. */
  set used(isUsed: boolean) {
    this.#isUsed = isUsed
    this.#settle()
  }

  ref(): void {
    this.#isRefed = true
    this.#settle()
  }

  unref(): void {
    this.#isRefed = false
    this.#settle()
  }

  #settle(): void {
    const isHeld = this.#isUsed && this.#isRefed
    if (isHeld === this.#isHeld) return
    this.#isHeld = isHeld
    if (isHeld) this.#turns.hold()
    else this.#turns.release()
  }
}
