/**
 * The pump between a simulation and host code made of promises.
 *
 * Virtual time must not move while the host still has something to say about the present instant, or a run would depend on
 * how a platform orders its queues. So: run events until one of them reached the host (octets for a stream that reads, a timer
 * the host asked for), then stop and let the host react to the end. Everything the host does between two instants is made
 * of microtasks (and of Node's `process.nextTick`); a turn of the event loop comes after those queues are empty, and so is the barrier.
 *
 * What runs under `drive` must therefore wait for nothing but the target: not for files, not for real timers, not for an
 * `import()`, all of which take real time while virtual time would go on.
 */
import type { Scheduler } from '../../boards/simulation/scheduler.js'
import type { Clock, Timer } from '../../firmware/hal/clock.js'
import { TimeLimitError } from '../errors/errors.js'
import { turn } from '../event-loop.js'
import { Pace } from '../pace.js'

/** Turns without any event in the simulation after which waiting has no more sense. */
const IDLE_TURNS = 1_000

/** The simulation's time as the host sees it: a call on this clock stops the pump, so that the host can act on it. */
export class HostClock implements Clock {
  constructor(
    private readonly scheduler: Scheduler,
    private readonly touch: () => void,
  ) {}

  get now(): number {
    return this.scheduler.now
  }

  after(delay: number, callback: () => void): Timer {
    return this.scheduler.after(delay, () => {
      this.touch()
      callback()
    })
  }

  cancel(timer: Timer | undefined): void {
    this.scheduler.cancel(timer)
  }
}

/** What lets time pass, and lets it stand while host code is to react. */
export interface HostPump {
  /** The clock that host code waits on. */
  readonly clock: Clock
  /** Says that something reached the host: virtual time stops until the host has reacted. */
  touch(): void
  /** Ends what is driven with an error, at the present instant. */
  abandon(reason: Error): void
  /** Lets virtual time pass until `work` has settled. */
  drive<T>(work: Promise<T>): Promise<T>
}

export class SimulationPump implements HostPump {
  /** The clock that host code waits on. */
  readonly clock: Clock
  readonly #scheduler: Scheduler
  /** Free, in slices: between them the rest of the program has a turn, in which signals are heard and what is printed leaves. */
  readonly #pace: Pace
  /** Nanoseconds of virtual time, or infinity. */
  readonly #limit: number
  #touched = false
  #driving = false
  #abandoned: Error | undefined

  /** Resolves when nothing is on its way between host and simulation that virtual time must wait for. */
  readonly #outside: (() => Promise<void>) | undefined

  /**
   * @param limit virtual time, in nanoseconds, after which `drive` gives up
   * @param outside see `#outside`; left out where everything is in memory
   */
  constructor(scheduler: Scheduler, limit = Number.POSITIVE_INFINITY, outside?: () => Promise<void>) {
    this.#scheduler = scheduler
    this.#pace = new Pace(scheduler)
    this.#limit = limit
    this.#outside = outside
    this.clock = new HostClock(scheduler, () => this.touch())
  }

  /** Says that something reached the host: virtual time stops until the host has reacted. */
  touch(): void {
    this.#touched = true
  }

  /** Ends what is driven with an error, at the present instant. */
  abandon(reason: Error): void {
    this.#abandoned ??= reason
    this.#touched = true
  }

  /**
   * Lets virtual time pass until `work` has settled.
   * @returns what `work` resolves to
   * @throws what `work` rejects with, or `abandon` was given; TimeLimitError when the limit is reached first; Error when nothing is left to
   * happen and `work` still waits.
   */
  async drive<T>(work: Promise<T>): Promise<T> {
    if (this.#driving) return work // whoever drives already lets time pass
    this.#driving = true
    let settled = false
    const settle = (): void => {
      settled = true
    }
    work.then(settle, settle)
    try {
      let idle = 0
      for (;;) {
        // Every queue of the host that holds a reaction to the present instant is empty after this.
        await turn()
        if (this.#outside !== undefined) {
          await this.#outside()
          await turn()
        }
        if (settled) return await work
        if (this.#abandoned !== undefined) throw this.#abandoned
        this.#touched = false
        if (this.#runSlice()) {
          idle = 0
          continue
        }
        if (this.#scheduler.nextAt !== undefined) throw new TimeLimitError(this.#limit, true)
        if (++idle > IDLE_TURNS)
          throw new Error('the simulation has nothing left to do, and work is still waiting for it')
      }
    } finally {
      this.#driving = false
    }
  }

  /**
   * Lets virtual time pass until the host is touched, or the slice is over. Where it is cut has no effect on the run: nothing under `drive` waits for
   * anything but the target.
   * @returns false when nothing is left to happen before the limit
   */
  #runSlice(): boolean {
    this.#pace.begin()
    return this.#scheduler.runWhile(() => !this.#touched && this.#pace.allowsEvent(), this.#limit)
  }
}

/** Resolves after `duration` nanoseconds on `clock`. */
export function sleepOnClock(clock: Clock, duration: number): Promise<void> {
  return new Promise((resolve) => clock.after(duration, resolve))
}
