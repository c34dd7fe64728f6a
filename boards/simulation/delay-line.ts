/** What takes a while to get through and comes out in the order it went in: an instant of its own for each, one alarm for all. */
import type { Alarm, Clock } from '../../firmware/hal/clock.js'

export class DelayLine<T> {
  readonly #clock: Clock
  readonly #out: (item: T) => void
  readonly #items: T[] = []
  readonly #due: number[] = []
  readonly #alarm: Alarm

  /** @param out is called with each item when its time is over */
  constructor(clock: Clock, out: (item: T) => void) {
    this.#clock = clock
    this.#out = out
    this.#alarm = clock.alarm(() => this.#next())
  }

  /** @param delay nanoseconds, no less than what the items before have left to go */
  push(item: T, delay: number): void {
    if (this.#items.length === 0) this.#alarm.set(delay)
    this.#items.push(item)
    this.#due.push(this.#clock.now + delay)
  }

  /** Nothing that is on its way comes out. */
  clear(): void {
    this.#items.length = 0
    this.#due.length = 0
    this.#alarm.clear()
  }

  #next(): void {
    const item = this.#items.shift() as T
    this.#due.shift()
    if (this.#items.length > 0) this.#alarm.set(this.#due[0] - this.#clock.now)
    this.#out(item)
  }
}
