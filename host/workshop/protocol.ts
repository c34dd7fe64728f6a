/**
 * What the page and the simulation say to each other: commands in, snapshots out. Plain data, so that either may be in a worker, in a page
 * or in Node. The page never touches a simulated object, and the simulation knows no page.
 */
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
import type { PlainKey, Told } from './words/told.js'

/** Both ends of the protocol are built together; a page that was kept open over a new build finds out. */
export const WORKSHOP_PROTOCOL = 1

/** What changes the course of a run: recorded, and done again in a replay. */
export type StationDeed =
  | { readonly kind: 'set'; readonly name: string; readonly value: string }
  | { readonly kind: 'act'; readonly action: string; readonly argument: string }
  /** A fault as `--fault` takes it; empty: nothing is broken. */
  | { readonly kind: 'break'; readonly fault: string }
  /** A fault drawn from a seed, which the page does not show. */
  | { readonly kind: 'surprise'; readonly seed: number }
  /** Takes up the station's task: the settings and the fault that it asks for. */
  | { readonly kind: 'task' }
  // What counts in a mission
  /** Mends this family of faults, should it be what is broken. */
  | { readonly kind: 'repair'; readonly fault: string }
  /** Puts a probe there. */
  | { readonly kind: 'probe'; readonly probe: string }
  | { readonly kind: 'hint' }

/** A deed, and when it was done: behind so many events, at this instant. */
export interface RecordedDeed {
  readonly executed: number
  readonly at: number
  readonly deed: StationDeed
}

/** What is looked at of the lanes; changes nothing of the run. */
export interface LaneLook {
  /** Bit times from one edge to the other. */
  readonly span: number
  /** The instant at the right edge, ns; left out: now. */
  readonly until?: number
  readonly probes: readonly string[]
}

export interface OpenCommand {
  readonly kind: 'open'
  readonly station: StationName
  readonly seed: number
  readonly settings: SettingValues
  /** Left out: nothing. */
  readonly fault?: string
  readonly record?: readonly RecordedDeed[]
  /** Goes on by itself up to this instant, ns, and stands there. */
  readonly until?: number
  /** Behind so many events; left out: all that are due by then. */
  readonly untilExecuted?: number
  /** A mission by its name or number: then its station, its settings, and a fault that the seed draws. */
  readonly mission?: string
}

export type WorkshopCommand =
  | OpenCommand
  | { readonly kind: 'do'; readonly deed: StationDeed }
  | { readonly kind: 'play' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'step'; readonly unit: StepUnit }
  /** Bits a second of wall time; 0: as fast as it goes. */
  | { readonly kind: 'speed'; readonly bitsPerSecond: number }
  | { readonly kind: 'look'; readonly look: LaneLook }
  | { readonly kind: 'bookmark' }
  | { readonly kind: 'back'; readonly to: number }
  /** All that was done, done again from the beginning up to now, with a setting as if it had been so all along. */
  | { readonly kind: 'rerun'; readonly name: string; readonly value: string }
  /** The station anew, as it is set: what was broken stays broken. */
  | { readonly kind: 'restart' }
  /** The station as it is when it is first opened. */
  | { readonly kind: 'reset' }
  | { readonly kind: 'hint' }
  | { readonly kind: 'reveal' }
  /** A file of the learner's: it is kept under its name and what is in it, and the station's action `load` is called with it. */
  | { readonly kind: 'file'; readonly name: string; readonly octets: Uint8Array }

/** A stretch of a lane with a meaning, in nanoseconds from the lane's left edge. */
export interface LaneMark {
  readonly from: number
  readonly to: number
  readonly text: string | Told
  /** Where that has no room. */
  readonly short?: string
  readonly wrong?: boolean
  /** Is drawn faint: what is usual. */
  readonly faint?: boolean
}

export interface LaneRow {
  readonly name: Told
  readonly marks: readonly LaneMark[]
  /** Levels rather than words: each mark is drawn high (text `1`) or low. */
  readonly samples?: boolean
}

/** What a receiver makes of a voltage: drawn behind the trace. */
export interface LaneBand {
  readonly from: number
  readonly to: number
  readonly text: Told
  readonly undefined?: boolean
}

export interface Lane {
  readonly id: string
  readonly title: Told
  readonly colour: LaneColour
  /** Corners of the trace: nanoseconds from the left edge and volts, in turns. Empty: there is no voltage, but only rows. */
  readonly points: Float64Array
  readonly bands: readonly LaneBand[]
  readonly rows: readonly LaneRow[]
  /** The same in a sentence. */
  readonly told: Told
}

export type LaneColour = 'pin' | 'connector' | 'far' | 'other'

export type PaceState = 'paused' | 'running' | 'resting' | 'replaying'

export interface LoggedSentence {
  readonly at: number
  readonly told: Told
  readonly wrong: boolean
}

export interface TaskState {
  /** It was taken up, and what it asks for was done. */
  readonly taken: boolean
  readonly solved: boolean
  /** Hints that were asked for, of how many. */
  readonly hints: readonly Told[]
  readonly hintsLeft: number
}

/** How far a mission is. */
export interface MissionState {
  readonly name: string
  /** From 1. */
  readonly number: number
  readonly title: PlainKey
  readonly text: PlainKey
  readonly spent: number
  readonly budget: number
  readonly repairs: number
  readonly hints: number
  /** Messages that arrived whole, one after the other, of how many it takes. */
  readonly whole: number
  readonly wanted: number
  /** As it was solved, or as it is now. */
  readonly result: MissionResult
}

/** What a learner hands in: with the seed and what was done, it plays again. */
export interface MissionResult {
  readonly mission: string
  readonly seed: number
  readonly solved: boolean
  /** Messages sent, probes put somewhere, repairs tried. */
  readonly spent: number
  readonly budget: number
  readonly repairs: number
  readonly hints: number
  /** Virtual nanoseconds, and events by then. */
  readonly at: number
  readonly executed: number
  /** Of everything that happened by then. */
  readonly hash: string
  readonly record: readonly RecordedDeed[]
}

export interface BookmarkState {
  readonly at: number
}

export interface WorkshopSnapshot {
  readonly kind: 'snapshot'
  readonly version: number
  readonly station: StationName
  readonly seed: number
  readonly now: number
  /** Nanoseconds a bit. */
  readonly bitTime: number
  readonly executed: number
  /** Of everything that happened so far. */
  readonly hash: string
  readonly pace: PaceState
  readonly bitsPerSecond: number
  readonly settings: SettingValues
  /** What is broken; `?`: something, and the page does not know what. */
  readonly fault: string
  readonly look: LaneLook
  /** The lanes' left and right edges, ns. */
  readonly from: number
  readonly to: number
  readonly lanes: readonly Lane[]
  readonly scene: Scene
  readonly log: readonly LoggedSentence[]
  readonly task: TaskState
  /** Undefined in free play. */
  readonly mission: MissionState | undefined
  readonly bookmarks: readonly BookmarkState[]
  readonly record: readonly RecordedDeed[]
  /** What the station began with; `record` goes on from there. */
  readonly opened: { readonly settings: SettingValues; readonly fault: string }
  /** Why the last command was not done. */
  readonly refused: Told | undefined
}

/** As a page is given it. */
export interface PageSnapshot extends WorkshopSnapshot {
  /** Of the commands that were sent, the first so many have been carried out, or refused. */
  readonly done: number
}

/** What a fault can be told. */
export type FaultParameterDescription = { readonly name: string; readonly default: string } & (
  | { readonly choices: readonly string[] }
  | { readonly min: number; readonly max: number; readonly unit: string }
)

export interface FaultDescription {
  readonly name: string
  readonly parameters: readonly FaultParameterDescription[]
}

/** What a station can be asked for: sent once, when it is opened. */
export interface StationDescription {
  readonly kind: 'described'
  readonly name: StationName
  readonly settings: readonly WorkshopSetting[]
  readonly actions: readonly WorkshopAction[]
  readonly probes: readonly WorkshopProbe[]
  readonly faults: readonly FaultDescription[]
  readonly task: StationTask
  readonly repairs: boolean
  readonly steps: readonly StepUnit[]
  readonly speeds: readonly number[]
  readonly spans: readonly number[]
}

/** The simulation met a fault of ours: it stands, and the page offers to begin anew. */
export interface SimulationFailed {
  readonly kind: 'failed'
  readonly message: string
  readonly stack: string
}

export type WorkshopMessage = StationDescription | PageSnapshot | SimulationFailed
