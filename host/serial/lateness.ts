/**
 * How late this computer is: a timer that is due every ten milliseconds, and how long after that it runs. Where real time cannot wait (a
 * real port), a check that missed its limits asks whether the computer had kept it waiting for the processor meanwhile. Whoever is at the
 * other end of a pseudo-terminal waits as well, and for longer if it has more to do: the kernel's own account, where there is one, says
 * for how much of the time anybody had to.
 */
import { readFileSync } from 'node:fs'
import { MICROSECOND, MILLISECOND } from '../../firmware/hal/clock.js'
import { type Monotonic, monotonic } from './pacing.js'

const INTERVAL = 10 * MILLISECOND

/** What an idle computer is late by: its timers count milliseconds, those of Windows 15.6. */
const ORDINARY = (process.platform === 'win32' ? 17 : 2) * MILLISECOND

/** Lateness of a stretch of time, in nanoseconds. */
export interface Lateness {
  /** How long the stretch was. */
  readonly elapsed: number
  /** For how much of it the computer kept us waiting, and the longest single wait. */
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

/** Nanoseconds since boot in which some process waited for a processor (Linux, Documentation/accounting/psi.rst). */
function queuedSinceBoot(): number | undefined {
  let text: string
  try {
    text = readFileSync('/proc/pressure/cpu', 'utf8')
  } catch {
    return undefined // not Linux, or a kernel without pressure stall information: the timer alone tells
  }
  const total = /^some .*total=(\d+)$/m.exec(text)?.[1]
  return total === undefined ? undefined : Number(total) * MICROSECOND
}

export class LatenessMeter {
  readonly #monotonic: Monotonic
  readonly #queued: () => number | undefined
  readonly #timer: NodeJS.Timeout | undefined
  /** Each wait that was more than ordinary: when it ended, and its nanoseconds. */
  readonly #waits: { readonly at: number; readonly wait: number }[] = []
  #ticked: number

  /** @param source another clock and account of waiting; `tick` is then called by whoever has them */
  constructor(source?: { readonly now: Monotonic; readonly queued?: () => number | undefined }) {
    this.#monotonic = source?.now ?? monotonic
    this.#queued = source === undefined ? queuedSinceBoot : (source.queued ?? (() => undefined))
    this.#ticked = this.#monotonic()
    if (source === undefined) this.#timer = setInterval(() => this.tick(), INTERVAL / MILLISECOND).unref()
  }

  /** The timer has run. */
  tick(): void {
    const now = this.#monotonic()
    const wait = now - this.#ticked - INTERVAL
    this.#ticked = now
    if (wait > ORDINARY) this.#waits.push({ at: now, wait })
  }

  mark(): LatenessMark {
    return { at: this.#monotonic(), waits: this.#waits.length, queued: this.#queued() }
  }

  /** What became of the time since a mark; a wait that is not over yet counts as far as it has come. */
  since(mark: LatenessMark): Lateness {
    const now = this.#monotonic()
    const under = now - Math.max(this.#ticked, mark.at) - INTERVAL
    const waits = this.#waits.slice(mark.waits).map(({ at, wait }) => Math.min(wait, at - mark.at))
    if (under > ORDINARY) waits.push(under)
    const queued = this.#queued()
    return {
      elapsed: now - mark.at,
      waited: waits.reduce((sum, wait) => sum + wait, 0),
      worst: waits.reduce((most, wait) => Math.max(most, wait), 0),
      queued: queued === undefined || mark.queued === undefined ? undefined : queued - mark.queued,
    }
  }

  close(): void {
    clearInterval(this.#timer)
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
