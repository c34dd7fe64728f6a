/** JUnit XML, as CI servers read it: one suite a layer, one case a check; a skipped check carries its reason. */
import { escapeMarkup } from '../../../firmware/text/markup.js'
import { showLimit, showValue } from '../measure.js'
import { type CheckResult, LAYERS, type Report } from '../types.js'

function figures(result: CheckResult): string {
  return result.measurements
    .map((measurement) => {
      const limit = showLimit(measurement)
      return `${measurement.name}: ${showValue(measurement, measurement.value)}${limit === '' ? '' : ` (limit: ${limit})`}`
    })
    .join('\n')
}

function testCase(result: CheckResult): string {
  const open = `    <testcase classname="linkpulse.${result.layer}" name="${escapeMarkup(`${result.id}: ${result.title}`)}">`
  const body: string[] = []
  const reason = escapeMarkup(result.reason)
  if (result.verdict === 'fail') {
    body.push(`      <failure message="${reason}" type="${escapeMarkup(result.reference)}"/>`)
  }
  if (result.verdict === 'skip') body.push(`      <skipped message="${reason}"/>`)
  const lines = [
    `${result.verdict}: ${result.reference}`,
    result.verdict === 'warn' ? result.reason : '',
    figures(result),
  ].filter((line) => line !== '')
  const output = lines.join('\n').split('\n').map(escapeMarkup).join('\n')
  body.push(`      <system-out>${output}</system-out>`)
  return [open, ...body, '    </testcase>'].join('\n')
}

export function junitReport(report: Report): string {
  const count = (results: readonly CheckResult[], verdict: string): number =>
    results.filter((result) => result.verdict === verdict).length
  const totals = (results: readonly CheckResult[]): string =>
    `tests="${results.length}" failures="${count(results, 'fail')}" errors="0" skipped="${count(results, 'skip')}"`
  const suites = LAYERS.map((layer) => ({ layer, results: report.checks.filter((check) => check.layer === layer) }))
    .filter(({ results }) => results.length > 0)
    .map(({ layer, results }) =>
      [`  <testsuite name="${layer}" ${totals(results)}>`, ...results.map(testCase), '  </testsuite>'].join('\n'),
    )
  const name = escapeMarkup(`linkpulse check ${report.target}`)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${name}" ${totals(report.checks)}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n')
}
