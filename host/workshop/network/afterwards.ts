/**
 * What a program does about something that its stack tells: not in the midst of the telling, where a connection is already CLOSED and its
 * error not said yet, but when the stack has done. Still at the same instant.
 */
import type { Clock, Timer } from '../../../firmware/hal/clock.js'

export class Afterwards {
  readonly #clock: Clock
  readonly #act: () => void
  #due: Timer | undefined

  constructor(clock: Clock, act: () => void) {
    this.#clock = clock
    this.#act = act
  }

  /** Something was told. */
  note(): void {
    this.#due ??= this.#clock.after(0, () => {
      this.#due = undefined
      this.#act()
    })
  }

  /** The stack has done: what was noted is done now. */
  now(): void {
    if (this.#due === undefined) return
    this.forget()
    this.#act()
  }

  /** Nobody is there any more to do it. */
  forget(): void {
    this.#clock.cancel(this.#due)
    this.#due = undefined
  }
}
