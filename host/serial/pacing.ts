/**
 * Real-time pacing: a scheduler's virtual time follows the laptop's monotonic clock, for when something outside is
 * attached to what it simulates. Virtual time is always "real time since the start", computed anew each time, so rounding
 * of timers never adds up to drift.
 */
import type { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'

/** How long one turn of the event loop may simulate before input and output get their turn. */
const TURN = 5 * MILLISECOND

/** Further behind than this (a laptop that slept, a debugger), time is not caught up with but let go. */
const LET_GO = 1 * SECOND

/** Nanoseconds on the laptop's monotonic clock. */
export type Monotonic = () => number

const origin = process.hrtime.bigint()

/** The laptop's monotonic clock: nanoseconds since this process loaded it, exact up to 104 days. */
export const monotonic: Monotonic = () => Number(process.hrtime.bigint() - origin)

export class RealTimePacer {
  /** Times that virtual time was let go because it was more than a second behind, and how far it was behind at most. */
  readonly counters = { slips: 0, worstLag: 0 }

  /**
   * Is called before what is due is run. A process that had to wait for the processor finds input that came in time beside a
   * timer that waited for it: the input is to be taken first.
   */
  onTurn: (() => void) | undefined

  readonly #scheduler: Scheduler
  readonly #monotonic: Monotonic
  /** Monotonic time at which virtual time was 0. */
  #origin = 0
  #running = false
  #timeout: NodeJS.Timeout | undefined
  #immediate: NodeJS.Immediate | undefined

  constructor(scheduler: Scheduler, source: Monotonic = monotonic) {
    this.#scheduler = scheduler
    this.#monotonic = source
  }

  /** What virtual time ought to be at this moment. */
  get present(): number {
    return this.#monotonic() - this.#origin
  }

  /** Virtual time goes on from where it stands, now. */
  start(): void {
    if (this.#running) return
    this.#running = true
    this.#origin = this.#monotonic() - this.#scheduler.now
    this.#arm()
  }

  stop(): void {
    this.#running = false
    clearTimeout(this.#timeout)
    clearImmediate(this.#immediate)
    this.#timeout = undefined
    this.#immediate = undefined
  }

  /**
   * Hands something from outside to the simulation at the present instant: what is due before it happens first, then
   * `input`, and then the pacer looks anew at what is due next.
   */
  enter(input: () => void): void {
    if (this.#running) this.#catchUp()
    input()
    this.poke()
  }

  /** Says that something may have been scheduled earlier than what the pacer waits for. */
  poke(): void {
    if (!this.#running) return
    clearTimeout(this.#timeout)
    clearImmediate(this.#immediate)
    this.#timeout = undefined
    this.#immediate = undefined
    this.#arm()
  }

  #arm(): void {
    const next = this.#scheduler.nextAt
    if (next === undefined) return
    const delay = next - this.present
    // Node's timers count whole milliseconds; what is due sooner is polled for, so a round trip does not wait for one
    if (delay >= MILLISECOND) {
      const milliseconds = Math.min(Math.floor(delay / MILLISECOND), 0x3fffffff)
      this.#timeout = setTimeout(() => this.#turn(), milliseconds)
    } else {
      this.#immediate = setImmediate(() => this.#turn())
    }
  }

  #turn(): void {
    this.#timeout = undefined
    this.#immediate = undefined
    if (!this.#running) return
    this.onTurn?.()
    this.#catchUp()
    if (this.#running) this.poke()
  }

  /** Runs what is due, for one turn's length of real time at most. */
  #catchUp(): void {
    const began = this.#monotonic()
    const lag = this.present - this.#scheduler.now
    const overdue = this.#scheduler.nextAt === undefined ? 0 : this.present - this.#scheduler.nextAt
    if (overdue > this.counters.worstLag) this.counters.worstLag = overdue
    if (overdue > LET_GO) {
      this.counters.slips++
      this.#origin += lag
    }
    while (this.#running && this.#monotonic() - began < TURN) {
      const present = this.present
      const next = this.#scheduler.nextAt
      if (next === undefined || next > present) {
        if (present > this.#scheduler.now) this.#scheduler.runUntil(present)
        return
      }
      this.#scheduler.step()
    }
  }
}
