/** What was found, in the words of a language. A stored report has its own words and no keys: it is shown as it was written. */
import { say } from '../../text/say.js'
import type { Words } from '../../text/words.js'
import { measurementName } from '../measure.js'
import type { CheckResult, Diagnosis, Report } from '../types.js'

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

export function diagnosisIn(words: Words, diagnosis: Diagnosis): Diagnosis {
  const { evidence, remedy, keyed } = diagnosis
  return {
    ...diagnosis,
    evidence: (keyed?.evidence ?? evidence).map((sentence) => say(words, sentence)),
    remedy: say(words, keyed?.remedy ?? remedy),
  }
}

export function reportIn(words: Words, report: Report): Report {
  return {
    ...report,
    checks: report.checks.map((result) => resultIn(words, result)),
    diagnosis: report.diagnosis.map((diagnosis) => diagnosisIn(words, diagnosis)),
  }
}
