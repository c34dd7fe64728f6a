/** A time by which something must happen. Moving it later costs nothing: the one pending timer looks again when it is due. */
import type { Clock, Timer } from '../hal/clock.js'

export class Deadline {
  readonly #clock: Clock
  readonly #passed: () => void
  #at = Number.POSITIVE_INFINITY
  #timer: Timer | undefined

  /** @param passed is called when the deadline passes */
  constructor(clock: Clock, passed: () => void) {
    this.#clock = clock
    this.#passed = passed
  }

  /** @param delay nanoseconds from now */
  set(delay: number): void {
    this.#at = this.#clock.now + delay
    if (this.#timer !== undefined && this.#timer.at <= this.#at) return
    this.#clock.cancel(this.#timer)
    this.#arm()
  }

  clear(): void {
    this.#at = Number.POSITIVE_INFINITY
    this.#clock.cancel(this.#timer)
    this.#timer = undefined
  }

  #arm(): void {
    this.#timer = this.#clock.after(this.#at - this.#clock.now, () => {
      this.#timer = undefined
      if (this.#at > this.#clock.now) this.#arm()
      else this.#passed()
    })
  }
}
