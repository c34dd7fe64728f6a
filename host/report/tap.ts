/**
 * TAP version 13, which every consumer reads: a test point a case; what there is to say of it is in the YAML block below it. Details are a literal (YAML 1.2,
 * 8.1.2): Perl's reader, which is that of `prove`, takes a colon in a quoted item of a list for a key.
 */
import { printable } from '../../firmware/text/printable.js'
import {
  diagnosisLine,
  fullName,
  replayOf,
  type TestCase,
  type TestMeasurement,
  type TestResults,
} from './test-results.js'

export function tapOfTests(results: TestResults): string {
  const { suites, diagnosis = [], remarks = [] } = results
  const points: string[][] = []
  for (const suite of suites) {
    const layer = suite.isLayer === true ? suite.name : undefined
    for (const each of suite.cases) {
      const replayed = { ...each, ...replayOf(results, each) }
      points.push(pointLines(replayed, points.length + 1, fullName(suite, each), layer))
    }
  }
  const comments = [...remarks.map(escapeTap), ...diagnosis.map((each) => escapeTap(diagnosisLine(each)))].map(
    (line) => `# ${line}`,
  )
  return `${['TAP version 13', `1..${points.length}`, ...points.flat(), ...comments].join('\n')}\n`
}

function pointLines(each: TestCase, number: number, name: string, layer: string | undefined): string[] {
  const { verdict, reason, details, seed, command, reference, measurements = [] } = each
  const skipped = verdict === 'skip' ? ` # SKIP ${escapeTap(reason)}` : ''
  const point = `${verdict === 'fail' ? 'not ok' : 'ok'} ${number} - ${escapeTap(name)}${skipped}`
  const failed = verdict === 'fail'
  const block = [
    ...(layer === undefined ? [] : [`layer: ${layer}`, `verdict: ${verdict}`]),
    ...(reference === undefined ? [] : [`reference: ${quoted(reference)}`]),
    ...(layer !== undefined && reason !== '' ? [`reason: ${quoted(reason)}`] : []),
    ...(layer === undefined && failed ? [`message: ${quoted(reason)}`] : []),
    ...(failed && seed !== undefined ? [`seed: ${seed}`] : []),
    ...(failed && command !== undefined ? [`again: ${quoted(command)}`] : []),
    ...(failed && details.length > 0
      ? ['details: |', ...details.map((line) => `  ${printable(line).trimStart()}`)]
      : []),
    ...(measurements.length > 0 ? ['measurements:', ...measurements.flatMap(measurementLines)] : []),
    ...(layer === undefined && !failed ? [] : [`duration_ms: ${(each.seconds * 1000).toFixed(3)}`]),
  ]
  return block.length === 0 ? [point] : [point, '  ---', ...block.map((line) => `  ${line}`), '  ...']
}

function measurementLines({ name, shown, limit }: TestMeasurement): string[] {
  return [`  - name: ${quoted(name)}`, `    value: ${quoted(shown)}`, `    limit: ${quoted(limit)}`]
}

/** In TAP `#` starts a directive and `\` escapes (TAP 13). */
function escapeTap(text: string): string {
  return printable(text).replace(/[\\#]/g, (character) => `\\${character}`)
}

/** A double-quoted YAML scalar is a JSON string (YAML 1.2, 1.1). */
function quoted(text: string): string {
  return JSON.stringify(printable(text))
}
