/**
 * Discrete events in virtual nanoseconds. Everything simulated shares one scheduler, and so one notion of "now":
 * time stands still while a callback runs, and jumps to the next event when it returns.
 *
 * Events at the same instant run in the order they were asked for, which makes a run a function of its seed alone.
 */
import type { Clock, Timer } from '../../firmware/hal/clock.js'

class Event implements Timer {
  /** Place in the heap, or -1 when it is not in it. */
  index = -1
  constructor(
    readonly at: number,
    readonly order: number,
    public callback: (() => void) | undefined,
  ) {}
}

export class Scheduler implements Clock {
  #now = 0
  #order = 0
  #executed = 0
  #limit = Number.POSITIVE_INFINITY
  /** Binary heap by (at, order). */
  readonly #heap: Event[] = []

  get now(): number {
    return this.#now
  }

  /** Events that have run since the beginning. */
  get executed(): number {
    return this.#executed
  }

  /** When the next event is due, or undefined when nothing is pending. */
  get nextAt(): number | undefined {
    return this.#heap[0]?.at
  }

  /**
   * The instant up to which nothing else can happen: the next event, or the end of the `runUntil` or `runWhile` under way.
   * A callback that takes virtual time itself (a CPU that executes instructions) may use the time up to here.
   */
  get horizon(): number {
    const next = this.#heap[0]
    return next !== undefined && next.at < this.#limit ? next.at : this.#limit
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
    if (!(delay >= 0)) throw new RangeError(`a delay is a count of nanoseconds, 0 or more; got ${delay}`)
    const event = new Event(this.#now + Math.round(delay), this.#order++, callback)
    this.#push(event)
    return event
  }

  cancel(timer: Timer | undefined): void {
    if (timer === undefined) return
    if (!(timer instanceof Event)) throw new TypeError('this timer was not made by a scheduler')
    if (timer.index >= 0) this.#remove(timer)
    timer.callback = undefined
  }

  /** Runs the next event. False when none is pending. */
  step(): boolean {
    const event = this.#heap[0]
    if (event === undefined) return false
    this.#remove(event)
    this.#now = event.at
    this.#executed++
    const callback = event.callback
    event.callback = undefined
    callback?.()
    return true
  }

  /** Runs every event due up to and including `at`, then sets the time to `at`. */
  runUntil(at: number): void {
    const outer = this.#limit
    this.#limit = Math.min(at, outer)
    try {
      while (this.#heap.length > 0 && this.#heap[0].at <= at) this.step()
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
        const next = this.#heap[0]
        if (next === undefined) return false
        if (next.at > limit) {
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
    event.index = this.#heap.length
    this.#heap.push(event)
    this.#up(event)
  }

  #remove(event: Event): void {
    const heap = this.#heap
    const last = heap.pop()!
    const index = event.index
    event.index = -1
    if (last === event) return
    heap[index] = last
    last.index = index
    this.#up(last)
    this.#down(last)
  }

  #up(event: Event): void {
    const heap = this.#heap
    let index = event.index
    while (index > 0) {
      const parentIndex = (index - 1) >> 1
      const parent = heap[parentIndex]
      if (parent.at < event.at || (parent.at === event.at && parent.order < event.order)) break
      heap[index] = parent
      parent.index = index
      index = parentIndex
    }
    heap[index] = event
    event.index = index
  }

  #down(event: Event): void {
    const heap = this.#heap
    const length = heap.length
    let index = event.index
    for (;;) {
      let childIndex = 2 * index + 1
      if (childIndex >= length) break
      let child = heap[childIndex]
      const right = childIndex + 1
      if (right < length) {
        const other = heap[right]
        if (other.at < child.at || (other.at === child.at && other.order < child.order)) {
          childIndex = right
          child = other
        }
      }
      if (event.at < child.at || (event.at === child.at && event.order < child.order)) break
      heap[index] = child
      child.index = index
      index = childIndex
    }
    heap[index] = event
    event.index = index
  }
}
