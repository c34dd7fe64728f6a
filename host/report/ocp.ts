/**
 * OCP Test & Validation output 2.0 (opencomputeproject/ocp-diag-core, json_spec), a line of JSON an artifact: a step a case, its figures as
 * measurements whose limits are validators, its verdict as a diagnosis; a last step has what is likely broken. Timestamps count simulated time from the
 * beginning of 1970, because the same results make the same lines.
 */
import { jsonLine } from '../json-text.js'
import {
  fullName,
  overall,
  replayOf,
  type TestCase,
  type TestDiagnosis,
  type TestMeasurement,
  type TestResults,
} from './test-results.js'

const SCHEMA_VERSION = { major: 2, minor: 0 }

/** What stands on a line beside its number and its time. */
type Artifact = Readonly<Record<'schemaVersion' | 'testRunArtifact' | 'testStepArtifact', object>>
type OneArtifact = { [Name in keyof Artifact]: Pick<Artifact, Name> }[keyof Artifact]

/** @param version of linkpulse */
export function ocpOfTests(results: TestResults, version: string): string {
  const lines: string[] = []
  let seconds = 0
  const add = (artifact: OneArtifact): void => {
    const timestamp = new Date(Math.round(seconds * 1000)).toISOString()
    lines.push(jsonLine({ ...artifact, sequenceNumber: lines.length, timestamp }))
  }
  const log = (severity: 'INFO' | 'WARNING', message: string): object => ({ log: { severity, message } })

  const { name, subject, suites, seed, command, properties = {}, remarks = [], findings = [], diagnosis = [] } = results
  add({ schemaVersion: SCHEMA_VERSION })
  const parameters = { ...(seed === undefined ? {} : { seed }), ...properties }
  const dutInfo = { dutInfoId: 'dut', name: subject }
  const start = { name, version, commandLine: command ?? '', parameters, dutInfo }
  add({ testRunArtifact: { testRunStart: start } })

  let steps = 0
  for (const suite of suites) {
    for (const each of suite.cases) {
      const testStepId = `${steps++}`
      const step = (artifact: object): void => add({ testStepArtifact: { testStepId, ...artifact } })
      const title = fullName(suite, each)
      step({ testStepStart: { name: title } })
      seconds += each.seconds
      for (const measurement of each.measurements ?? []) {
        if (isTaken(measurement)) step({ measurement: measurementOf(measurement) })
        // A measurement has a value; where there is none, somebody who looks for it finds why.
        else step(log('WARNING', `${measurement.name}: ${measurement.shown}`))
      }
      if (each.verdict === 'skip') step(log('INFO', each.reason))
      else step({ diagnosis: verdictOf(results, each, title) })
      if (each.verdict === 'warn') step(log('WARNING', each.reason))
      step({ testStepEnd: { status: each.verdict === 'skip' ? 'SKIP' : 'COMPLETE' } })
    }
    if (suite.output !== undefined && suite.output !== '') add({ testRunArtifact: log('INFO', suite.output) })
  }
  if (diagnosis.length > 0) {
    const step = (artifact: object): void => add({ testStepArtifact: { testStepId: `${steps}`, ...artifact } })
    step({ testStepStart: { name: 'diagnosis' } })
    for (const [at, each] of diagnosis.entries()) step({ diagnosis: causeOf(each, at === 0) })
    step({ testStepEnd: { status: 'COMPLETE' } })
  }
  for (const line of remarks) add({ testRunArtifact: log('INFO', line) })
  for (const line of findings) add({ testRunArtifact: log('WARNING', line) })
  const verdict = overall(suites.flatMap(({ cases }) => cases))
  const ended =
    verdict === 'skip'
      ? { status: 'SKIP', result: 'NOT_APPLICABLE' }
      : { status: 'COMPLETE', result: verdict === 'fail' ? 'FAIL' : 'PASS' }
  add({ testRunArtifact: { testRunEnd: ended } })
  return lines.join('')
}

/** JSON has no NaN and no infinity either: a figure that is neither was not measured. */
function isTaken({ value }: TestMeasurement): boolean {
  return value !== null && Number.isFinite(value)
}

function measurementOf(measurement: TestMeasurement): object {
  const { name, value, unit } = measurement
  const validators = validatorsOf(measurement)
  return { name, value, ...(unit === '' ? {} : { unit }), ...(validators.length === 0 ? {} : { validators }) }
}

function validatorsOf({ min, max, limit }: TestMeasurement): object[] {
  const validator = (type: string, value: number): object => ({ ...(limit === '' ? {} : { name: limit }), type, value })
  if (min !== null && min === max) return [validator('EQUAL', min)]
  return [
    ...(min === null || !Number.isFinite(min) ? [] : [validator('GREATER_THAN_OR_EQUAL', min)]),
    ...(max === null || !Number.isFinite(max) ? [] : [validator('LESS_THAN_OR_EQUAL', max)]),
  ]
}

/** A verdict is a short name that the same outcome always has: `spi.miso-pass`. */
function verdictOf(results: TestResults, each: TestCase, title: string): object {
  const { reason, details, reference } = each
  const passed = each.verdict !== 'fail'
  const name = (each.id ?? title).replace(/[^\p{L}\p{N}.]+/gu, '-')
  const { command } = passed ? {} : replayOf(results, each)
  const told = [
    reason,
    ...(passed ? [] : details),
    ...(reference === undefined ? [] : [`[${reference}]`]),
    ...(command === undefined ? [] : [`again: ${command}`]),
  ].filter((line) => line !== '')
  const message = told.join('; ')
  return {
    verdict: `${name}-${passed ? 'pass' : 'fail'}`,
    type: passed ? 'PASS' : 'FAIL',
    ...(message === '' ? {} : { message }),
  }
}

/** The likeliest is what is said to be broken; the others may be. */
function causeOf({ cause, confidence, evidence, remedy }: TestDiagnosis, likeliest: boolean): object {
  const message = [`confidence ${Math.round(confidence * 100)} %`, ...evidence, remedy].join('; ')
  return { verdict: cause, type: likeliest && cause !== 'unknown' ? 'FAIL' : 'UNKNOWN', message }
}
