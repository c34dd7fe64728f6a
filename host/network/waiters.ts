/** Waiting for something that callbacks report. */
import type { Clock } from '../../firmware/hal/clock.js'

/** Who waits, until somebody says that something changed. */
export class Waiters {
  readonly #waiting = new Set<() => void>()

  readonly changed = (): void => {
    for (const look of [...this.#waiting]) look()
  }

  until(clock: Clock, condition: () => boolean, limit?: number): Promise<boolean> {
    if (condition()) return Promise.resolve(true)
    return new Promise((resolve) => {
      const settle = (holds: boolean): void => {
        this.#waiting.delete(look)
        clock.cancel(timer)
        resolve(holds)
      }
      const look = (): void => {
        if (condition()) settle(true)
      }
      const timer = limit === undefined ? undefined : clock.after(limit, () => settle(condition()))
      this.#waiting.add(look)
    })
  }
}
