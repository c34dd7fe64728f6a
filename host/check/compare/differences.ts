/** What differs between two reports: a board before a repair and after it, two boards of one kind, two versions of a program. */
import type { LocalizableText } from '../../text/keyed.js'
import { conclusionOf } from '../diagnosis/cause.js'
import type { CheckResult, Measurement, Report, Verdict } from '../types.js'
import { changeOf, type FigureReason, recognised } from './scatter.js'

/** What was looked at, and from where. */
export const COMPARED_FACTS = ['target', 'backend', 'board', 'seed', 'view'] as const
export type ComparedFact = (typeof COMPARED_FACTS)[number]

export interface FactDifference {
  readonly fact: ComparedFact
  readonly from: string | number | null
  readonly to: string | number | null
}

export interface VerdictDifference {
  /** Identifier of the check. */
  readonly check: string
  readonly title: string
  readonly from: Verdict
  readonly to: Verdict
  /** What the second report says of it; empty where the verdict says it all. */
  readonly reason: string
  /** What the first said. */
  readonly was: string
  /** The same, for another language. Not part of the document. */
  readonly keyed?: { readonly reason: LocalizableText; readonly was: LocalizableText }
}

export interface FigureDifference {
  /** Identifier of the check. */
  readonly check: string
  readonly from: Measurement
  readonly to: Measurement
  /** Of the second to the first; null of registers, where one of them was not taken or is 0, and where their signs differ. */
  readonly ratio: number | null
  readonly why: FigureReason
}

export interface CauseDifference {
  readonly cause: string
  /** Probabilities; null where a report does not name it. */
  readonly from: number | null
  readonly to: number | null
}

export interface ReportDifferences {
  readonly facts: readonly FactDifference[]
  /** Of the reports as a whole. */
  readonly verdict: { readonly from: Verdict; readonly to: Verdict }
  /** What each comes to: the likeliest cause, `healthy` or `unknown`. */
  readonly conclusion: { readonly from: string; readonly to: string }
  /** Of checks that both have. */
  readonly verdicts: readonly VerdictDifference[]
  /** Identifiers of checks that only one of the two has. */
  readonly only: { readonly first: readonly string[]; readonly second: readonly string[] }
  /** Of checks that were made in both. */
  readonly figures: readonly FigureDifference[]
  readonly causes: readonly CauseDifference[]
}

/** Probabilities are printed in whole per cent, and differ by some from run to run. */
const SAME_PROBABILITY = 0.05

/** Reports of this run, or stored ones: the first as `before`. */
export function compareReports(before: Report, after: Report): ReportDifferences {
  const ids = (report: Report): string[] => report.checks.map(({ id }) => id)
  const second = new Map(after.checks.map((result) => [result.id, result]))
  const both = before.checks.flatMap((result) => {
    const other = second.get(result.id)
    return other === undefined ? [] : [[result, other] as const]
  })
  const have = new Set(both.map(([{ id }]) => id))
  return {
    facts: COMPARED_FACTS.filter((fact) => before[fact] !== after[fact]).map((fact) => ({
      fact,
      from: before[fact],
      to: after[fact],
    })),
    verdict: { from: before.verdict, to: after.verdict },
    conclusion: { from: conclusionOf(before), to: conclusionOf(after) },
    verdicts: both.filter(([one, other]) => one.verdict !== other.verdict).map(verdictDifference),
    only: {
      first: ids(before).filter((id) => !have.has(id)),
      second: ids(after).filter((id) => !have.has(id)),
    },
    figures: both.flatMap(([one, other]) => figureDifferences(one, other)),
    causes: causeDifferences(before, after),
  }
}

/** Whether a check that both have, or one of the reports as a whole, came to another verdict. */
export function differsInVerdict({ verdict, verdicts }: ReportDifferences): boolean {
  return verdicts.length > 0 || verdict.from !== verdict.to
}

function verdictDifference([before, after]: readonly [CheckResult, CheckResult]): VerdictDifference {
  const { id, title, verdict } = after
  return { check: id, title, from: before.verdict, to: verdict, ...changedReason(before, after) }
}

/** What is said of a check now, and what was said before; a stored report has its own words. */
export function changedReason(
  before: Pick<CheckResult, 'reason' | 'keyed'>,
  after: Pick<CheckResult, 'reason' | 'keyed'>,
): Pick<VerdictDifference, 'reason' | 'was' | 'keyed'> {
  const { reason } = after
  const was = before.reason
  return { reason, was, keyed: { reason: after.keyed?.reason ?? reason, was: before.keyed?.reason ?? was } }
}

function figureDifferences(before: CheckResult, after: CheckResult): FigureDifference[] {
  if (before.verdict === 'skip' || after.verdict === 'skip') return []
  const earlier = new Map(namedMeasurements(before))
  return namedMeasurements(after).flatMap(([name, to]) => {
    const from = earlier.get(name)
    if (from === undefined || from.unit !== to.unit) return []
    const why = changeOf(from, to)
    return why === undefined ? [] : [figureDifference(after.id, from, to, why)]
  })
}

export function figureDifference(
  check: string,
  from: Measurement,
  to: Measurement,
  why: FigureReason,
): FigureDifference {
  return { check, from, to, ratio: ratioOf(from, to), why }
}

/** The measurements of a check by their names; what is measured more than once (a register after each of several writes) is numbered. */
export function namedMeasurements({ id, measurements }: CheckResult): (readonly [string, Measurement])[] {
  const seen = new Map<string, number>()
  return measurements.map((measurement) => {
    const { name } = measurement
    const number = (seen.get(name) ?? 0) + 1
    seen.set(name, number)
    return [`${name} #${number}`, recognised(id, measurement)]
  })
}

/** Of registers there is none, nor of what changed its sign: a ratio below 0 says nothing of how far it went. */
function ratioOf({ value: from, figure }: Measurement, { value: to }: Measurement): number | null {
  if (from === null || to === null || from * to <= 0 || figure?.digits !== undefined) return null
  return Number((to / from).toPrecision(3))
}

function causeDifferences(before: Report, after: Report): CauseDifference[] {
  const chances = ({ diagnosis }: Report): Map<string, number> =>
    new Map(diagnosis.map(({ cause, confidence }) => [cause, confidence]))
  const [earlier, later] = [chances(before), chances(after)]
  return [...new Set([...earlier.keys(), ...later.keys()])]
    .map((cause) => ({ cause, from: earlier.get(cause) ?? null, to: later.get(cause) ?? null }))
    .filter(({ from, to }) => from === null || to === null || Math.abs(to - from) >= SAME_PROBABILITY)
}
