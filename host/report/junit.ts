/** JUnit XML, as CI servers read it. Times are simulated seconds; a failure has its diagnosis, and the command that runs it again. */
import { escapeMarkup } from '../../firmware/text/markup.js'
import { type TestCase, type TestResults, type TestSuite, tally } from './test-results.js'

export function junitOfTests(results: TestResults): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeMarkup(results.name)}" ${totals(results.suites.flatMap(({ cases }) => cases))}>`,
    ...results.suites.flatMap(suiteLines),
    '</testsuites>',
    '',
  ].join('\n')
}

function totals(cases: readonly TestCase[]): string {
  const { fail, skip, seconds } = tally(cases)
  return `tests="${cases.length}" failures="${fail}" errors="0" skipped="${skip}" time="${seconds.toFixed(6)}"`
}

function suiteLines({ name, cases }: TestSuite): string[] {
  return [
    `  <testsuite name="${escapeMarkup(name)}" ${totals(cases)}>`,
    ...cases.flatMap((each) => caseLines(name, each)),
    '  </testsuite>',
  ]
}

function caseLines(suite: string, { name, verdict, seconds, reason, details, seed, command }: TestCase): string[] {
  const head = `    <testcase classname="${escapeMarkup(suite)}" name="${escapeMarkup(name)}" time="${seconds.toFixed(6)}"`
  const message = escapeMarkup(reason)
  if (verdict === 'pass') return [`${head}/>`]
  if (verdict === 'skip') return [`${head}>`, `      <skipped message="${message}"/>`, '    </testcase>']
  const body = [...details, ...(command === undefined ? [] : [`again: ${command}`])]
  return [
    `${head}>`,
    ...(seed === undefined
      ? []
      : ['      <properties>', `        <property name="seed" value="${seed}"/>`, '      </properties>']),
    `      <failure message="${message}">${body.map(escapeMarkup).join('\n')}</failure>`,
    '    </testcase>',
  ]
}
