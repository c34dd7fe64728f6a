/**
 * Real-time pacing: a scheduler's virtual time follows the laptop's monotonic clock, for when something outside is
 * attached to what it simulates. Virtual time is always "real time since the start", computed anew each time, so rounding
 * of timers never adds up to drift.
 *
 * A computer that is busy runs us late. Time that was missed by more than `slack` is skipped and not caught up with, and what is
 * outside can hold time back: a slow computer then makes a slow board, never one whose octets come in a rush and whose timers
 * run out while its answers wait to be read.
 */

import type { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { Listeners } from '../../firmware/hal/listeners.js'
import { later, type Monotonic, monotonic, nextTurn, TIMER_GRAIN } from '../event-loop.js'
import { CAUGHT_UP, Pace, SLEPT } from '../pace.js'

/** How long one turn of the event loop may simulate before input and output get their turn. */
const TURN = 5 * MILLISECOND

/** Whoever sent something waits for an answer: for so long after it came, no event is late. */
const AWAKE = 10 * MILLISECOND

export interface PacerOptions {
  readonly source?: Monotonic
  /** How fast virtual time may pass, if not as fast as the wall clock. Its slice is `TURN` at most. */
  readonly pace?: Pace
  /** Nanoseconds of lateness that are caught up with; 1 s by default, which only a laptop that slept misses. */
  readonly slack?: number
  /**
   * Nanoseconds that virtual time may be ahead of the clock; 0 by default. Node's timers count whole milliseconds: without a
   * lead, what is due within one is waited for by turning the event loop, and a process that does so for long has used up its share
   * when others want the processor. With one it sleeps, and an answer that takes a millisecond leaves before the next sleep.
   */
  readonly lead?: number
  /**
   * Nobody outside takes the time to less than two milliseconds, as on a network: while nothing comes from there, what is due is slept for in
   * whole milliseconds, and may be one late. False by default.
   */
  readonly restful?: boolean
  /** The latest instant to which virtual time may go for now, whatever the clock says; infinity where nobody is waited for. */
  readonly hold?: () => number
  /**
   * Turns of the event loop that input is given before an event that runs late. A port of the operating system is read by another
   * thread, which takes a few. 1 by default.
   */
  readonly grace?: number
}

export class RealTimePacer {
  /** Times that virtual time was skipped, nanoseconds of it, and how far it was behind at most. */
  get counters(): { readonly slips: number; readonly skipped: number; readonly worstLag: number } {
    return { ...this.#pace.counters, worstLag: this.#worstLag }
  }

  readonly #turnListeners = new Listeners<[]>()

  readonly #scheduler: Scheduler
  readonly #monotonic: Monotonic
  readonly #pace: Pace
  #worstLag = 0
  readonly #slack: number
  readonly #lead: number
  readonly #hold: () => number
  readonly #grace: number
  readonly #restful: boolean
  #enteredAt = Number.NEGATIVE_INFINITY
  /** Turns that input has had since an event was found late. */
  #turnsGiven = 0
  #running = false
  /** Events are being run. */
  #isCatchingUp = false
  /** Takes back the call that is waited for: a timer's, or the next turn's. */
  #forget: (() => void) | undefined

  constructor(scheduler: Scheduler, options: PacerOptions = {}) {
    this.#scheduler = scheduler
    this.#monotonic = options.source ?? monotonic
    this.#pace = options.pace ?? new Pace(scheduler, { speed: 1, source: this.#monotonic })
    this.#pace.changes.add(() => this.poke())
    this.#slack = options.slack ?? SLEPT
    this.#lead = options.lead ?? 0
    this.#restful = options.restful ?? false
    this.#hold = options.hold ?? (() => Number.POSITIVE_INFINITY)
    this.#grace = options.grace ?? 1
  }

  /**
   * Is called before what is due is run. A process that had to wait for the processor finds input that came in time beside a
   * timer that waited for it: the input is to be taken first.
   */
  onTurn(listener: () => void): () => void {
    return this.#turnListeners.add(listener)
  }

  /** What virtual time ought to be at this moment. */
  get present(): number {
    return this.#pace.limit
  }

  /** Virtual time goes on from where it stands, now. */
  start(): void {
    if (this.#running) return
    this.#running = true
    this.#pace.resume()
    this.#arm()
  }

  stop(): void {
    this.#running = false
    this.#disarm()
  }

  /**
   * Hands something from outside to the simulation at the present instant: what is due before it happens first (but for what is late, because
   * we had to wait for the processor), then `input`, and then the pacer looks anew at what is due next.
   */
  enter(input: () => void): void {
    this.#enteredAt = this.#monotonic()
    // From within an event the present is that event's: what is due behind it comes behind `input` too.
    if (this.#running && !this.#isCatchingUp) this.#comeToInput()
    input()
    this.poke()
  }

  /** Says that something may have been scheduled earlier than what the pacer waits for. */
  poke(): void {
    if (!this.#running) return
    this.#disarm()
    this.#arm()
  }

  #disarm(): void {
    this.#forget?.()
    this.#forget = undefined
  }

  #arm(): void {
    const next = this.#scheduler.nextAt
    if (next === undefined) return
    const { speed, isGranted } = this.#pace
    if (speed === 0 && !isGranted) return
    const held = next > this.#hold()
    const wait = isGranted || speed === Number.POSITIVE_INFINITY ? 0 : (next - this.present - this.#lead) / speed
    const delay = held ? MILLISECOND : wait
    // Timers are coarse; without a lead, what is due sooner than one can wait is looked for in each turn.
    const resting = this.#restful && this.#monotonic() - this.#enteredAt > AWAKE
    if (delay <= 0 || (delay < TIMER_GRAIN && this.#lead === 0 && !resting)) this.#inTurn()
    else {
      const whole = resting ? Math.ceil(delay / MILLISECOND) : Math.floor(delay / MILLISECOND)
      // Node's timers run before input is polled for, its immediates after it: what came in time is to be taken first.
      this.#forget = later(Math.max(1, whole), () => this.#inTurn())
    }
  }

  #inTurn(): void {
    this.#forget = nextTurn(() => this.#turn())
  }

  #turn(): void {
    this.#forget = undefined
    if (!this.#running) return
    if (this.#pace.lateAt !== undefined && this.#turnsGiven < this.#grace) {
      this.#turnsGiven++
      this.#inTurn()
      return
    }
    this.#turnsGiven = 0
    this.#turnListeners.tell()
    this.#catchUp(this.#lead)
    this.poke()
  }

  #comeToInput(): void {
    if (this.#pace.lateAt === undefined) this.#catchUp(0)
    else {
      const now = Math.min(this.#pace.inputLimit, this.#hold())
      if (now > this.#scheduler.now) this.#scheduler.runUntil(now)
    }
  }

  /** Runs what is due, or will be within `lead`, for one turn's length of real time at most. */
  #catchUp(lead: number): void {
    const pace = this.#pace
    const began = this.#monotonic()
    const due = this.#scheduler.nextAt
    if (due !== undefined) {
      const late = pace.skipLateness(due, this.#slack, Math.min(this.#slack, CAUGHT_UP))
      if (late > this.#worstLag) this.#worstLag = late
    }
    const held = this.#hold()
    pace.begin()
    this.#isCatchingUp = true
    try {
      this.#runDue(lead, held, began)
    } finally {
      this.#isCatchingUp = false
    }
    pace.end()
  }

  #runDue(lead: number, held: number, began: number): void {
    const pace = this.#pace
    while (this.#running && this.#monotonic() - began < TURN) {
      const limit = Math.min(this.present + lead, held)
      const next = this.#scheduler.nextAt
      if (next === undefined || next > limit) {
        const now = Math.min(limit, this.present)
        if (now > this.#scheduler.now && now < Number.POSITIVE_INFINITY) this.#scheduler.runUntil(now)
        break
      }
      if (!pace.allowsEvent()) break
      this.#scheduler.step()
      pace.happened()
    }
  }
}
