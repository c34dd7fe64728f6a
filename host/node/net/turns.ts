/**
 * How virtual time and Node's event loop take turns. A program of Node's waits for its sockets in the loop, and does its work there, in no virtual
 * time at all; frames and timers of the lab are events of virtual time. So time passes until something has reached the program, then the
 * loop turns and the program says what it has to say, also after what it has other threads compute (`jobs.ts`), and so on. Once nothing is left that the lab could settle by itself (no connection is
 * being opened, nothing sent waits for its acknowledgement) and a while of virtual silence is over, time parks: it waits for the program, however
 * long that computes, and whatever the program does on a socket wakes it. So a run is the same however fast the machine is.
 */
import type { Clock, Timer } from '../../../firmware/hal/clock.js'
import { MICROSECOND, MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import { monotonic } from '../../event-loop.js'
import type { LabTime } from '../../lab-time.js'
import { jobsOfNode } from './jobs.js'

/** A socket, as those see it who take turns. */
export interface TurnTaker {
  /** The wire has something for it: its program is notified, between two turns of virtual time. */
  serve(): void
  /** It waits for something that the lab brings without its program: an answer, an acknowledgement, the end of a closed connection. */
  readonly isUnsettled: boolean
}

export interface TurnOptions {
  /**
   * Nanoseconds of virtual silence after which time parks; 1 s by default (1 ms where time then follows the wall clock). Too few, and what a board does a while later never comes; too many, and
   * peers with idle timers hang up while the program computes.
   */
  readonly silence?: number
  /** What time does after that: it waits for the program (`park`, the default), or it passes with the wall clock, as for people at a keyboard. */
  readonly whenQuiet?: 'park' | 'wall-clock'
}

const SILENCE = SECOND
/** Who follows the wall clock need not guess how long a peer is silent. */
const WALL_CLOCK_SILENCE = MILLISECOND
/** An application runs so long after its data have come: about what an operating system takes to wake one. What comes meanwhile, it reads at once. */
const WAKE_UP = 50 * MICROSECOND
/** The loop turns after so much of the wall clock, whatever the lab does. */
const SLICE = 50 * MILLISECOND
/** Events between two looks at the wall clock. */
const LOOK_EVERY = 1024
/** The longest interval that Node's timers count, ms. */
const FOR_EVER_MILLISECONDS = 2 ** 31 - 1

const OF_TIMES = new WeakMap<LabTime, Turns>()

/** Longer chains of callbacks (process.nextTick) than a stream's own, from its end to its close, are rare. */
const LONGEST_CHAIN = 16

/**
 * Resolves behind what the program does at once. What it has put off to a turn of the loop (setImmediate) has its place in that turn before
 * whatever is put off from now on: virtual time passes behind it, and the loop need not turn twice, which costs more than all else here.
 */
function programHasSpoken(): Promise<void> {
  return new Promise((resolve) => {
    let left = LONGEST_CHAIN
    const next = () => (left-- > 0 ? process.nextTick(next) : resolve())
    next()
  })
}

export class Turns {
  readonly #time: LabTime
  readonly #clock: Clock
  #silence: number | undefined
  #followsWallClock = false
  readonly #jobs = jobsOfNode()
  readonly #takers = new Set<TurnTaker>()
  readonly #due = new Set<TurnTaker>()
  #isRunning = false
  #reached = false
  #isQuiet = false
  /** The program did something meanwhile. */
  #acted = false
  #wakeUp: Timer | undefined
  #silenceEnds: Timer | undefined
  /** The instant of the last thing that reached the program, or that it did. */
  #lastAt = 0
  #untilLook = LOOK_EVERY
  #sliceEnds = 0
  #holds = 0
  #alive: NodeJS.Timeout | undefined

  /** The one of a lab. */
  static of(time: LabTime, clock: Clock): Turns {
    const known = OF_TIMES.get(time)
    if (known !== undefined) return known
    const made = new Turns(time, clock)
    OF_TIMES.set(time, made)
    return made
  }

  private constructor(time: LabTime, clock: Clock) {
    this.#time = time
    this.#clock = clock
  }

  /** @throws RangeError for an invalid silence, for a word that is not one of the two, and for an option that there is not */
  configure(options: TurnOptions): void {
    const unknown = Object.keys(options).find((name) => name !== 'silence' && name !== 'whenQuiet')
    if (unknown !== undefined)
      throw new RangeError(`there is no option "${unknown}"; give silence (nanoseconds) or whenQuiet`)
    const { silence, whenQuiet } = options
    if (silence !== undefined) {
      if (!(silence > 0 && silence < Number.POSITIVE_INFINITY))
        throw new RangeError(`silence is nanoseconds of virtual time, more than 0; got ${silence}`)
      this.#silence = silence
    }
    if (whenQuiet === undefined) return
    if (whenQuiet !== 'park' && whenQuiet !== 'wall-clock')
      throw new RangeError(`whenQuiet is 'park' or 'wall-clock'; got ${String(whenQuiet)}`)
    this.#followsWallClock = whenQuiet === 'wall-clock'
  }

  /** Nanoseconds of virtual silence before time parks, or follows the wall clock. */
  get #silenceAllowed(): number {
    return this.#silence ?? (this.#followsWallClock ? WALL_CLOCK_SILENCE : SILENCE)
  }

  get now(): number {
    return this.#clock.now
  }

  /** Calls back in so many nanoseconds of virtual time. Returns what takes the call back. */
  after(nanoseconds: number, callback: () => void): () => void {
    const timer = this.#clock.after(nanoseconds, callback)
    return () => this.#clock.cancel(timer)
  }

  add(taker: TurnTaker): void {
    this.#takers.add(taker)
  }

  /** Nothing of it is waited for any more. */
  remove(taker: TurnTaker): void {
    this.#takers.delete(taker)
    this.#due.delete(taker)
  }

  /** From events of the lab: the wire has something for it. */
  due(taker: TurnTaker): void {
    this.#due.add(taker)
    if (this.#wakeUp === undefined && !this.#reached)
      this.#wakeUp = this.#clock.after(WAKE_UP, () => {
        this.#wakeUp = undefined
        this.#reached = true
      })
    this.begin()
  }

  /** The program did something on a socket: time passes, from the next turn of the loop on. */
  begin(): void {
    this.#lastAt = this.#clock.now
    this.#acted = true
    if (this.#isRunning) {
      this.#time.pace.changed()
      return
    }
    this.#isRunning = true
    this.#run().then(
      () => {},
      // An event of the lab threw: no caller is there who could be told.
      (error: unknown) => {
        this.#isRunning = false
        process.nextTick(() => {
          throw error
        })
      },
    )
  }

  /** Node's process stays while somebody holds it. */
  hold(): void {
    if (this.#holds++ === 0) this.#alive = setInterval(() => {}, FOR_EVER_MILLISECONDS)
  }

  release(): void {
    if (--this.#holds === 0) clearInterval(this.#alive)
  }

  /** Time will pass no more: whatever is open, Node's process stays for none of it. */
  end(): void {
    clearInterval(this.#alive)
    this.#holds = Number.POSITIVE_INFINITY
  }

  async #run(): Promise<void> {
    const { pace } = this.#time
    for (;;) {
      this.#sliceEnds = monotonic() + SLICE
      this.#isQuiet = false
      this.#silenceEnds ??= this.#clock.after(this.#silenceAllowed, () => this.#whenSilent())
      await this.#time.until(() => this.#jobs.areRunning || this.#shouldStop())
      if (this.#jobs.areRunning) {
        await this.#jobs.areOver()
        await programHasSpoken()
        continue
      }
      if (this.#reached) {
        this.#reached = false
        this.#serve()
        await programHasSpoken()
      } else if (this.#isQuiet) {
        if (!this.#followsWallClock) break
        pace.speed = 1
        this.#acted = false
        await this.#time.until(() => this.#reached || this.#acted)
        pace.speed = Number.POSITIVE_INFINITY
      }
    }
    this.#isRunning = false
  }

  #shouldStop(): boolean {
    if (this.#reached || this.#isQuiet) return true
    if (--this.#untilLook > 0) return false
    this.#untilLook = LOOK_EVERY
    return monotonic() >= this.#sliceEnds
  }

  #whenSilent(): void {
    this.#silenceEnds = undefined
    const rest = this.#lastAt + this.#silenceAllowed - this.#clock.now
    if (rest > 0 || this.#isUnsettled)
      this.#silenceEnds = this.#clock.after(rest > 0 ? rest : this.#silenceAllowed, () => this.#whenSilent())
    else this.#isQuiet = true
  }

  get #isUnsettled(): boolean {
    for (const taker of this.#takers) if (taker.isUnsettled) return true
    return false
  }

  #serve(): void {
    this.#lastAt = this.#clock.now
    const due = [...this.#due]
    this.#due.clear()
    for (const taker of due) {
      try {
        taker.serve()
      } catch (error) {
        // The program's own: nobody else's event may end by it, and Node tells of it as of any.
        process.nextTick(() => {
          throw error
        })
      }
    }
  }
}
