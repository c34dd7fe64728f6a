/**
 * How late this computer is: a timer that is due every ten milliseconds, and how long after that it runs. Where real time cannot wait (a
 * real port), a check that missed its limits asks whether the computer had kept it waiting for the processor meanwhile. Whoever is at the
 * other end of a pseudo-terminal waits as well, and for longer if it has more to do: the kernel's own account, where there is one, says
 * for how much of the time anybody had to.
 */
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { every, type Monotonic, monotonic } from '../event-loop.js'

const INTERVAL = 10 * MILLISECOND

/** By how much an idle computer is late, by default: its timers count milliseconds. */
const ORDINARY = 2 * MILLISECOND

/** Lateness of a stretch of time, in nanoseconds. */
export interface Lateness {
  /** How long the stretch was. */
  readonly elapsed: number
  /** How much of it the computer kept us waiting, and the longest single wait. */
  readonly waited: number
  readonly worst: number
  /** For how much of it some process of this computer waited for a processor; undefined where the kernel does not say. */
  readonly queued: number | undefined
}

/** Where a stretch of time begins. */
export interface LatenessMark {
  readonly at: number
  readonly waits: number
  readonly queued: number | undefined
}

/** Whom to ask how late this computer was. */
export interface LatenessWatch {
  mark(): LatenessMark
  /** How late the computer was since a mark. */
  since(mark: LatenessMark): Lateness
}

export interface LatenessOptions {
  /** Another clock; `tick` is then called by whoever has it. */
  readonly now?: Monotonic
  /** Nanoseconds since some instant in which a process of this computer waited for a processor; undefined where the kernel does not say. */
  readonly queued?: () => number | undefined
  /** Nanoseconds that an idle computer's timers are late by. */
  readonly ordinary?: number
}

export class LatenessMeter implements LatenessWatch {
  readonly #monotonic: Monotonic
  readonly #queued: () => number | undefined
  readonly #ordinary: number
  readonly #stop: (() => void) | undefined
  /** Each wait that was more than ordinary: when it ended, and its nanoseconds. */
  readonly #waits: { readonly at: number; readonly wait: number }[] = []
  #ticked: number

  constructor({ now, queued = () => undefined, ordinary = ORDINARY }: LatenessOptions = {}) {
    this.#monotonic = now ?? monotonic
    this.#queued = queued
    this.#ordinary = ordinary
    this.#ticked = this.#monotonic()
    if (now === undefined) this.#stop = every(INTERVAL / MILLISECOND, () => this.tick())
  }

  /** The timer has run. */
  tick(): void {
    const now = this.#monotonic()
    const wait = now - this.#ticked - INTERVAL
    this.#ticked = now
    if (wait > this.#ordinary) this.#waits.push({ at: now, wait })
  }

  mark(): LatenessMark {
    return { at: this.#monotonic(), waits: this.#waits.length, queued: this.#queued() }
  }

  /** How late the computer was since a mark; a wait that is not over yet counts as long as it is so far. */
  since(mark: LatenessMark): Lateness {
    const now = this.#monotonic()
    const under = now - Math.max(this.#ticked, mark.at) - INTERVAL
    const waits = this.#waits.slice(mark.waits).map(({ at, wait }) => Math.min(wait, at - mark.at))
    if (under > this.#ordinary) waits.push(under)
    const queued = this.#queued()
    return {
      elapsed: now - mark.at,
      waited: waits.reduce((sum, wait) => sum + wait, 0),
      worst: waits.reduce((most, wait) => Math.max(most, wait), 0),
      queued: queued === undefined || mark.queued === undefined ? undefined : queued - mark.queued,
    }
  }

  close(): void {
    this.#stop?.()
  }
}

/** So much of a stretch, or so long at once, is more than limits in time allow for. */
const MUCH = 0.1
const LONG = 100 * MILLISECOND
/** With more processes to run than processors for half of the time, whoever answers us may have been one that waited. */
const CROWDED = 0.5

/** Whether what took too long may have done so because of this computer. */
export function tooLate({ elapsed, waited, worst, queued = 0 }: Lateness): boolean {
  return worst > LONG || waited > MUCH * elapsed || queued > CROWDED * elapsed
}
