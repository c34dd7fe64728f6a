/**
 * CTRF, the Common Test Report Format (ctrf.io, specification 0.0): one JSON document that its tools read. Durations are simulated; a run begins at
 * 0, because the same results make the same document.
 */
import { jsonText } from '../json-text.js'
import { type TestCase, type TestResults, tally } from './test-results.js'

const SPEC_VERSION = '0.0.0'
const STATUS = { pass: 'passed', fail: 'failed', skip: 'skipped' } as const

export function ctrfOfTests(results: TestResults): string {
  const cases = results.suites.flatMap(({ cases }) => cases)
  const { pass, fail, skip, seconds } = tally(cases)
  const none = { pending: 0, other: 0 }
  return jsonText({
    reportFormat: 'CTRF',
    specVersion: SPEC_VERSION,
    generatedBy: 'linkpulse',
    results: {
      tool: { name: 'linkpulse' },
      summary: {
        tests: cases.length,
        passed: pass,
        failed: fail,
        skipped: skip,
        ...none,
        suites: results.suites.length,
        start: 0,
        stop: milliseconds(seconds),
      },
      tests: results.suites.flatMap(({ name, cases }) => cases.map((each) => testOf(results.name, name, each))),
    },
  })
}

function testOf(results: string, suite: string, { name, verdict, seconds, reason, details, seed, command }: TestCase) {
  const extra = { ...(seed === undefined ? {} : { seed }), ...(command === undefined ? {} : { command }) }
  return {
    name: `${suite} ${name}`,
    status: STATUS[verdict],
    duration: milliseconds(seconds),
    suite: [results, suite],
    ...(reason === '' ? {} : { message: reason }),
    ...(details.length === 0 ? {} : { trace: details.join('\n') }),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  }
}

function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000)
}
