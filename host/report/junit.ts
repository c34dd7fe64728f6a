/** JUnit XML, as CI servers read it. Times are simulated seconds; a failure has its diagnosis, and the command that runs it again. */
import { escapeMarkup } from '../../firmware/text/markup.js'
import { type TestCase, type TestResults, type TestSuite, tally } from './test-results.js'

export function junitOfTests(results: TestResults): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeMarkup(results.name)}" ${totals(results.suites)}>`,
    ...results.suites.flatMap(suiteLines),
    '</testsuites>',
    '',
  ].join('\n')
}

function totals(suites: readonly TestSuite[]): string {
  const cases = suites.flatMap((suite) => suite.cases)
  const { fail, skip } = tally(cases)
  const seconds = suites.reduce((sum, suite) => sum + (suite.seconds ?? tally(suite.cases).seconds), 0)
  return `tests="${cases.length}" failures="${fail}" errors="0" skipped="${skip}" time="${seconds.toFixed(6)}"`
}

function suiteLines(suite: TestSuite): string[] {
  const { name, cases, output } = suite
  return [
    `  <testsuite name="${escapeMarkup(name)}" ${totals([suite])}>`,
    ...cases.flatMap((each) => caseLines(name, each)),
    ...(output === undefined
      ? []
      : [`    <system-out>${output.split(/\r?\n/).map(escapeMarkup).join('\n')}</system-out>`]),
    '  </testsuite>',
  ]
}

function caseLines(suite: string, { name, verdict, seconds, reason, details, seed, command }: TestCase): string[] {
  const head = `    <testcase classname="${escapeMarkup(suite)}" name="${escapeMarkup(name)}" time="${seconds.toFixed(6)}"`
  const message = escapeMarkup(reason)
  if (verdict === 'pass') return [`${head}/>`]
  if (verdict === 'skip') return [`${head}>`, `      <skipped message="${message}"/>`, '    </testcase>']
  const body = [...details, ...(command === undefined ? [] : [`again: ${command}`])].map(escapeMarkup).join('\n')
  return [
    `${head}>`,
    ...(seed === undefined
      ? []
      : ['      <properties>', `        <property name="seed" value="${seed}"/>`, '      </properties>']),
    body === '' ? `      <failure message="${message}"/>` : `      <failure message="${message}">${body}</failure>`,
    '    </testcase>',
  ]
}
