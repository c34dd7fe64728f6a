/** The laptop's monotonic time as a `Clock`, for what runs against real hardware. */
import { Scheduler } from '../../boards/simulation/scheduler.js'
import type { Clock, Timer } from '../../firmware/hal/clock.js'
import { type PacerOptions, RealTimePacer } from './pacing.js'

/**
 * Calls come from the event loop, never early, in the order of their instants. While a call is pending the process
 * stays alive; `close` drops all that are.
 *
 * As on a simulated clock, time stands still while code runs to its end: `now` read twice in one call is the same, so
 * `after(when - now)` of a `when` that was computed from `now` is never negative.
 */
export class RealClock implements Clock {
  readonly #scheduler = new Scheduler()
  readonly #pacer: RealTimePacer
  #present: number | undefined

  constructor(options: Pick<PacerOptions, 'grace' | 'source'> = {}) {
    // What was missed is not skipped, as it is for simulated time: the instants that were read since are real ones, and a skip would
    // take the clock back behind them. (A peer drops every segment with a timestamp of before: RFC 7323 5.) Nothing rushes: who sets a
    // timer anew counts from the present.
    this.#pacer = new RealTimePacer(this.#scheduler, { ...options, slack: Number.POSITIVE_INFINITY })
    this.#pacer.start()
  }

  /** Is called before calls that are due: see `RealTimePacer.onTurn`. */
  onTurn(listener: () => void): () => void {
    return this.#pacer.onTurn(listener)
  }

  /** Nanoseconds since this clock was made. */
  get now(): number {
    if (this.#present === undefined) {
      this.#present = this.#pacer.present
      void Promise.resolve().then(() => {
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
    if (!(delay >= 0)) throw new RangeError(`a delay is a count of nanoseconds, 0 or more; got ${delay}`)
    const timer = this.#scheduler.after(Math.max(0, this.now + delay - this.#scheduler.now), () => {
      this.#present = undefined // each call has its own instant
      callback()
    })
    if (this.#scheduler.nextAt === timer.at) this.#pacer.poke()
    return timer
  }

  cancel(timer: Timer | undefined): void {
    this.#scheduler.cancel(timer)
    this.#pacer.poke()
  }

  close(): void {
    this.#pacer.stop()
  }
}
