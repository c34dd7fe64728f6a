/**
 * JUnit XML, as CI servers read it: one suite a layer, one case a check; a skipped check carries its reason. Who was heard at the port
 * stands among the properties of the first suite, for the format has no other place for what is of no check.
 */
import { escapeMarkup } from '../../../firmware/text/markup.js'
import { EN } from '../../text/en.js'
import { keyed } from '../../text/keyed.js'
import { say } from '../../text/say.js'
import type { Words } from '../../text/words.js'
import { showLimit, showValue } from '../measure.js'
import { type CheckResult, LAYERS, type Report, type ReportedOccupant } from '../types.js'
import { reportIn } from './in-words.js'

function figures(result: CheckResult, words: Words): string {
  return result.measurements
    .map((measurement) => {
      const value = say(words, showValue(measurement, measurement.value))
      const limit = showLimit(measurement)
      const remark = limit === '' ? '' : keyed('report.brackets', { text: keyed('report.limit', { limit }) })
      return `${measurement.name}${say(words, keyed('report.colon'))}${value}${say(words, remark)}`
    })
    .join('\n')
}

function testCase(result: CheckResult, words: Words): string {
  const open = `    <testcase classname="linkpulse.${result.layer}" name="${escapeMarkup(`${result.id}: ${result.title}`)}">`
  const body: string[] = []
  const reason = escapeMarkup(result.reason)
  if (result.verdict === 'fail') {
    body.push(`      <failure message="${reason}" type="${escapeMarkup(result.reference)}"/>`)
  }
  if (result.verdict === 'skip') body.push(`      <skipped message="${reason}"/>`)
  const lines = [
    `${say(words, keyed(`verdict.${result.verdict}`))}${say(words, keyed('report.colon'))}${result.reference}`,
    result.verdict === 'warn' ? result.reason : '',
    figures(result, words),
  ].filter((line) => line !== '')
  const output = lines.join('\n').split('\n').map(escapeMarkup).join('\n')
  body.push(`      <system-out>${output}</system-out>`)
  return [open, ...body, '    </testcase>'].join('\n')
}

/** By the names that the report document has for them; what is a list there is one text, for readers keep one property of a name. */
function occupantProperties({ who, title, probability, evidence, said, next }: ReportedOccupant): string[] {
  const values = {
    occupant: who,
    'occupant.title': title,
    'occupant.probability': String(probability),
    'occupant.evidence': evidence.join(' / '),
    'occupant.said': said.join(' / '),
    'occupant.next': next.join(' / '),
  }
  const lines = Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `      <property name="${name}" value="${escapeMarkup(value)}"/>`)
  return ['    <properties>', ...lines, '    </properties>']
}

export function junitReport(given: Report, words: Words = EN): string {
  const report = reportIn(words, given)
  const count = (results: readonly CheckResult[], verdict: string): number =>
    results.filter((result) => result.verdict === verdict).length
  const totals = (results: readonly CheckResult[]): string =>
    `tests="${results.length}" failures="${count(results, 'fail')}" errors="0"`
  const properties = report.occupant === null ? [] : occupantProperties(report.occupant)
  const suites = LAYERS.map((layer) => ({ layer, results: report.checks.filter((check) => check.layer === layer) }))
    .filter(({ results }) => results.length > 0)
    .map(({ layer, results }, index) =>
      [
        `  <testsuite name="${layer}" ${totals(results)} skipped="${count(results, 'skip')}">`,
        ...(index === 0 ? properties : []),
        ...results.map((result) => testCase(result, words)),
        '  </testsuite>',
      ].join('\n'),
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
