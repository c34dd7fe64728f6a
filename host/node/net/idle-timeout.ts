/** `setTimeout` of a socket. */
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import type { Turns, TurnTaker } from './turns.js'

/**
 * Idle is who had no traffic for so long by the wall clock, as a program's own timers have it; and by virtual time as well while something of
 * its own is on its way, which nobody answers. That virtual time passes for others is no idleness.
 */
export class IdleTimeout implements TurnTaker {
  readonly isUnsettled = false
  readonly #turns: Turns
  readonly #milliseconds: number
  readonly #isWaiting: () => boolean
  readonly #over: () => void
  #virtual: (() => void) | undefined
  #wall: NodeJS.Timeout | undefined
  #since: number

  /** @param isWaiting whether something of the socket is on its way, or its connection is being opened */
  constructor(turns: Turns, milliseconds: number, isWaiting: () => boolean, over: () => void) {
    this.#turns = turns
    this.#milliseconds = milliseconds
    this.#isWaiting = isWaiting
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
    const limit = this.#milliseconds * MILLISECOND
    const wait = (nanoseconds: number) => {
      this.#virtual = this.#turns.after(nanoseconds, () => {
        const rest = this.#since + limit - this.#turns.now
        if (rest > 0) wait(rest)
        else if (this.#isWaiting()) this.#turns.due(this)
        else wait(limit)
      })
    }
    wait(limit)
    this.#wall = setTimeout(() => this.serve(), this.#milliseconds)
    this.#wall.unref()
  }
}
