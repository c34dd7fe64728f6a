/** Host code that is made of promises, beside a station that lets time pass by its own pace: it has its turn between two events. */
import type { Scheduler } from '../../../../boards/simulation/scheduler.js'
import type { Clock } from '../../../../firmware/hal/clock.js'
import { nextTurn } from '../../../event-loop.js'
import { HostClock, type HostPump } from '../../../serial/drive.js'

export class HostTurns implements HostPump {
  readonly clock: Clock
  readonly #reacted: () => void
  #touched = false

  /** @param reacted is called when the host has done all that there was to do at the present instant */
  constructor(scheduler: Scheduler, reacted: () => void) {
    this.clock = new HostClock(scheduler, () => this.touch())
    this.#reacted = reacted
  }

  /** Something reached the host, and the event loop has not turned since. */
  get touched(): boolean {
    return this.#touched
  }

  touch(): void {
    if (this.#touched) return
    this.#touched = true
    nextTurn(() => {
      this.#touched = false
      this.#reacted()
    })
  }

  abandon(reason: Error): never {
    throw reason // whoever lets time pass is the station, and it says that it failed
  }

  drive<T>(work: Promise<T>): Promise<T> {
    this.touch()
    return work
  }
}
