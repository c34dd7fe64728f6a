/** What was found, in the words of a language. A stored report has its own words and no keys: it is shown as it was written. */

import { Kinds } from '../../kinds.js'
import { findingRule } from '../../text/finding-rule.js'
import { keyed, type LocalizableText } from '../../text/keyed.js'
import { say } from '../../text/say.js'
import type { Words } from '../../text/words.js'
import { SIDES } from '../diagnosis/side.js'
import { measurementName } from '../measure.js'
import type { CheckResult, Diagnosis, NextMeasurement, Report, ReportedFinding, ReportedOccupant } from '../types.js'

/** A side as a person calls it; one that another version knew as it was written. */
export function sideWords(side: string): LocalizableText {
  const known = SIDES.find((each) => each === side)
  return known === undefined ? side : keyed(`side.${known}`)
}

export function resultIn(words: Words, result: CheckResult): CheckResult {
  const { title, reason, keyed, measurements } = result
  return {
    ...result,
    title: say(words, keyed?.title ?? title),
    reason: say(words, keyed?.reason ?? reason),
    measurements: measurements.map((measurement) => ({
      ...measurement,
      name: say(words, measurementName(measurement)),
    })),
  }
}

function diagnosisIn(words: Words, diagnosis: Diagnosis): Diagnosis {
  const { evidence, remedy, keyed } = diagnosis
  return {
    ...diagnosis,
    evidence: (keyed?.evidence ?? evidence).map((sentence) => say(words, sentence)),
    remedy: say(words, keyed?.remedy ?? remedy),
  }
}

function nextIn(words: Words, next: NextMeasurement | null): NextMeasurement | null {
  if (next === null) return null
  return { ...next, say: say(words, next.keyed?.say ?? next.say), why: say(words, next.keyed?.why ?? next.why) }
}

function occupantIn(words: Words, occupant: ReportedOccupant | null): ReportedOccupant | null {
  if (occupant === null) return null
  const { title, evidence, next } = occupant.keyed ?? occupant
  const all = (texts: readonly LocalizableText[]): string[] => texts.map((text) => say(words, text))
  return { ...occupant, title: say(words, title), evidence: all(evidence), next: all(next) }
}

/** One sentence a kind of misuse: when it was first seen, how often, and the rule it broke. */
export function findingKinds({ findings }: Report): LocalizableText[] {
  const kinds = new Kinds<ReportedFinding>()
  for (const finding of findings) kinds.add(finding.id, finding)
  return kinds.all.map(({ first, count }) => {
    const { id, at, octets, source } = first
    const rule = findingRule(first)
    return keyed('findings.line', { id, count, time: (at / 1e9).toFixed(9), octets, rule, source })
  })
}

/** Undefined where the diagnosis says it all: that somebody else is there is the cause then. */
export function unsaidOccupant({ occupant, diagnosis }: Report): ReportedOccupant | undefined {
  if (occupant === null) return undefined
  const said = new Set(diagnosis.flatMap(({ evidence }) => evidence))
  return occupant.evidence.every((sentence) => said.has(sentence)) ? undefined : occupant
}

export function reportIn(words: Words, report: Report): Report {
  return {
    ...report,
    checks: report.checks.map((result) => resultIn(words, result)),
    occupant: occupantIn(words, report.occupant),
    diagnosis: report.diagnosis.map((diagnosis) => diagnosisIn(words, diagnosis)),
    nextMeasurement: nextIn(words, report.nextMeasurement),
    unexplained: report.unexplained.map((each) => ({ ...each, what: say(words, each.keyed?.what ?? each.what) })),
  }
}
