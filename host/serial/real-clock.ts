/** The laptop's monotonic time as a `Clock`, for what runs against real hardware. */
import { Scheduler } from '../../boards/simulation/scheduler.js'
import type { Clock, Timer } from '../../firmware/hal/clock.js'
import { RealTimePacer } from './pacing.js'

/**
 * Calls come from Node's event loop, never early, in the order of their instants. While a call is pending the process
 * stays alive; `close` drops all that are.
 */
export class RealClock implements Clock {
  readonly #scheduler = new Scheduler()
  readonly #pacer = new RealTimePacer(this.#scheduler)

  constructor() {
    this.#pacer.start()
  }

  /** Nanoseconds since this clock was made. */
  get now(): number {
    return this.#pacer.present
  }

  after(delay: number, callback: () => void): Timer {
    if (!(delay >= 0)) throw new RangeError(`a delay is a count of nanoseconds, 0 or more; got ${delay}`)
    const timer = this.#scheduler.after(Math.max(0, this.now + delay - this.#scheduler.now), callback)
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
