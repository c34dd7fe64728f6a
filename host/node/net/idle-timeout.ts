/** `setTimeout` of a socket. */
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import type { Turns, TurnTaker } from './turns.js'

/**
 * Idle is who is idle in virtual time; and while that is parked, the wall clock counts, so that a program that waits for
 * this alone does not wait for ever.
 */
export class IdleTimeout implements TurnTaker {
  readonly isUnsettled = false
  readonly #turns: Turns
  readonly #milliseconds: number
  readonly #over: () => void
  #virtual: (() => void) | undefined
  #wall: NodeJS.Timeout | undefined
  #since: number

  constructor(turns: Turns, milliseconds: number, over: () => void) {
    this.#turns = turns
    this.#milliseconds = milliseconds
    this.#over = over
    this.#since = turns.now
    this.#start()
  }

  active(): void {
    this.#since = this.#turns.now
    if (this.#virtual === undefined) this.#start()
    else this.#wall?.refresh()
  }

  stop(): void {
    this.#virtual?.()
    this.#virtual = undefined
    clearTimeout(this.#wall)
    this.#turns.remove(this)
  }

  serve(): void {
    if (this.#virtual === undefined) return
    this.stop()
    this.#over()
  }

  #start(): void {
    const wait = (nanoseconds: number) => {
      this.#virtual = this.#turns.after(nanoseconds, () => {
        const rest = this.#since + this.#milliseconds * MILLISECOND - this.#turns.now
        if (rest > 0) wait(rest)
        else this.#turns.due(this)
      })
    }
    wait(this.#milliseconds * MILLISECOND)
    this.#wall = setTimeout(() => {
      if (this.#turns.isParked) this.serve()
      else this.#wall?.refresh()
    }, this.#milliseconds)
    this.#wall.unref()
  }
}
