/** Of tests, in the words of a language: what stands in the formats that people read. */
import { keyed } from '../text/keyed.js'
import { say } from '../text/say.js'
import type { Words } from '../text/words.js'
import { type TestCase, type TestDiagnosis, type TestResults, tally } from './test-results.js'

/** `21 tests: 14 passed, 7 failed, 0 skipped`; warnings are counted where there are any. */
export function countWords(words: Words, cases: readonly TestCase[]): string {
  const counted = tally(cases)
  const counts = (['pass', 'warn', 'fail', 'skip'] as const)
    .filter((verdict) => verdict !== 'warn' || counted.warn > 0)
    .map((verdict) => keyed(`summary.${verdict}`, { count: counted[verdict] }))
  return say(words, keyed('report.tests', { count: cases.length, counts }))
}

/** Details that all cases have in common are shown once, and not behind each. */
export function ownDetails({ diagnosis = [], findings = [] }: TestResults): boolean {
  return diagnosis.length === 0 && findings.length === 0
}

/** All that is said of a cause, but its name. */
export function diagnosisWords(words: Words, { confidence, evidence, remedy }: TestDiagnosis): string {
  const percent = keyed('diagnosis.confidence', { percent: Math.round(confidence * 100) })
  const certainty = say(words, keyed('report.brackets', { text: percent })).trim()
  return [certainty, ...evidence, `${say(words, keyed('diagnosis.what-to-do'))} ${remedy}`].join(' ')
}
