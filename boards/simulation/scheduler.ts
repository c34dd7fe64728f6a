/**
 * Discrete events in virtual nanoseconds. Everything simulated shares one scheduler, and so one notion of "now":
 * time stands still while a callback runs, and jumps to the next event when it returns.
 *
 * Events at the same instant run in the order they were asked for, which makes a run a function of its seed alone.
 */
import type { Clock, Timer } from '../../firmware/hal/clock.js'

class Event implements Timer {
  /** Its number among the events that are pending, or -1 when it is not. */
  slot = -1
  constructor(
    public at: number,
    public callback: (() => void) | undefined,
    /** Is an alarm's, and happens again. */
    readonly recurs: boolean,
  ) {}
}

/** The way into a scheduler for alarms of this file: see `Scheduler.#schedule`. */
let schedule: (scheduler: Scheduler, event: Event, delay: number) => void

/** One call that is asked for over and over; made once, by `Scheduler.alarm`, so that asking takes no memory. */
export class Alarm extends Event {
  readonly #scheduler: Scheduler

  constructor(scheduler: Scheduler, callback: () => void) {
    super(0, callback, true)
    this.#scheduler = scheduler
  }

  get pending(): boolean {
    return this.slot >= 0
  }

  /**
   * Calls back once, `delay` nanoseconds from now, as `after` does; a call that is still pending is taken back.
   * @throws RangeError when `delay` is negative or not a number.
   */
  set(delay: number): void {
    schedule(this.#scheduler, this, delay)
  }

  /** Takes a pending call back. */
  clear(): void {
    this.#scheduler.cancel(this)
  }
}

const FIRST_CAPACITY = 64
const BRANCHES = 4

export class Scheduler implements Clock {
  static {
    schedule = (scheduler, event, delay) => scheduler.#schedule(event, delay)
  }
  #now = 0
  #order = 0
  #executed = 0
  #limit = Number.POSITIVE_INFINITY
  /**
   * A heap of four branches by (at, order). Keys, and which event is where, lie in arrays of numbers beside each other: with
   * hundreds of events pending, it is the memory touched on the way down that costs.
   */
  #size = 0
  #at = new Float64Array(FIRST_CAPACITY)
  #orders = new Float64Array(FIRST_CAPACITY)
  #slots = new Int32Array(FIRST_CAPACITY)
  /** By slot: its place in the heap, and the event. */
  #places = new Int32Array(FIRST_CAPACITY)
  readonly #events: (Event | undefined)[] = []
  readonly #freeSlots: number[] = []

  get now(): number {
    return this.#now
  }

  /** Events that have run since the beginning. */
  get executed(): number {
    return this.#executed
  }

  /** When the next event is due, or undefined when nothing is pending. */
  get nextAt(): number | undefined {
    return this.#size > 0 ? this.#at[0] : undefined
  }

  /**
   * The instant up to which nothing else can happen: the next event, or the end of the `runUntil` or `runWhile` under way.
   * A callback that takes virtual time itself (a CPU that executes instructions) may use the time up to here.
   */
  get horizon(): number {
    return this.#size > 0 && this.#at[0] < this.#limit ? this.#at[0] : this.#limit
  }

  /**
   * Moves `now` forward within a callback that takes virtual time itself; an earlier instant is ignored.
   * @throws RangeError when `at` lies beyond the horizon: an event would be skipped.
   */
  advanceTo(at: number): void {
    if (at > this.horizon) throw new RangeError(`cannot advance to ${at} ns past the horizon at ${this.horizon} ns`)
    if (at > this.#now) this.#now = at
  }

  after(delay: number, callback: () => void): Timer {
    const event = new Event(0, callback, false)
    this.#schedule(event, delay)
    return event
  }

  alarm(callback: () => void): Alarm {
    return new Alarm(this, callback)
  }

  cancel(timer: Timer | undefined): void {
    if (timer === undefined) return
    if (!(timer instanceof Event)) throw new TypeError('this timer was not made by a scheduler')
    if (timer.slot >= 0) this.#remove(timer)
    if (!timer.recurs) timer.callback = undefined
  }

  /** Where events become pending: what `after` makes, and what an alarm keeps. */
  #schedule(event: Event, delay: number): void {
    if (!(delay >= 0)) throw new RangeError(`a delay is a count of nanoseconds, 0 or more; got ${delay}`)
    if (event.slot >= 0) this.#remove(event)
    event.at = this.#now + Math.round(delay)
    this.#push(event)
  }

  /** Runs the next event. False when none is pending. */
  step(): boolean {
    if (this.#size === 0) return false
    this.#now = this.#at[0]
    const event = this.#events[this.#slots[0]]!
    this.#remove(event)
    this.#executed++
    const callback = event.callback
    if (!event.recurs) event.callback = undefined // whoever keeps the timer does not keep what it called
    callback?.()
    return true
  }

  /** Runs every event due up to and including `at`, then sets the time to `at`. */
  runUntil(at: number): void {
    const outer = this.#limit
    this.#limit = Math.min(at, outer)
    try {
      while (this.#size > 0 && this.#at[0] <= at) this.step()
    } finally {
      this.#limit = outer
    }
    if (at > this.#now) this.#now = at
  }

  /** As `runUntil`, `duration` nanoseconds from now. */
  runFor(duration: number): void {
    this.runUntil(this.#now + duration)
  }

  /**
   * Runs events while `condition` holds, none later than `limit`.
   * @returns true when the condition ended it; false when the limit was reached (time is then `limit`) or nothing is left.
   */
  runWhile(condition: () => boolean, limit = Number.POSITIVE_INFINITY): boolean {
    const outer = this.#limit
    this.#limit = Math.min(limit, outer)
    try {
      while (condition()) {
        if (this.#size === 0) return false
        if (this.#at[0] > limit) {
          this.#now = limit
          return false
        }
        this.step()
      }
      return true
    } finally {
      this.#limit = outer
    }
  }

  #push(event: Event): void {
    if (this.#size === this.#at.length) this.#grow()
    const slot = this.#freeSlots.pop() ?? this.#events.length
    event.slot = slot
    this.#events[slot] = event
    this.#up(this.#size++, event.at, this.#order++, slot)
  }

  #grow(): void {
    const copy = <A extends Float64Array | Int32Array>(from: A, to: A): A => {
      to.set(from)
      return to
    }
    const capacity = 2 * this.#at.length
    this.#at = copy(this.#at, new Float64Array(capacity))
    this.#orders = copy(this.#orders, new Float64Array(capacity))
    this.#slots = copy(this.#slots, new Int32Array(capacity))
    this.#places = copy(this.#places, new Int32Array(capacity))
  }

  #remove(event: Event): void {
    const { slot } = event
    const place = this.#places[slot]
    event.slot = -1
    this.#events[slot] = undefined
    this.#freeSlots.push(slot)
    const last = --this.#size
    if (place === last) return
    const at = this.#at[last]
    const order = this.#orders[last]
    const moved = this.#slots[last]
    const parent = ((place - 1) / BRANCHES) | 0
    if (place > 0 && (at < this.#at[parent] || (at === this.#at[parent] && order < this.#orders[parent])))
      this.#up(place, at, order, moved)
    else this.#down(place, at, order, moved)
  }

  #up(from: number, at: number, order: number, slot: number): void {
    const ats = this.#at
    const orders = this.#orders
    let place = from
    while (place > 0) {
      const parent = ((place - 1) / BRANCHES) | 0
      if (ats[parent] < at || (ats[parent] === at && orders[parent] < order)) break
      this.#put(place, ats[parent], orders[parent], this.#slots[parent])
      place = parent
    }
    this.#put(place, at, order, slot)
  }

  #down(from: number, at: number, order: number, slot: number): void {
    const ats = this.#at
    const orders = this.#orders
    const size = this.#size
    let place = from
    for (;;) {
      let child = BRANCHES * place + 1
      if (child >= size) break
      const end = Math.min(child + BRANCHES, size)
      for (let other = child + 1; other < end; other++)
        if (ats[other] < ats[child] || (ats[other] === ats[child] && orders[other] < orders[child])) child = other
      if (at < ats[child] || (at === ats[child] && order < orders[child])) break
      this.#put(place, ats[child], orders[child], this.#slots[child])
      place = child
    }
    this.#put(place, at, order, slot)
  }

  #put(place: number, at: number, order: number, slot: number): void {
    this.#at[place] = at
    this.#orders[place] = order
    this.#slots[place] = slot
    this.#places[slot] = place
  }
}
