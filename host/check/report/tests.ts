/** A check as tests, for the formats that other tools read: a suite a layer, a case a check. */
import {
  diagnosisLine,
  type TestCase,
  type TestDiagnosis,
  type TestMeasurement,
  type TestResults,
} from '../../report/test-results.js'
import { EN } from '../../text/en.js'
import { keyed, type LocalizableText } from '../../text/keyed.js'
import { say as sayIn } from '../../text/say.js'
import type { Words } from '../../text/words.js'
import { showLimit, showValue } from '../measure.js'
import { type CheckResult, LAYERS, type Measurement, type Report, type ReportedOccupant } from '../types.js'
import { againWords } from './again-words.js'
import { findingKinds, reportIn, unsaidOccupant } from './in-words.js'

/** A report, with what is known of its run and stands in no report. */
export interface CheckedRun {
  readonly report: Report
  /** Simulated seconds that each check took, by its identifier. */
  readonly seconds?: ReadonlyMap<string, number>
  /** What runs it again. */
  readonly command?: string
}

type Say = (text: LocalizableText) => string

export function checkTests(
  { report: given, seconds = new Map(), command }: CheckedRun,
  words: Words = EN,
): TestResults {
  const say: Say = (text) => sayIn(words, text)
  const report = reportIn(words, given)
  const { target, board, seed, occupant, diagnosis } = report
  const causes = diagnosis.map(({ cause, confidence, evidence, remedy }) => ({ cause, confidence, evidence, remedy }))
  const layers = LAYERS.map((layer) => ({ layer, results: report.checks.filter((check) => check.layer === layer) }))
  return {
    name: `linkpulse check ${target}`,
    subject: board === '' ? target : board,
    ...(seed === null ? {} : { seed }),
    ...(command === undefined ? {} : { command }),
    suites: layers
      .filter(({ results }) => results.length > 0)
      .map(({ layer, results }) => ({
        name: layer,
        isLayer: true,
        cases: results.map((result) => caseOf(result, seconds.get(result.id) ?? 0, causes, say)),
      })),
    ...(occupant === null ? {} : { properties: occupantProperties(occupant) }),
    remarks: occupantRemarks(report, say),
    diagnosis: causes,
    findings: findingKinds(report).map(say),
  }
}

function caseOf(result: CheckResult, seconds: number, causes: readonly TestDiagnosis[], say: Say): TestCase {
  const { id, title, verdict, reason, reference, measurements } = result
  return {
    name: `${id}: ${title}`,
    id,
    verdict,
    seconds,
    reason,
    details: verdict === 'fail' ? causes.map(diagnosisLine) : [],
    reference,
    measurements: measurements.map((each) => measurementOf(each, say)),
    output: [
      `${say(keyed(`verdict.${verdict}`))}${say(keyed('report.colon'))}${reference}`,
      ...(verdict === 'warn' && reason !== '' ? [reason] : []),
      ...measurements.map((each) => figureLine(each, say)),
      ...againWords([result]).map(say),
    ],
  }
}

function measurementOf(measurement: Measurement, say: Say): TestMeasurement {
  const { name, value, unit, min, max } = measurement
  return { name, value, unit, min, max, shown: say(showValue(measurement, value)), limit: say(showLimit(measurement)) }
}

function figureLine(measurement: Measurement, say: Say): string {
  const value = say(showValue(measurement, measurement.value))
  const limit = showLimit(measurement)
  const remark = limit === '' ? '' : keyed('report.brackets', { text: keyed('report.limit', { limit }) })
  return `${measurement.name}${say(keyed('report.colon'))}${value}${say(remark)}`
}

/** By the names that the report document has for them; what is a list there is one text, for readers keep one property of a name. */
function occupantProperties({
  who,
  title,
  probability,
  evidence,
  said,
  next,
}: ReportedOccupant): Record<string, string> {
  const values = {
    occupant: who,
    'occupant.title': title,
    'occupant.probability': String(probability),
    'occupant.evidence': evidence.join(' / '),
    'occupant.said': said.join(' / '),
    'occupant.next': next.join(' / '),
  }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))
}

function occupantRemarks(report: Report, say: Say): string[] {
  const occupant = unsaidOccupant(report)
  if (occupant === undefined) return []
  const { title, probability, evidence, next } = occupant
  const heading = say(keyed('occupant.heading', { who: title, percent: Math.round(probability * 100) }))
  return [[heading, ...evidence, ...next].join(' / ')]
}
