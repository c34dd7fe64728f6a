/** A ladder (sequence diagram) as data: two ends, a box between them, and what passed in the order of time. Instants are nanoseconds. */
import type { SceneThing } from './scene-thing.js'
import type { Told } from './words/told.js'

export type LadderEnd = 'left' | 'right'

/** What became of it at the box. */
export type LadderFate = 'pass' | 'drop' | 'hold' | 'twice' | 'refused'

export interface LadderCopy {
  readonly leavesAt: number
  /** Undefined: it has not arrived. */
  readonly arrivedAt: number | undefined
}

export interface LadderRow extends SceneThing {
  readonly from: LadderEnd
  /** By which the box can be told what is to become of it; undefined: it cannot. */
  readonly number: number | undefined
  /** What stands beside it, the first line bold. */
  readonly lines: readonly (string | Told)[]
  /** Undefined: it was made on the way. */
  readonly sentAt: number | undefined
  /** Undefined: it has not come to the box. */
  readonly boxAt: number | undefined
  readonly fate: LadderFate
  readonly copies: readonly LadderCopy[]
  /** What it goes back to: a number that means something to the station. */
  readonly cause?: number
  /** Beside the matter: drawn faint. */
  readonly faint?: boolean
}

/** Something that happened to an end. */
export interface LadderMark {
  readonly end: LadderEnd
  readonly at: number
  readonly text: string
}

export interface Ladder {
  readonly rows: readonly LadderRow[]
  readonly marks: readonly LadderMark[]
  readonly now: number
  /** The number that the next segment will have. */
  readonly next: number
  /** What the box is told to do, as `segment-plan.ts` writes it. */
  readonly plan: string
}
