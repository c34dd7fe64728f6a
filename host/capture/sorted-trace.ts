/**
 * Puts the changes of several traces into the order of time, so that they fit into one file: each of them reports things
 * somewhat later than they happened, and none knows of the others.
 */
import type { Clock } from '../../firmware/hal/clock.js'
import type { DigitalSignal, RealSignal, TraceSink, VcdLevel } from './vcd.js'

interface Change {
  readonly at: number
  readonly signal: DigitalSignal | RealSignal
  readonly value: VcdLevel | number
}

/** A trace that keeps changes for a time of its own. */
export interface KeepingTrace {
  /** The earliest instant that it has not reported yet; infinite where it keeps nothing. */
  readonly oldest: number
  /** Reports what can no longer change. */
  flush(): void
}

const ENOUGH = 65_536

export class SortedTrace implements TraceSink {
  #changes: Change[] = []
  #enough = ENOUGH
  /** Everything before this instant has been written. */
  #written = 0
  /** Changes reported too late, and therefore drawn later than they were. */
  late = 0
  readonly #keeping: KeepingTrace[] = []
  #flushing = false

  /** @param holdBack how late a change may be reported, in nanoseconds */
  constructor(
    private readonly writer: TraceSink,
    private readonly clock: Clock,
    private readonly holdBack: number,
  ) {
    this.#written = clock.now
  }

  /** From now on nothing is written that lies behind what this one still keeps. */
  awaits(trace: KeepingTrace): void {
    this.#keeping.push(trace)
  }

  digital(name: string, initial?: VcdLevel, scope?: string): DigitalSignal {
    return this.writer.digital(name, initial, scope)
  }

  real(name: string, initial?: number, scope?: string): RealSignal {
    return this.writer.real(name, initial, scope)
  }

  change(signal: DigitalSignal, at: number, value: VcdLevel): void
  change(signal: RealSignal, at: number, value: number): void
  change(signal: DigitalSignal | RealSignal, at: number, value: VcdLevel | number): void {
    if (at < this.#written) this.late++
    this.#changes.push({ at: Math.max(at, this.#written), signal, value })
    if (this.#changes.length >= this.#enough) this.#writeOld()
  }

  #writeOld(): void {
    // What is flushed comes in by `change`, which may find that it is enough once more.
    if (this.#flushing) return
    this.#flushing = true
    try {
      for (const trace of this.#keeping) trace.flush()
    } finally {
      this.#flushing = false
    }
    const kept = this.#keeping.reduce((oldest, trace) => Math.min(oldest, trace.oldest), Number.POSITIVE_INFINITY)
    this.#write(Math.min(this.clock.now - this.holdBack, kept))
  }

  /** Writes what is kept. The writer stays open. */
  close(): void {
    this.#write(Number.POSITIVE_INFINITY)
  }

  #write(until: number): void {
    // Sorting is stable: changes of one instant stay in the order in which they were reported.
    const changes = this.#changes.sort((a, b) => a.at - b.at)
    let count = 0
    while (count < changes.length && changes[count].at < until) count++
    // Each is written once, even where the writer takes no more (a full disk) and says so half-way.
    this.#changes = changes.slice(count)
    this.#enough = ENOUGH + 2 * this.#changes.length
    if (Number.isFinite(until)) this.#written = Math.max(this.#written, until)
    for (const { signal, at, value } of changes.slice(0, count)) {
      if (signal.kind === 'digital') this.writer.change(signal, at, value as VcdLevel)
      else this.writer.change(signal, at, value as number)
    }
  }
}
