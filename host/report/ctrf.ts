/**
 * CTRF, the Common Test Report Format (ctrf.io, specification 0.0): one JSON document that its tools read. Durations are simulated; a run begins at
 * 0, because the same results make the same document.
 */
import { jsonText } from '../json-text.js'
import {
  fullName,
  replayOf,
  type TestCase,
  type TestMeasurement,
  type TestResults,
  type TestSuite,
  tally,
} from './test-results.js'

const SPEC_VERSION = '0.0.0'
const STATUS = { pass: 'passed', warn: 'passed', fail: 'failed', skip: 'skipped' } as const

export function ctrfOfTests(results: TestResults): string {
  const cases = results.suites.flatMap((suite) => suite.cases)
  const { pass, warn, fail, skip, seconds } = tally(cases)
  const none = { pending: 0, other: 0 }
  const { seed, command, diagnosis = [], properties = {}, findings = [] } = results
  const extra = {
    ...given({ seed, command }),
    ...properties,
    ...(diagnosis.length === 0 ? {} : { diagnosis }),
    ...(findings.length === 0 ? {} : { findings }),
  }
  return jsonText({
    reportFormat: 'CTRF',
    specVersion: SPEC_VERSION,
    generatedBy: 'linkpulse',
    results: {
      tool: { name: 'linkpulse' },
      summary: {
        tests: cases.length,
        passed: pass + warn,
        failed: fail,
        skipped: skip,
        ...none,
        suites: results.suites.length,
        start: 0,
        stop: milliseconds(seconds),
      },
      tests: results.suites.flatMap((suite) => suite.cases.map((each) => testOf(results, suite, each))),
      ...(Object.keys(extra).length === 0 ? {} : { extra }),
    },
  })
}

function testOf(results: TestResults, suite: TestSuite, each: TestCase) {
  const { verdict, seconds, reason, details, reference, measurements = [] } = each
  // What is the same for all of them stands with what failed, and once more with the results.
  const { seed, command } = verdict === 'fail' ? replayOf(results, each) : each
  const extra = {
    ...given({ seed, command, reference }),
    ...(measurements.length === 0 ? {} : { measurements: measurements.map(measured) }),
  }
  return {
    name: fullName(suite, each),
    status: STATUS[verdict],
    duration: milliseconds(seconds),
    suite: [results.name, suite.name],
    ...(reason === '' ? {} : { message: reason }),
    ...(details.length === 0 ? {} : { trace: details.join('\n') }),
    ...(verdict === 'warn' ? { rawStatus: verdict } : {}),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  }
}

function measured({ name, value, unit, min, max }: TestMeasurement) {
  return { name, value, unit, min, max }
}

/** Those that there are. */
function given(values: Readonly<Record<string, string | number | undefined>>): Record<string, string | number> {
  const found: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(values)) if (value !== undefined) found[name] = value
  return found
}

function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000)
}
