/** A mission under way: what the seed has broken, what was spent, and what a learner hands in. */
import { SeededRandom } from '../../../boards/simulation/random.js'
import type { MissionResult, MissionState, RecordedDeed } from '../protocol.js'
import type { Opening } from '../rerun.js'
import type { Mission } from './mission.js'
import { MISSIONS } from './missions.js'

/** Where a run is, and what was done by then. */
export interface MissionInstant {
  readonly at: number
  readonly executed: number
  readonly hash: string
  readonly record: readonly RecordedDeed[]
  readonly whole: number
}

export class MissionRun {
  readonly mission: Mission
  readonly seed: number
  /** What is broken, as `--fault` takes it. */
  readonly fault: string
  #spent = 0
  #repairs = 0
  #hints = 0
  #solvedAt: MissionInstant | undefined

  constructor(mission: Mission, seed: number) {
    this.mission = mission
    this.seed = seed
    this.fault = mission.faults[new SeededRandom(seed).fork(`mission ${mission.name}`).below(mission.faults.length)]
  }

  /** What its station begins with. */
  get opening(): Opening {
    return { settings: this.mission.settings, fault: this.fault }
  }

  get spent(): number {
    return this.#spent
  }

  get hints(): number {
    return this.#hints
  }

  /** From the beginning: the same is broken, and nothing is spent. */
  reset(): void {
    this.#spent = 0
    this.#repairs = 0
    this.#hints = 0
    this.#solvedAt = undefined
  }

  spend(): void {
    if (this.#solvedAt === undefined) this.#spent++
  }

  takeHint(): void {
    if (this.#solvedAt === undefined) this.#hints = Math.min(this.#hints + 1, this.mission.hints.length)
  }

  /** Something was repaired, broken or not. */
  countRepair(): void {
    this.spend()
    if (this.#solvedAt === undefined) this.#repairs++
  }

  /** @returns whether it is solved from now on */
  judge(instant: MissionInstant): boolean {
    if (this.#solvedAt !== undefined || instant.whole < this.mission.whole) return false
    this.#solvedAt = instant
    return true
  }

  state(now: MissionInstant): MissionState {
    const { name, title, text, budget, whole } = this.mission
    const shown = this.#solvedAt ?? now
    return {
      ...{ name, number: MISSIONS.indexOf(this.mission) + 1, title, text, budget },
      spent: this.#spent,
      repairs: this.#repairs,
      hints: this.#hints,
      whole: Math.min(shown.whole, whole),
      wanted: whole,
      result: this.#result(shown),
    }
  }

  #result({ at, executed, hash, record }: MissionInstant): MissionResult {
    return {
      mission: this.mission.name,
      seed: this.seed,
      solved: this.#solvedAt !== undefined,
      spent: this.#spent,
      budget: this.mission.budget,
      repairs: this.#repairs,
      hints: this.#hints,
      ...{ at, executed, hash, record },
    }
  }
}
