/**
 * JUnit XML, as CI servers read it, in the form that Jenkins' xUnit plugin holds files against (junit-10.xsd): `skipped` is counted by suites
 * only, and properties are a suite's. Times are simulated seconds; a failure has its diagnosis, its seed, and the command that runs it again.
 */
import { escapeMarkup } from '../../firmware/text/markup.js'
import { replayOf, type TestCase, type TestResults, type TestSuite, tally } from './test-results.js'

export function junitOfTests(results: TestResults): string {
  const { name, suites, seed, properties = {} } = results
  // What is of no suite stands in the first one: the format has no other place for it.
  const all = { ...(seed === undefined ? {} : { seed: `${seed}` }), ...properties }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeMarkup(name)}" ${counts(suites)} ${time(suites)}>`,
    ...suites.flatMap((suite, at) => suiteLines(results, suite, at === 0 ? all : {})),
    '</testsuites>',
    '',
  ].join('\n')
}

function counts(suites: readonly TestSuite[]): string {
  const cases = suites.flatMap((suite) => suite.cases)
  return `tests="${cases.length}" failures="${tally(cases).fail}" errors="0"`
}

function time(suites: readonly TestSuite[]): string {
  const seconds = suites.reduce((sum, suite) => sum + (suite.seconds ?? tally(suite.cases).seconds), 0)
  return `time="${seconds.toFixed(6)}"`
}

function suiteLines(results: TestResults, suite: TestSuite, properties: Readonly<Record<string, string>>): string[] {
  const { name, cases, output } = suite
  const className = suite.isLayer === true ? `linkpulse.${name}` : name
  const named = Object.entries(properties).map(
    ([key, value]) => `      <property name="${escapeMarkup(key)}" value="${escapeMarkup(value)}"/>`,
  )
  return [
    `  <testsuite name="${escapeMarkup(name)}" ${counts([suite])} skipped="${tally(cases).skip}" ${time([suite])}>`,
    ...(named.length === 0 ? [] : ['    <properties>', ...named, '    </properties>']),
    ...cases.flatMap((each) => caseLines(results, className, each)),
    ...(output === undefined ? [] : [`    <system-out>${escapedLines(output.split(/\r?\n/))}</system-out>`]),
    '  </testsuite>',
  ]
}

function caseLines(results: TestResults, className: string, each: TestCase): string[] {
  const { name, verdict, seconds, output = [] } = each
  const head = `    <testcase classname="${escapeMarkup(className)}" name="${escapeMarkup(name)}" time="${seconds.toFixed(6)}"`
  const body = [
    ...(verdict === 'skip' ? [`      <skipped message="${escapeMarkup(each.reason)}"/>`] : []),
    ...(verdict === 'fail' ? [failure(results, each)] : []),
    ...(output.length === 0 ? [] : [`      <system-out>${escapedLines(output)}</system-out>`]),
  ]
  return body.length === 0 ? [`${head}/>`] : [`${head}>`, ...body, '    </testcase>']
}

function failure(results: TestResults, each: TestCase): string {
  const { reason, reference, details } = each
  const { seed, command } = replayOf(results, each)
  const type = reference === undefined ? '' : ` type="${escapeMarkup(reference)}"`
  const head = `      <failure message="${escapeMarkup(reason)}"${type}`
  const lines = [
    ...details,
    ...(seed === undefined ? [] : [`seed: ${seed}`]),
    ...(command === undefined ? [] : [`again: ${command}`]),
  ]
  return lines.length === 0 ? `${head}/>` : `${head}>${escapedLines(lines)}</failure>`
}

function escapedLines(lines: readonly string[]): string {
  return lines.map(escapeMarkup).join('\n')
}
