/** The laptop's monotonic time as a `Clock`, for what runs against real hardware. */
import { Scheduler } from '../../boards/simulation/scheduler.js'
import type { Alarm, Clock, Timer } from '../../firmware/hal/clock.js'
import { RealTimePacer } from './pacing.js'

/**
 * Calls come from Node's event loop, never early, in the order of their instants. While a call is pending the process
 * stays alive; `close` drops all that are.
 *
 * As on a simulated clock, time stands still while code runs to its end: `now` read twice in one call is the same, so
 * `after(when - now)` of a `when` that was computed from `now` is never negative.
 */
export class RealClock implements Clock {
  readonly #scheduler = new Scheduler()
  readonly #pacer = new RealTimePacer(this.#scheduler)
  #present: number | undefined

  constructor() {
    this.#pacer.start()
  }

  /** Is called before calls that are due: see `RealTimePacer.onTurn`. */
  set onTurn(input: (() => void) | undefined) {
    this.#pacer.onTurn = input
  }

  /** Nanoseconds since this clock was made. */
  get now(): number {
    if (this.#present === undefined) {
      this.#present = this.#pacer.present
      queueMicrotask(() => {
        this.#present = undefined
      })
    }
    return this.#present
  }

  /** Looks at the time anew. For input that comes in batches: each piece has its own instant, however long the ones before took. */
  refresh(): void {
    this.#present = undefined
  }

  after(delay: number, callback: () => void): Timer {
    const timer = this.#scheduler.after(this.#virtual(delay), this.#anew(callback))
    if (this.#scheduler.nextAt === timer.at) this.#pacer.poke()
    return timer
  }

  alarm(callback: () => void): Alarm {
    const alarm = this.#scheduler.alarm(this.#anew(callback))
    return {
      get pending() {
        return alarm.pending
      },
      set: (delay) => {
        alarm.set(this.#virtual(delay))
        this.#pacer.poke()
      },
      clear: () => {
        alarm.clear()
        this.#pacer.poke()
      },
    }
  }

  /** A delay from now on, as one from the scheduler's last event. */
  #virtual(delay: number): number {
    if (!(delay >= 0)) throw new RangeError(`a delay is a count of nanoseconds, 0 or more; got ${delay}`)
    return Math.max(0, this.now + delay - this.#scheduler.now)
  }

  /** Each call has its own instant. */
  #anew(callback: () => void): () => void {
    return () => {
      this.#present = undefined
      callback()
    }
  }

  cancel(timer: Timer | undefined): void {
    this.#scheduler.cancel(timer)
    this.#pacer.poke()
  }

  close(): void {
    this.#pacer.stop()
  }
}
