/**
 * Virtual time for code made of promises. Time passes while something is awaited, up to the instant at which the first of
 * those that wait can go on; then whoever was waiting runs before time goes on. So any number of tasks wait side by
 * side, and a run is a function of the seed and of what they do, at whatever pace it goes.
 */
import type { Scheduler } from '../boards/simulation/scheduler.js'
import { type Clock, MILLISECOND, SECOND } from '../firmware/hal/clock.js'
import { CAUGHT_UP, Pace } from './pace.js'

/** Something was awaited that did not come. */
export class WaitError extends Error {
  override readonly name = 'WaitError'
}

/** An error that was made where somebody began to wait: its trace leads there, and what it says is known only now. */
export function withMessage<Late extends Error>(error: Late, message: string): Late {
  const { stack } = error
  error.message = message
  const frames = stack?.indexOf('\n    at ') ?? -1
  if (stack !== undefined && frames >= 0) error.stack = `${error.name}: ${message}${stack.slice(frames)}`
  return error
}

/** Something that waits. */
export interface Waiter {
  /** Tries to go on. @returns true when it could, and will not be asked again; what it throws is handed to `fail` */
  attempt(): boolean
  /** Instant up to which time may pass for it. */
  readonly deadline: number
  /** Asked after every event, not only when it was woken. */
  readonly eager: boolean
  /** It waits for its deadline: time passes up to there even when nothing is left to happen. */
  readonly timed: boolean
  /** The deadline is there; or, with `nothing`, no event is left that could bring what it waits for. */
  expire(why: 'deadline' | 'nothing'): void
  fail(error: unknown): void
}

/**
 * Where something outside is attached, lateness beyond this is not caught up with, ns: on a computer that is busy, the timers of what is
 * simulated would run out in a rush while the answer that they wait for has come and waits to be read.
 */
const OUTSIDE_SLACK = 20 * MILLISECOND

/** Calls that went through without waiting, at one instant, before time is made to pass. */
const AT_ONE_INSTANT = 64

export class LabTime {
  readonly pace: Pace
  readonly #clock: Scheduler
  readonly #waiting = new Set<Waiter>()
  readonly #woken = new Set<Waiter>()
  #turning = false
  #calls = 0
  #callsAt = -1
  /** How many want time to pass although nobody waits. */
  #playing = 0
  #isTouched = false

  constructor(clock: Scheduler, pace = new Pace(clock)) {
    this.#clock = clock
    this.pace = pace
    pace.changes.add(() => this.#start())
  }

  get now(): number {
    return this.#clock.now
  }

  /** For what is to happen later without anybody who waits for it. */
  get clock(): Clock {
    return this.#clock
  }

  /** Waits: time begins to pass once everybody else has run. */
  add(waiter: Waiter): void {
    this.#waiting.add(waiter)
    this.#woken.add(waiter)
    this.pace.changed()
  }

  /**
   * Lets time pass until `condition` holds, which is asked after every event.
   * @param limit nanoseconds; without limit where left out
   * @returns whether it holds
   */
  until(condition: () => boolean, limit = Number.POSITIVE_INFINITY): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.add({
        attempt: () => {
          if (!condition()) return false
          resolve(true)
          return true
        },
        deadline: this.now + limit,
        eager: true,
        timed: limit < Number.POSITIVE_INFINITY,
        expire: () => resolve(condition()),
        fail: reject,
      })
    })
  }

  /** Time passes, at its pace, also while nobody waits. Returns what ends that. */
  play(): () => void {
    this.#playing++
    this.pace.resume()
    this.pace.changed()
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      this.#playing--
      this.pace.changed()
    }
  }

  /** Something comes from outside: what is due by now happens before it, but for what is late because we had to wait for the processor. */
  enter(input: () => void): void {
    const limit = this.pace.inputLimit
    if (this.#playing > 0 && limit < Number.POSITIVE_INFINITY && limit > this.#clock.now)
      if (!this.#clock.runWhile(() => this.pace.speed > 0, limit))
        // What happens may have time stand: what is behind it then waits, as the input does.
        this.#clock.runUntil(limit)
    input()
    this.pace.changed()
  }

  /** Something reached code made of promises that is no waiter: time stands until it has reacted. */
  touch(): void {
    this.#isTouched = true
  }

  /** What a waiter waits for may be there. */
  wake(waiter: Waiter): void {
    if (this.#waiting.has(waiter)) this.#woken.add(waiter)
  }

  /** A call need not wait. Resolves at once, but lets an event happen now and then: else a loop of such calls never ends. */
  async passing(): Promise<void> {
    if (this.#callsAt !== this.#clock.now) {
      this.#callsAt = this.#clock.now
      this.#calls = 0
    }
    if (++this.#calls < AT_ONE_INSTANT) return
    const after = this.#clock.executed
    await new Promise<void>((resolve, reject) => {
      this.add({
        attempt: () => {
          if (this.#clock.executed === after) return false
          resolve()
          return true
        },
        deadline: this.#clock.now + SECOND,
        eager: true,
        timed: true,
        expire: () => resolve(),
        fail: reject,
      })
    })
  }

  #start(): void {
    if (this.#turning || !this.#isWanted) return
    this.#turning = true
    void this.#turn()
  }

  get #isWanted(): boolean {
    return this.#waiting.size > 0 || this.#playing > 0 || this.pace.isGranted
  }

  async #turn(): Promise<void> {
    while (this.#isWanted) {
      // Everything that follows from a promise kept happens before the next turn.
      await this.pace.ready(this.#next(), this.#isAwaited)
      try {
        if (this.#isWanted) this.#advance()
      } catch (error) {
        // An event threw: a fault of what is simulated, and everybody's who waits for it.
        for (const waiter of [...this.#waiting]) this.#settle(waiter, () => waiter.fail(error))
      }
    }
    this.#turning = false
  }

  /** The instant at which something is to be done first; undefined: nobody knows of one. */
  #next(): number | undefined {
    if (this.#isAwaited) return this.#clock.now
    let next = this.#clock.nextAt
    for (const { deadline } of this.#waiting) if (deadline < (next ?? Number.POSITIVE_INFINITY)) next = deadline
    return next
  }

  /** Somebody can go on, or has nothing left to wait for. */
  get #isAwaited(): boolean {
    return this.#woken.size > 0 || (this.#clock.nextAt === undefined && this.#waiting.size > 0 && !this.#isTimed)
  }

  get #isTimed(): boolean {
    for (const { timed } of this.#waiting) if (timed) return true
    return false
  }

  /** Lets time pass until somebody can go on, or until the pace wants it to stop. */
  #advance(): void {
    if (this.#tryWoken()) return
    this.#isTouched = false
    const { pace } = this
    let limit = Number.POSITIVE_INFINITY
    const eager: Waiter[] = []
    for (const waiter of this.#waiting) {
      if (waiter.deadline < limit) limit = waiter.deadline
      if (waiter.eager) eager.push(waiter)
    }
    let settled = false
    const nobodyCan = () => {
      for (const waiter of eager) if (this.#try(waiter)) settled = true
      return !settled && this.#woken.size === 0 && !this.#isTouched
    }
    let isHeldBack = false
    if (pace.isFree && this.#playing === 0) this.#clock.runWhile(nobodyCan, limit)
    else isHeldBack = this.#runPaced(nobodyCan, limit)
    if (settled || this.#woken.size > 0) this.#tryWoken()
    else if (!isHeldBack && !this.#isTouched) this.#runDry(limit)
    pace.end()
  }

  /** Lets time pass while nobody can go on, as far as the pace allows. @returns whether it was held back before `limit` */
  #runPaced(nobodyCan: () => boolean, limit: number): boolean {
    const { pace } = this
    const due = this.#next()
    if (due !== undefined) this.#skipLateness(due)
    pace.begin()
    const allowed = Math.min(limit, pace.limit)
    let isFirst = true
    let isOver = false
    const mayGoOn = () => {
      if (!isFirst) pace.happened()
      isFirst = false
      if (!nobodyCan()) return false
      isOver = !pace.allowsEvent()
      return !isOver
    }
    if (this.#clock.runWhile(mayGoOn, allowed)) return isOver
    if (allowed === limit) return false
    // The wall clock goes on although nothing happens.
    if (allowed > this.#clock.now) this.#clock.runUntil(allowed)
    return this.#clock.nextAt !== undefined || this.#isTimed
  }

  #skipLateness(due: number): void {
    if (this.#playing > 0) this.pace.skipLateness(due, OUTSIDE_SLACK, CAUGHT_UP)
    else this.pace.skipLateness(due)
  }

  /** Nothing happened that anybody waits for, up to the next deadline or the last event. */
  #runDry(limit: number): void {
    if (this.#clock.now < limit) {
      const timed = [...this.#waiting].some((waiter) => waiter.timed && waiter.deadline === limit)
      if (!timed && this.#clock.nextAt === undefined) {
        for (const waiter of [...this.#waiting]) if (!waiter.timed) this.#settle(waiter, () => waiter.expire('nothing'))
        return
      }
      this.#clock.runUntil(limit)
    }
    for (const waiter of [...this.#waiting])
      if (waiter.deadline <= this.#clock.now) this.#settle(waiter, () => waiter.expire('deadline'))
  }

  /** @returns whether somebody could go on */
  #tryWoken(): boolean {
    let settled = false
    // What is woken by another's attempt is tried in the next turn, in the order of waking.
    const woken = [...this.#woken]
    this.#woken.clear()
    for (const waiter of woken) if (this.#try(waiter)) settled = true
    return settled
  }

  #try(waiter: Waiter): boolean {
    if (!this.#waiting.has(waiter)) return false
    try {
      if (!waiter.attempt()) return false
      this.#settle(waiter, () => {})
    } catch (error) {
      this.#settle(waiter, () => waiter.fail(error))
    }
    return true
  }

  #settle(waiter: Waiter, end: () => void): void {
    this.#waiting.delete(waiter)
    this.#woken.delete(waiter)
    end()
  }
}
