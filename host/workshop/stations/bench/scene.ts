/** What the bench shows. */
import type { CheckLayer, CheckResult, Report, Verdict } from '../../../check/types.js'
import type { LocalizableText } from '../../../text/keyed.js'
import type { SceneThing } from '../../scene-thing.js'
import type { Told } from '../../words/told.js'

/** A part of the way from this computer to the partner, as a layer of checks has it. */
export interface SceneCheckLayer extends SceneThing {
  readonly layer: CheckLayer
  /** `open`: none of its checks was run yet; `runs`: one is under way. */
  readonly state: Verdict | 'open' | 'runs'
}

export interface SceneSuite {
  /** Counts the runs: another report is another number. */
  readonly number: number
  readonly running: boolean
  readonly done: number
  readonly of: number
  /** How far it is, in the words of the command line; undefined when it is over. */
  readonly progress: LocalizableText | undefined
  /** What is under way. */
  readonly title: LocalizableText | undefined
  /** While it runs; then they are in the report. */
  readonly results: readonly CheckResult[]
  readonly report: Report | undefined
  /** The board was changed since. */
  readonly stale: boolean
}

/** A rule that a program broke. */
export interface SceneFinding {
  readonly id: string
  /** The station’s nanoseconds, the first time. */
  readonly at: number
  readonly count: number
  /** In hexadecimal; empty where it was no octet. */
  readonly octets: string
  readonly rule: Told
  readonly source: string
}

/** A program that a person gave. */
export interface SceneOwnProgram {
  readonly file: string
  readonly format: 'hex' | 'elf'
  /** Octets of flash that it takes. */
  readonly octets: number
  readonly running: boolean
  readonly said: string
  readonly saidOctets: number
  readonly baud: number
  readonly findings: readonly SceneFinding[]
}

export interface BenchScene {
  readonly kind: 'bench'
  readonly layers: readonly SceneCheckLayer[]
  readonly suite: SceneSuite | undefined
  readonly program: SceneOwnProgram | undefined
  /** Why the last file that was given cannot be used; `message` in English. */
  readonly refused: { readonly file: string; readonly message: string } | undefined
  readonly things: readonly SceneThing[]
}
