/** Holds a run against what is expected of it: texts, and the steps of a scenario. Ends it as soon as it is decided. */
import { SECOND } from '../../../firmware/hal/clock.js'
import { LabLog } from '../../expect/lab-log.js'
import type { Circuit } from '../scenario/diagram.js'
import { checkScenario, playScenario, type StepResult } from '../scenario/play.js'
import type { Scenario } from '../scenario/scenario.js'
import type { Run } from './runner.js'
import { type Expectation, expectationOf, TextWatch } from './verdict.js'

export interface JudgeOptions {
  readonly run: Run
  readonly scenario: Scenario | undefined
  readonly circuit: Circuit | undefined
  readonly expected: readonly string[]
  readonly forbidden: readonly string[]
  /** Virtual nanoseconds after which it is too late. */
  readonly deadline: number
}

/** Something that was expected, as it is decided. */
export type Decided = (name: string, verdict: StepResult['verdict'], reason: string) => void

export class RunJudge {
  readonly #options: JudgeOptions
  readonly #texts: TextWatch
  readonly log: LabLog
  /** What is decided. */
  readonly expectations: Expectation[] = []
  /** Undefined while it is not decided. */
  status: 0 | 1 | 4 | undefined
  #played: boolean
  #failure: unknown

  /** @throws FileProblem for a scenario that names what is not there */
  constructor(options: JudgeOptions) {
    this.#options = options
    const { run, scenario, circuit } = options
    this.log = new LabLog(run.lab)
    this.#texts = new TextWatch(options.expected, options.forbidden)
    this.#played = scenario === undefined
    if (scenario !== undefined) checkScenario(scenario, { lab: run.lab, sketches: run.sketches, circuit })
  }

  /** Something must happen for the run to be well. */
  get expects(): boolean {
    return this.#options.scenario !== undefined || this.#options.expected.length > 0
  }

  /** Watches and plays from now on. */
  start(decided: Decided): void {
    const { run, scenario, circuit, deadline } = this.#options
    for (const { name, serial } of run.sketches) serial.onText((text) => this.#hear(name, text, decided))
    if (scenario === undefined) return
    const stage = {
      lab: run.lab,
      log: this.log,
      sketches: run.sketches,
      peer: run.bench.peer,
      circuit,
      deadline,
    }
    const told = (result: StepResult) => {
      this.expectations.push(expectationOf(result))
      decided(
        `${scenario.file}:${result.step.line}:${result.step.column} ${result.step.words}`,
        result.verdict,
        result.reason ?? '',
      )
    }
    playScenario(scenario, stage, told).then(
      (verdict) => {
        this.#played = verdict === 'met'
        if (verdict === 'met') this.#maybeMet()
        else this.#decide(verdict === 'late' ? 4 : 1)
      },
      (error: unknown) => {
        this.#failure = error
        run.stop()
      },
    )
  }

  /**
   * The run is over. @param interrupted somebody ended it before its time
   * @returns the exit status
   * @throws what went wrong while the scenario was played
   */
  end(decided: Decided): 0 | 1 | 4 {
    if (this.#failure !== undefined) throw this.#failure
    if (this.status !== undefined) return this.status
    const late = this.#options.run.lab.now >= this.#options.deadline
    for (const text of this.#texts.missing) {
      this.#record(`expect ${JSON.stringify(text)}`, late ? 'late' : 'unmet', 'it was not printed', decided)
    }
    this.status = late ? 4 : this.#texts.missing.size > 0 || !this.#played ? 1 : 0
    return this.status
  }

  #record(name: string, verdict: Expectation['verdict'], reason: string, decided: Decided): void {
    this.expectations.push({ name, verdict, seconds: this.#options.run.lab.now / SECOND, reason })
    decided(name, verdict, reason)
  }

  #hear(who: string, text: string, decided: Decided): void {
    if (this.status !== undefined) return
    const { met, forbidden } = this.#texts.take(who, text)
    for (const each of met) {
      this.#record(`expect ${JSON.stringify(each)}`, 'met', '', decided)
    }
    if (forbidden !== undefined) {
      this.#record(`fail ${JSON.stringify(forbidden)}`, 'unmet', 'it was printed', decided)
      this.#decide(1)
      return
    }
    if (met.length > 0) this.#maybeMet()
  }

  #maybeMet(): void {
    if (this.expects && this.#played && this.#texts.missing.size === 0) this.#decide(0)
  }

  #decide(status: 0 | 1 | 4): void {
    this.status ??= status
    this.#options.run.stop()
  }
}
