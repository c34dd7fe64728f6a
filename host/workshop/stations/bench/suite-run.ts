/** One run of the check suite on a board that is switched on for it: what `linkpulse check` does, in the station’s time. */
import { createAvrBench } from '../../../../boards/avr/bench.js'
import type { FlashImage } from '../../../../boards/avr/flash-image.js'
import type { CableFrame } from '../../../../boards/ethernet/cable.js'
import { createBench } from '../../../../boards/faults/create-bench.js'
import type { Scheduler } from '../../../../boards/simulation/scheduler.js'
import { progressWords } from '../../../check/progress/in-words.js'
import { progressOf } from '../../../check/progress/progress-of.js'
import type { RunProgress } from '../../../check/progress/run-progress.js'
import { checkTarget } from '../../../check/run.js'
import { StopSwitch } from '../../../check/stop-switch.js'
import type { CheckResult, KeyedDescription, Report } from '../../../check/types.js'
import { openBench } from '../../../target/simulated-target.js'
import type { LocalizableText } from '../../../text/keyed.js'
import { GuestTime } from '../../guest-time.js'
import { HostTurns } from './host-turns.js'

const BOARD = 'uno'

export interface SuiteRunOptions {
  readonly clock: Scheduler
  readonly seed: number
  /** As `--fault` takes it; empty: nothing is broken. */
  readonly fault: string
  /** A compiled firmware on an emulated controller; left out: the state chart of the firmware. */
  readonly image?: FlashImage | undefined
  /** A layer; empty: all. */
  readonly only: string
  finished(result: CheckResult): void
  ended(report: Report): void
  frame(frame: CableFrame): void
}

/** When a check was under way, in the station’s nanoseconds. */
export interface CheckStretch {
  readonly id: string
  readonly from: number
  /** Undefined: it still is. */
  readonly to: number | undefined
  readonly verdict: CheckResult['verdict'] | undefined
}

export class SuiteRun {
  readonly results: CheckResult[] = []
  report: Report | undefined
  readonly stretches: CheckStretch[] = []
  readonly #options: SuiteRunOptions
  readonly #time: GuestTime
  readonly #turns: HostTurns
  readonly #stop = new StopSwitch()
  readonly #progress: RunProgress
  #underWay: KeyedDescription | undefined
  #failure: { readonly error: unknown } | undefined

  /** Switches the board on at the present instant, and begins. */
  constructor(options: SuiteRunOptions) {
    this.#options = options
    const { clock, seed, fault, image, only } = options
    const broken = { board: BOARD, seed, faults: fault === '' ? [] : [fault] }
    const backend = image === undefined ? 'model' : 'avr'
    const bench = image === undefined ? createBench(broken) : createAvrBench({ ...broken, image })
    bench.cable.onFrame((frame) => options.frame({ ...frame, at: frame.at - this.#time.ahead }))
    this.#time = new GuestTime(clock, bench.lab.clock)
    // What the host has asked for meanwhile, the station does not know of.
    this.#turns = new HostTurns(bench.lab.clock, () => this.#time.do(() => {}))
    const target = openBench(`${backend}:${BOARD}`, bench, backend, {}, this.#turns)
    const chosen = only === '' ? [] : [only]
    this.#progress = progressOf(chosen, target.line.baud)
    const listener = {
      started: (check: KeyedDescription) => this.#started(check),
      finished: (result: CheckResult) => this.#finished(result),
    }
    checkTarget(target, { only: chosen, listener, signal: this.#stop }).then(
      (report) => {
        this.#underWay = undefined
        this.report = report
        void target.close()
        this.#time.stop()
        options.ended(report)
      },
      (error: unknown) => {
        this.#failure = { error }
      },
    )
  }

  /** Something reached the checks, and they have not reacted yet. @throws what the run was ended by, where that was no result */
  get touched(): boolean {
    if (this.#failure !== undefined) throw this.#failure.error
    return this.#turns.touched
  }

  get running(): boolean {
    return this.report === undefined
  }

  get underWay(): KeyedDescription | undefined {
    return this.#underWay
  }

  /** How far it is, in words. */
  get progress(): LocalizableText {
    return progressWords(this.#progress.now)
  }

  /** Checks that there are, and are done. */
  get counts(): { readonly done: number; readonly of: number } {
    return this.#progress.now
  }

  /** Ends it: what was checked by now is reported. */
  interrupt(): void {
    this.#stop.abort()
    this.#turns.touch()
  }

  /** The board is taken away. */
  abandon(): void {
    this.#time.stop()
  }

  #started(check: KeyedDescription): void {
    this.#underWay = check
    this.#progress.started(check.id)
    this.stretches.push({ id: check.id, from: this.#now, to: undefined, verdict: undefined })
  }

  #finished(result: CheckResult): void {
    this.#underWay = undefined
    this.#progress.finished(result)
    this.results.push(result)
    const last = this.stretches.at(-1)
    const { id, verdict } = result
    if (last?.id === id) this.stretches[this.stretches.length - 1] = { ...last, to: this.#now, verdict }
    this.#options.finished(result)
  }

  get #now(): number {
    return this.#options.clock.now
  }
}
