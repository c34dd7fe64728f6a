/**
 * How fast virtual time may pass. Simulated time knows no hurry: it runs free, follows the wall clock (or a multiple of it), or stands
 * and is stepped, and it gives way to the rest of the program after a slice of wall time. Whoever makes time pass, a lab that is awaited or
 * a board that is served, asks the one pace before it does.
 */
import type { Scheduler } from '../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../firmware/hal/clock.js'
import { Listeners } from '../firmware/hal/listeners.js'
import { UsageError } from './errors/errors.js'
import { later, type Monotonic, monotonic, turn } from './event-loop.js'

export interface PaceOptions {
  /** Virtual seconds a second: 1 follows the wall clock, 0 stands until it is stepped; by default time runs free, `Infinity`. */
  readonly speed?: number
  /**
   * Milliseconds of wall time for which time may pass before the rest of the program has its turn. By default there is no
   * such bound: time passes until somebody who waits can go on.
   */
  readonly sliceMilliseconds?: number
  /** The wall clock; the platform's monotonic one by default. */
  readonly source?: Monotonic
}

/** While time stands: how much of it was asked for. */
interface Grant {
  /** Events that may happen yet. */
  events: number
  /** Instant up to which time may pass, ns. */
  readonly until: number
  readonly taken: (events: number) => void
  done: number
}

/** Where no slice was asked for, and yet the rest of the program must have its turn: time passes also while nobody waits, ms. */
const UNASKED_SLICE_MILLISECONDS = 20
/** Events between two looks at the wall clock. */
const LOOK_EVERY = 32
/** The longest wait for an instant of which nobody has said when it comes, ms. */
const IDLE_WAIT_MILLISECONDS = 20
/** An event that runs this late waited for the processor, and so did input: that is taken first, ns. */
const LATE = 2 * MILLISECOND
/** What is caught up with of a lateness that is skipped, where something outside is attached, ns. */
export const CAUGHT_UP = 5 * MILLISECOND
/** Being further behind the wall clock than this (a laptop that slept, a debugger) is not caught up with by default, ns. */
export const SLEPT = SECOND

export class Pace {
  /** Times that the wall clock was not caught up with, and nanoseconds of virtual time that were skipped so. */
  readonly counters = { slips: 0, skipped: 0 }
  /** Time may pass that could not before. */
  readonly changes = new Listeners<[]>()
  readonly #clock: Scheduler
  readonly #monotonic: Monotonic
  #speed = Number.POSITIVE_INFINITY
  #sliceMilliseconds = Number.POSITIVE_INFINITY
  /** A pair of instants that belong together, ns: of the wall clock, and of virtual time. */
  #wallBase = 0
  #base = 0
  readonly #grants: Grant[] = []
  /** Who waits for time to pass again. */
  #waiting: (() => void)[] = []
  #sliceEnds = Number.POSITIVE_INFINITY
  #untilLook = LOOK_EVERY

  /** @throws UsageError for an invalid speed or slice */
  constructor(clock: Scheduler, options: PaceOptions = {}) {
    this.#clock = clock
    this.#monotonic = options.source ?? monotonic
    this.speed = options.speed ?? Number.POSITIVE_INFINITY
    this.sliceMilliseconds = options.sliceMilliseconds ?? Number.POSITIVE_INFINITY
  }

  /** Virtual seconds a second; may be changed at any time. */
  get speed(): number {
    return this.#speed
  }

  set speed(speed: number) {
    if (!(speed >= 0))
      throw new UsageError(
        `speed is virtual seconds a second: 0 stands, 1 follows the wall clock, Infinity runs free; got ${speed}`,
      )
    this.#speed = speed
    this.resume()
    if (speed > 0) for (const grant of this.#grants.splice(0)) grant.taken(grant.done)
    this.changed()
  }

  /** Milliseconds of wall time between two turns of the rest of the program. */
  get sliceMilliseconds(): number {
    return this.#sliceMilliseconds
  }

  set sliceMilliseconds(milliseconds: number) {
    if (!(milliseconds > 0))
      throw new UsageError(`a slice is milliseconds of wall time, more than 0; got ${milliseconds}`)
    this.#sliceMilliseconds = milliseconds
  }

  /** Neither the wall clock nor anybody's steps hold time back, and nothing is to be looked at meanwhile. */
  get isFree(): boolean {
    return this.#speed === Number.POSITIVE_INFINITY && this.#sliceMilliseconds === Number.POSITIVE_INFINITY
  }

  /** The wall clock says how far time may pass. */
  get isFollowing(): boolean {
    return this.#speed > 0 && this.#speed < Number.POSITIVE_INFINITY
  }

  /** Time was asked for that stands. */
  get isGranted(): boolean {
    return this.#grants.length > 0
  }

  /** Instant up to which time may pass now, ns. */
  get limit(): number {
    if (this.#speed === Number.POSITIVE_INFINITY) return this.#speed
    if (this.#speed > 0) return this.#base + (this.#monotonic() - this.#wallBase) * this.#speed
    return this.#grants.length > 0 ? this.#grants[0].until : this.#clock.now
  }

  /**
   * Instant up to which time may pass before input is taken that has come, ns. Of an event that runs late and the input nobody knows which was
   * first; the input is, so that no timer runs out while what it waits for has come and waits to be read.
   */
  get inputLimit(): number {
    const { lateAt } = this
    return lateAt === undefined ? this.limit : Math.max(this.#clock.now, lateAt - 1)
  }

  /** Instant of the next event where it is so late that it waited for the processor, ns; undefined where it is not. */
  get lateAt(): number | undefined {
    const due = this.#clock.nextAt
    return this.isFollowing && due !== undefined && this.limit - due > LATE * this.#speed ? due : undefined
  }

  /** Time that was missed is not caught up with: it goes on from where it stands, now. */
  resume(): void {
    this.#base = this.#clock.now
    this.#wallBase = this.#monotonic()
  }

  /**
   * Being late by more than `slack` is not caught up with, but for `kept` of it: both nanoseconds of the wall clock.
   * @param due instant of what is to happen first
   * @returns how late it is, in virtual nanoseconds; negative while it is not due
   */
  skipLateness(due: number, slack = SLEPT, kept = 0): number {
    if (!this.isFollowing) return 0
    const late = this.limit - due
    if (late > slack * this.#speed) {
      const skipped = late - kept * this.#speed
      this.#base -= skipped
      this.counters.slips++
      this.counters.skipped += skipped
    }
    return late
  }

  /**
   * Time that stands is let pass for so many events; those who wait go on between them, as they would otherwise.
   * @returns how many there were: fewer when nothing was left to happen, or when the speed was set meanwhile
   * @throws UsageError when time does not stand
   */
  step(events = 1): Promise<number> {
    if (!(Number.isSafeInteger(events) && events > 0))
      return Promise.reject(new UsageError(`a step is a whole number of events, 1 or more; got ${events}`))
    return this.#grant(events, Number.POSITIVE_INFINITY)
  }

  /**
   * Time that stands is let pass for so many nanoseconds.
   * @returns how many events there were
   * @throws UsageError when time does not stand
   */
  advance(nanoseconds: number): Promise<number> {
    if (!(nanoseconds >= 0 && nanoseconds < Number.POSITIVE_INFINITY))
      return Promise.reject(new UsageError(`time is advanced by nanoseconds, 0 or more; got ${nanoseconds}`))
    return this.#grant(Number.POSITIVE_INFINITY, this.#clock.now + nanoseconds)
  }

  #grant(events: number, until: number): Promise<number> {
    if (this.#speed > 0)
      return Promise.reject(new UsageError('time passes by itself: set speed to 0 before it is stepped'))
    return new Promise((taken) => {
      this.#grants.push({ events, until, taken, done: 0 })
      this.changed()
    })
  }

  /** For who makes time pass: it is about to. */
  begin(): void {
    this.#untilLook = LOOK_EVERY
    const slice =
      this.#sliceMilliseconds === Number.POSITIVE_INFINITY ? UNASKED_SLICE_MILLISECONDS : this.#sliceMilliseconds
    this.#sliceEnds = this.#monotonic() + slice * MILLISECOND
  }

  /** For who makes time pass, before each event: is another one allowed? */
  allowsEvent(): boolean {
    if (this.#speed === 0) {
      if (this.#grants.length === 0 || this.#grants[0].events === 0) return false
    }
    if (--this.#untilLook > 0) return true
    this.#untilLook = LOOK_EVERY
    return this.#monotonic() < this.#sliceEnds
  }

  /** For who makes time pass: an event happened. */
  happened(): void {
    if (this.#grants.length === 0) return
    this.#grants[0].events--
    this.#grants[0].done++
  }

  /** Called by whatever makes time pass, when it stops for now: settles the request that it was made to pass for. */
  end(): void {
    const grant = this.#grants[0]
    if (grant === undefined) return
    const { now, nextAt } = this.#clock
    const isOver = grant.until === Number.POSITIVE_INFINITY ? nextAt === undefined : now >= grant.until
    if (grant.events > 0 && !isOver) return
    this.#grants.shift()
    grant.taken(grant.done)
  }

  /** Something changed that time may be waiting for: somebody waits, or something will happen. */
  changed(): void {
    this.changes.tell()
    for (const go of this.#waiting.splice(0)) go()
  }

  /**
   * Resolves, in a turn of its own, when time may pass again: everything that follows from promises kept has happened before, and what came from
   * outside meanwhile was read (timers run before input is polled for).
   * @param at the instant to which it would pass first; undefined: nobody knows of one
   * @param isAwaited somebody can go on at this instant already, also while time stands
   */
  async ready(at: number | undefined, isAwaited = false): Promise<void> {
    await turn()
    const { limit } = this
    if (isAwaited || this.#grants.length > 0) return
    // While time stands, what is due at this very instant waits as well.
    if (this.#speed > 0 && at !== undefined && at <= limit) return
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve)
      if (!this.isFollowing) return
      const milliseconds =
        at === undefined ? IDLE_WAIT_MILLISECONDS : Math.ceil((at - limit) / this.#speed / MILLISECOND)
      const forget = later(milliseconds, () => this.changed())
      this.#waiting.push(forget)
    })
    await turn()
  }
}
