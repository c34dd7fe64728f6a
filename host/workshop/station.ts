/**
 * A station of the workshop: what can be set, broken, probed and asked for, as data, and what runs. No markup: the page draws the
 * scene, tests and the terminal read the same one.
 */
import type { SeededRandom } from '../../boards/simulation/random.js'
import type { Scheduler } from '../../boards/simulation/scheduler.js'
import type { Lane } from './protocol.js'
import type { Scene } from './scene.js'
import type { StationName } from './station-names.js'
import type {
  SettingValues,
  StationTask,
  StepUnit,
  WorkshopAction,
  WorkshopProbe,
  WorkshopSetting,
} from './station-parts.js'
import type { Told } from './words/told.js'

/** What a station is given to run in. */
export interface StationSurroundings {
  readonly clock: Scheduler
  readonly random: SeededRandom
  /** What `random` draws from. */
  readonly seed: number
  /** Says what happened, as a sentence. */
  log(told: Told, wrong?: boolean): void
  /** Something happened that the trace keeps and nobody reads. */
  trace(what: string): void
  readonly settings: SettingValues
  /** As `--fault` takes it; empty: nothing. */
  readonly fault: string
  /** What a person has given the page by this name; undefined where this run has no such file. */
  file(name: string): Uint8Array | undefined
  /** Of a mission: only what is sent with these settings counts as a message that arrived; left out: whatever is sent. */
  readonly asked?: SettingValues
}

/** What is looked at, ns. */
export interface LaneWindow {
  readonly from: number
  readonly to: number
}

export interface RunningStation {
  /** Nanoseconds a bit, at present. */
  readonly bitTime: number
  /** The instant from which nothing is under way and nothing will come by itself; undefined while that is not known. */
  readonly quietFrom: number | undefined
  /** Nothing is to be seen until something comes by itself, such as the end of a wait: up to there time passes at once, at any pace. */
  readonly silent?: boolean
  /** Something that is written in promises was reached, and has not reacted yet: no event happens before the event loop has turned. */
  readonly touched?: boolean
  /** Takes other settings, or another fault. */
  apply(settings: SettingValues, fault: string): void
  act(action: string, argument: string): void
  /** How many of a unit there have been: a step ends when there is one more. */
  count(unit: StepUnit): number
  /** @param hidden what is broken is to be found: the scene shows what eyes and instruments show, and does not say it */
  scene(hidden: boolean): Scene
  lane(probe: string, window: LaneWindow): Lane | undefined
  /** Whether what was measured since the task was taken up solves it. */
  solves(): boolean
  /** The task was taken up now. */
  beginTask(): void
  /** Messages that arrived as they were sent, one after the other; undefined at a station without missions. */
  readonly wholeInARow?: number
}

export interface WorkshopStation {
  readonly name: StationName
  readonly settings: readonly WorkshopSetting[]
  readonly actions: readonly WorkshopAction[]
  readonly probes: readonly WorkshopProbe[]
  /** Names of fault families, the order is that of the page. */
  readonly faults: readonly string[]
  readonly task: StationTask
  /** What is hidden is repaired by its name, as in a mission, and not mended unseen. */
  readonly repairs?: true
  readonly steps: readonly StepUnit[]
  /** Bits a second, from the slowest; behind them, as fast as it goes. */
  readonly speeds: readonly number[]
  /** The speed and the width of the lanes (bit times) to begin with. */
  readonly speed: number
  readonly span: number
  readonly spans: readonly number[]
  run(surroundings: StationSurroundings): RunningStation
}

/** Each at its default, but for those that are given and can be. */
export function settled(station: WorkshopStation, given: SettingValues): SettingValues {
  return Object.fromEntries(
    station.settings.map((setting) => [setting.name, acceptable(setting, given[setting.name]) ?? setting.default]),
  )
}

/** The value as it is kept; undefined where it can be none. */
export function acceptable(setting: WorkshopSetting, value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  if (setting.kind === 'choice') return setting.choices.includes(value) ? value : undefined
  if (setting.kind === 'text') {
    if (setting.pattern !== undefined && !new RegExp(`^(?:${setting.pattern})$`).test(value)) return undefined
    return [...value].length <= setting.longest ? value : undefined
  }
  const number = Number(value)
  if (value.trim() === '' || !Number.isFinite(number)) return undefined
  return number < setting.min || number > setting.max ? undefined : `${number}`
}
