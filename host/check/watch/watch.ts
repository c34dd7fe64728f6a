/**
 * A target that is checked again and again, and what changes from one round to the next: for somebody who wiggles a cable. The target
 * stays open, for opening a port resets many a board. Each round opens a session of its own and gives the chip back, so that nothing is
 * left changed by an end at any moment.
 */
import { SECOND } from '../../../firmware/hal/clock.js'
import type { Target } from '../../target/target.js'
import { CHECKS } from '../check-list.js'
import {
  type CauseDifference,
  changedReason,
  type FigureDifference,
  figureDifference,
  namedMeasurements,
  type VerdictDifference,
} from '../compare/differences.js'
import type { KnownRate } from '../context.js'
import { diagnose } from '../diagnosis/diagnose.js'
import { ReadResults } from '../diagnosis/features/results.js'
import { RATE } from '../figures/serial.js'
import { isStranger } from '../port-occupant.js'
import { type CheckOptions, checkTarget } from '../run.js'
import { howCutShort } from '../runner.js'
import { selectChecks } from '../select.js'
import type { CheckResult, Diagnosis, Report } from '../types.js'
import { FigureHistory } from './figure-history.js'
import { checksToRepeat } from './rounds.js'

/** When something was found to be otherwise: seconds since the watch began, on the target's clock. */
interface Timed {
  readonly at: number
}

export type VerdictChange = Timed & VerdictDifference
/** `back` where it returned to what it had been. */
export type FigureChange = Timed & Omit<FigureDifference, 'why'> & { readonly back: boolean }
export type CauseChange = Timed & CauseDifference

export interface RoundChanges {
  readonly verdicts: readonly VerdictChange[]
  readonly figures: readonly FigureChange[]
  readonly causes: readonly CauseChange[]
}

/** Called for each change as soon as it is known. */
export interface WatchListener {
  verdict?(change: VerdictChange): void
  figure?(change: FigureChange): void
  cause?(change: CauseChange): void
}

export interface WatchedRound {
  /** From 1 on. */
  readonly number: number
  /** Seconds since the watch began. */
  readonly from: number
  readonly to: number
  /** Of the checks of this round. */
  readonly report: Report
  readonly changes: RoundChanges
  /** The run was ended from outside in its course. */
  readonly interrupted: boolean
}

/** A cause has come when it is at least as likely, and has gone when it is less likely than the other: it does not come and go by chance. */
const COME = 0.3
const GONE = 0.15

/** What a check came to in the first round that was only run for others, and not reported. */
const SILENT = { verdict: 'pass', reason: '' } as const

export class Watch {
  readonly #listener: WatchListener
  #rounds = 0
  /** What a check last came to that was made. */
  readonly #results = new Map<string, Pick<CheckResult, 'verdict' | 'reason' | 'keyed'>>()
  readonly #histories = new Map<string, FigureHistory>()
  #causes = new Map<string, number>()
  /** Of rounds after the first; undefined before that is whole. */
  #repeated: readonly string[] | undefined
  #known: KnownRate | undefined

  constructor(listener: WatchListener = {}) {
    this.#listener = listener
  }

  /** Rounds that were whole. */
  get rounds(): number {
    return this.#rounds
  }

  /** Identifiers of the checks that each further round has, with those that they stand on; undefined before the first was whole. */
  get repeated(): readonly string[] | undefined {
    return this.#repeated
  }

  /**
   * One round: the first has the checks of `only`, or all; those behind it these again and what they stand on, or of all those that are
   * quick.
   * @param began when the watch began, ns on the target's clock
   * @throws as `checkTarget`
   */
  async round(target: Target, options: CheckOptions, began = 0): Promise<WatchedRound> {
    const number = this.#rounds + 1
    const now = (): number => (target.clock.now - began) / SECOND
    const from = now()
    const verdicts: VerdictChange[] = []
    const figures: FigureChange[] = []
    const causes: CauseChange[] = []
    const { listener, only = [] } = options
    const seconds = new Map<string, number>()
    let started = from
    const report = await checkTarget(
      // Each round draws anew: what is sent, and the number of its session.
      number === 1 ? target : { ...target, random: target.random.fork(`round ${number}`) },
      {
        ...options,
        only: this.#repeated ?? only,
        ...(this.#known === undefined || asksForRate(only) ? {} : { known: this.#known }),
        listener: {
          started: (check) => {
            started = now()
            listener?.started?.(check)
          },
          finished: (result) => {
            listener?.finished?.(result)
            const at = now()
            // Once the rate is known it is not measured again.
            if (result.id !== RATE.answered.check) seconds.set(result.id, at - started)
            const changed = this.#judge(result, at)
            if (changed !== undefined) verdicts.push(changed)
            else if (number > 1) figures.push(...this.#measure(result, at))
          },
        },
      },
    )
    const interrupted = howCutShort(report.checks) !== undefined
    if (!interrupted) {
      if (number === 1) this.#begin(report, only, seconds)
      else causes.push(...this.#blame(report.diagnosis, now()))
      this.#rounds = number
    }
    return { number, from, to: now(), report, changes: { verdicts, figures, causes }, interrupted }
  }

  /** After the first round: what is repeated, and what is known by then. */
  #begin({ checks, diagnosis, occupant }: Report, only: readonly string[], seconds: ReadonlyMap<string, number>): void {
    // What they stand on is reported as well: it may be what a hand has touched.
    this.#repeated =
      only.length > 0 ? selectChecks(CHECKS, only).toRun.map(({ id }) => id) : checksToRepeat(CHECKS, checks, seconds)
    const repeated = new Set(this.#repeated)
    for (const id of this.#repeated) if (!this.#results.has(id)) this.#results.set(id, SILENT)
    const read = new ReadResults(checks)
    const [answered, measured] = [read.value(RATE.answered), read.value(RATE.measured)]
    this.#known = {
      ...(answered === undefined ? {} : { answered }),
      ...(measured === undefined ? {} : { measured }),
    }
    // What the checks of a round say by themselves: fewer of them leave more causes open. Who is known to be at the port is so in each round.
    const same = checks.filter(({ id }) => repeated.has(id))
    const said = isStranger(occupant) ? diagnosis : diagnose(same, { occupant }).diagnosis
    for (const { cause, confidence } of said) if (confidence >= COME) this.#causes.set(cause, confidence)
  }

  /** A check that was skipped has said nothing: what it stands on has, or this computer was too busy. */
  #judge(result: CheckResult, at: number): VerdictChange | undefined {
    if (result.verdict === 'skip') return undefined
    const before = this.#results.get(result.id)
    this.#results.set(result.id, result)
    if (before === undefined || before.verdict === result.verdict) return undefined
    const { id, title, verdict } = result
    const change = { at, check: id, title, from: before.verdict, to: verdict, ...changedReason(before, result) }
    this.#listener.verdict?.(change)
    return change
  }

  /**
   * The figures of a check that failed say what its reason does. Followed are those that it is made for, the first and those with a
   * limit: others say how it was made.
   */
  #measure(result: CheckResult, at: number): FigureChange[] {
    if (result.verdict === 'skip' || result.verdict === 'fail') return []
    return namedMeasurements(result).flatMap(([name, measurement], index) => {
      if (index > 0 && measurement.min === null && measurement.max === null) return []
      const key = `${result.id} ${name}`
      const history = this.#histories.get(key) ?? new FigureHistory()
      this.#histories.set(key, history)
      const move = history.take(measurement)
      if (move === undefined) return []
      const { from, to, ratio } = figureDifference(
        result.id,
        { ...measurement, value: move.from },
        measurement,
        'scatter',
      )
      const change = { at, check: result.id, from, to, ratio, back: move.back }
      this.#listener.figure?.(change)
      return [change]
    })
  }

  #blame(diagnosis: readonly Diagnosis[], at: number): CauseChange[] {
    const chances = new Map(diagnosis.map(({ cause, confidence }) => [cause, confidence]))
    const stayed = new Map<string, number>()
    const changes: CauseChange[] = []
    const tell = (cause: string, from: number | null, to: number | null): void => {
      const change = { at, cause, from, to }
      changes.push(change)
      this.#listener.cause?.(change)
    }
    for (const [cause, from] of this.#causes) {
      const to = chances.get(cause) ?? null
      if (to === null || to < GONE) tell(cause, from, to)
      else stayed.set(cause, to)
    }
    for (const [cause, to] of chances) {
      if (stayed.has(cause) || to < COME) continue
      tell(cause, this.#causes.get(cause) ?? null, to)
      stayed.set(cause, to)
    }
    this.#causes = stayed
    return changes
  }
}

/** The rate is measured in each round where somebody wants to see just that. */
function asksForRate(only: readonly string[]): boolean {
  return only.includes('serial.rate') || only.includes('serial')
}
