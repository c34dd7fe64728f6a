/**
 * How far a run is, and how long it will yet take. What a check waits and what it says on the line is known from a simulated board
 * (`cost-data.ts`); how long both take here is learned from the checks that are done: in virtual time waiting costs next to nothing, and a
 * busy computer is slow to speak and waits no longer.
 */
import { SECOND } from '../../../firmware/hal/clock.js'
import type { Monotonic } from '../../event-loop.js'
import type { CheckId } from '../figures/all.js'
import type { Check, CheckResult } from '../types.js'
import { type Cost, costOf, NOTHING, sumOf, total } from './cost.js'

/** Square seconds: as much as measured, the belief weighs that everything takes what it should. */
const PRIOR_SQUARE_SECONDS = 0.02

/** What a second of either kind takes here: least squares over what was measured, drawn towards 1. */
class CostScale {
  #ww = PRIOR_SQUARE_SECONDS
  #ws = 0
  #ss = PRIOR_SQUARE_SECONDS
  #wt = PRIOR_SQUARE_SECONDS
  #st = PRIOR_SQUARE_SECONDS

  learn({ waited, spoken }: Cost, took: number): void {
    this.#ww += waited * waited
    this.#ws += waited * spoken
    this.#ss += spoken * spoken
    this.#wt += waited * took
    this.#st += spoken * took
  }

  seconds({ waited, spoken }: Cost): number {
    const determinant = this.#ww * this.#ss - this.#ws * this.#ws
    const perWaited = Math.max(0, (this.#wt * this.#ss - this.#st * this.#ws) / determinant)
    const perSpoken = Math.max(0, (this.#st * this.#ww - this.#wt * this.#ws) / determinant)
    return perWaited * waited + perSpoken * spoken
  }
}

/** The check whose time `soakSeconds` is. */
export const WATCHES: CheckId = 'network.steady'

/** Before so much of a run is done, nothing is said of what is left. */
const TOO_SOON = 0.05

export interface Progress {
  /** Of the checks that are reported; the one that is under way is the next. */
  readonly done: number
  readonly of: number
  /** Undefined while that is a guess. */
  readonly secondsLeft: number | undefined
}

type PlannedCheck = Pick<Check<never>, 'id' | 'needs'>

export interface RunProgressOptions {
  /** In running order, with those that are not reported. */
  readonly toRun: readonly PlannedCheck[]
  /** Identifiers of those that are reported. */
  readonly asked: ReadonlySet<string>
  /** Symbols a second. */
  readonly baud: number
  /** For how long chip and link are watched at the end, at least. */
  readonly soakSeconds?: number
  /** What a person's time is. */
  readonly now: Monotonic
}

export class RunProgress {
  readonly #options: RunProgressOptions
  readonly #costs: ReadonlyMap<string, Cost>
  readonly #scale = new CostScale()
  /** Place in the run of what is under way. */
  #at = 0
  #since: number
  #done = 0
  /** Of checks that tell something: what was expected. */
  #reckoned = 0
  /** Checks that will be skipped, because something that they need failed. */
  readonly #lost = new Set<string>()

  constructor(options: RunProgressOptions) {
    this.#options = options
    this.#since = options.now()
    this.#costs = new Map(options.toRun.map(({ id }) => [id, this.#costOf(id)]))
  }

  #costOf(id: string): Cost {
    const { baud, soakSeconds = 0 } = this.#options
    const cost = costOf(id, baud)
    return id === WATCHES ? { ...cost, waited: Math.max(cost.waited, soakSeconds) } : cost
  }

  started(id: string): void {
    // What stands before it was run in silence.
    this.#come(this.#placeOf(id), true)
    this.#lost.delete(id)
  }

  finished({ id, verdict }: Pick<CheckResult, 'id' | 'verdict'>): void {
    // What fails may have waited in vain, and what is skipped takes no time: neither says how quick this board is.
    this.#come(this.#placeOf(id) + 1, verdict === 'pass' || verdict === 'warn')
    if (this.#options.asked.has(id)) this.#done++
    if (verdict === 'fail' || verdict === 'skip') this.#lose(id)
  }

  get now(): Progress {
    const { toRun, asked, now } = this.#options
    const left = toRun.slice(this.#at).filter(({ id }) => !this.#lost.has(id))
    const [current] = left
    const passed = (now() - this.#since) / SECOND
    const underWay = current === undefined ? 0 : Math.min(passed, this.#scale.seconds(this.#sum([current])))
    const soon = this.#reckoned < TOO_SOON * total(this.#sum(toRun))
    return {
      done: this.#done,
      of: asked.size,
      secondsLeft: soon ? undefined : this.#scale.seconds(this.#sum(left)) - underWay,
    }
  }

  #placeOf(id: string): number {
    const { toRun } = this.#options
    const place = toRun.findIndex((check) => check.id === id)
    if (place < 0) throw new RangeError(`${id} is not in this run`)
    return place
  }

  /** What was before `place` is done. */
  #come(place: number, tells: boolean): void {
    const now = this.#options.now()
    if (tells && place > this.#at) {
      const cost = this.#sum(this.#options.toRun.slice(this.#at, place).filter(({ id }) => !this.#lost.has(id)))
      this.#scale.learn(cost, (now - this.#since) / SECOND)
      this.#reckoned += total(cost)
    }
    this.#at = place
    this.#since = now
  }

  #sum(checks: readonly PlannedCheck[]): Cost {
    return sumOf(checks.map(({ id }) => this.#costs.get(id) ?? NOTHING))
  }

  #lose(id: string): void {
    this.#lost.add(id)
    for (const check of this.#options.toRun)
      if (check.needs.includes(id) && !this.#lost.has(check.id)) this.#lose(check.id)
  }
}
