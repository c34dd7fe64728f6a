/**
 * What a check is, and the document a check run ends in. Every report format (text, JSON, JUnit, TAP, HTML) is a view of
 * this one document, and the diagnosis reads nothing else, so a stored report can be diagnosed again.
 */
import type { LocalizableText } from '../text/keyed.js'
import type { Figure } from './figure.js'
import type { CheckView } from './view.js'

/** From the line upwards: the order in which checks run, and in which a report lists them. */
export const LAYERS = ['serial', 'spi', 'chip', 'phy', 'mac', 'network'] as const
export type CheckLayer = (typeof LAYERS)[number]

export type Verdict = 'pass' | 'warn' | 'fail' | 'skip'

/** One figure, its unit and its limits. A limit that is open is null; a figure that could not be taken is null. */
export interface Measurement {
  /** The figure's, in English. */
  readonly name: string
  readonly value: number | null
  /** SI symbol, `%`, or empty for a count or a register. */
  readonly unit: string
  readonly min: number | null
  readonly max: number | null
  /** What was measured. Not part of the document, which has its name. */
  readonly figure?: Figure
}

/** What a check found. Without `verdict` the limits decide: a figure outside its limits is a failure. */
export interface Outcome {
  readonly measurements: readonly Measurement[]
  readonly verdict?: Verdict
  /** One sentence: what is wrong, or why there was nothing to measure. */
  readonly reason?: LocalizableText
  /** Where it fails, checks that need it are run all the same: the damage lets part of the answers through. */
  readonly goesOn?: boolean
}

/** What can be said of a check without running it (`check --list`). */
export interface CheckDescription {
  /** `layer.name`, stable: scripts, reports and `--only` use it. */
  readonly id: string
  readonly layer: CheckLayer
  readonly title: string
  /** The clause the limit comes from. */
  readonly reference: string
}

/** What a check's time is: its own, or the run's from its beginning, where its figures are sums of that. */
export type TimedBy = 'check' | 'run'

export interface Check<Context, Id extends string = string> extends KeyedDescription {
  readonly id: Id
  /** Checks that must not have failed for this one to mean anything. */
  readonly needs: readonly Id[]
  /** Checks that run before it, whatever comes of them. */
  readonly after?: readonly Id[]
  /** It says what a hand on a wire, a plug or a supply has changed: it is repeated in each round of a watch, always or where it is quick. */
  readonly watched?: 'always' | 'quick'
  /** It has limits in time, or loses what comes too late: of a computer that was kept busy it says nothing about the board. */
  readonly timed?: TimedBy
  /** It says what has been since the run began, or makes what the others stand on: a second time would say the same, and is not tried. */
  readonly once?: true
  run(context: Context): Promise<Outcome>
}

/** What a check is, for a language: its title. */
export interface KeyedDescription extends CheckDescription {
  /** Not part of the document. */
  readonly keyed?: { readonly title: LocalizableText }
}

/** What a check that had failed came to at the end of the run. */
export type SecondResult = Pick<CheckResult, 'verdict' | 'measurements'>

export interface CheckResult extends KeyedDescription {
  readonly verdict: Verdict
  readonly measurements: readonly Measurement[]
  /** Empty when there is nothing to add to the verdict. */
  readonly reason: string
  /** Where it failed, and was run once more at the end. */
  readonly again?: SecondResult
  /** The same, for another language. Not part of the document. */
  readonly keyed?: { readonly title: LocalizableText; readonly reason: LocalizableText }
}

export interface Diagnosis {
  /** A fault name, as in `linkpulse faults`, or `unknown`; in a stored report it may be one that another version knew. */
  readonly cause: string
  /** The probability that it is this, or one of its class: causes that exclude each other come to 1 at most. */
  readonly confidence: number
  /** The cause, and those that nothing in this report tells from it; likeliest first. */
  readonly class: readonly string[]
  /** Where to look: on the board, the chip, a wire or cable, the partner, this computer; in a stored report as it was written. */
  readonly side: string
  readonly evidence: readonly string[]
  readonly remedy: string
  /** The same, for another language. Not part of the document. */
  readonly keyed?: { readonly evidence: readonly LocalizableText[]; readonly remedy: LocalizableText }
}

/** What was measured and the best explanation does not predict. */
export interface Unexplained {
  /** Identifier of the check. */
  readonly check: string
  readonly what: string
  /** The same, for another language. Not part of the document. */
  readonly keyed?: { readonly what: LocalizableText }
}

/** What would tell most about the causes that are left. */
export interface NextMeasurement {
  /** Another check, one of these once more, or something that only a person can see. */
  readonly kind: 'check' | 'repeat' | 'question'
  /** Identifier of the check, or of the question. */
  readonly what: string
  readonly say: string
  readonly why: string
  /** Bits that it is expected to tell. */
  readonly gain: number
  /** What it takes, roughly. */
  readonly seconds: number
  /** The same, for another language. Not part of the document. */
  readonly keyed?: { readonly say: LocalizableText; readonly why: LocalizableText }
}

/** Who is at the port where no session came about, in the words of `linkpulse doctor`. */
export interface ReportedOccupant {
  /** As `doctor --json` has it: `silence`, `sketch`; in a stored report as it was written. */
  readonly who: string
  readonly title: string
  readonly probability: number
  /** What was heard. */
  readonly evidence: readonly string[]
  /** What it said, in printable lines. */
  readonly said: readonly string[]
  /** What to do. */
  readonly next: readonly string[]
  /** The same, for another language. Not part of the document. */
  readonly keyed?: {
    readonly title: LocalizableText
    readonly evidence: readonly LocalizableText[]
    readonly next: readonly LocalizableText[]
  }
}

/** A rule of the data sheet that the driver broke, as the chip model saw it. */
export interface ReportedFinding {
  readonly id: string
  /** Nanoseconds of virtual time. */
  readonly at: number
  /** The driver's octets, in hexadecimal. */
  readonly octets: string
  readonly rule: string
  readonly source: string
}

/** Counts by place and reason: `counters.host.retransmissions`. */
export type Counters = Readonly<Record<string, Readonly<Record<string, number>>>>

export interface Report {
  readonly target: string
  readonly backend: string
  readonly board: string
  /** Null where nothing is drawn from a seed (a real board). */
  readonly seed: number | null
  /** From where the board was looked at. */
  readonly view: CheckView
  readonly checks: readonly CheckResult[]
  /** Null where a board of ours was understood, and where nobody listened for another. */
  readonly occupant: ReportedOccupant | null
  readonly diagnosis: readonly Diagnosis[]
  readonly unexplained: readonly Unexplained[]
  /** Null where nothing is broken, and where nothing would tell more. */
  readonly nextMeasurement: NextMeasurement | null
  readonly findings: readonly ReportedFinding[]
  readonly counters: Counters
  readonly verdict: Verdict
}

/** Followed while a run goes on: the text report and the progress display are listeners. */
export interface RunListener {
  started?(check: KeyedDescription): void
  finished?(result: CheckResult): void
  /** A check that had failed, or one that it stands on, is run once more at the end. */
  again?(check: KeyedDescription): void
}
