/**
 * What host code made of promises waits on beside a lab: whenever something reaches it, the lab's time stands until it has reacted. Time passes as
 * the lab has it: while somebody awaits the lab, or while it plays.
 */
import type { Scheduler } from '../boards/simulation/scheduler.js'
import type { Clock } from '../firmware/hal/clock.js'
import type { LabTime, Waiter } from './lab-time.js'
import { HostClock, type HostPump } from './serial/drive.js'

export class LabPump implements HostPump {
  readonly clock: Clock
  readonly #time: LabTime
  #isTouched = false

  constructor(scheduler: Scheduler, time: LabTime) {
    this.#time = time
    this.clock = new HostClock(scheduler, () => this.touch())
  }

  /** Time stands, and goes on in another turn of the event loop: what the host has to say about this instant is said before. */
  touch(): void {
    if (this.#isTouched) return
    this.#isTouched = true
    const waiter: Waiter = {
      attempt: () => {
        this.#isTouched = false
        return true
      },
      deadline: Number.POSITIVE_INFINITY,
      eager: false,
      timed: false,
      expire: () => {},
      fail: () => {},
    }
    this.#time.add(waiter)
  }

  abandon(reason: Error): void {
    throw reason
  }

  drive<T>(work: Promise<T>): Promise<T> {
    return work
  }
}
