/** TAP version 13, which every consumer reads: a test point a check, its figures in the YAML block below it. */
import { printable } from '../../../firmware/text/printable.js'
import { EN } from '../../text/en.js'
import { keyed } from '../../text/keyed.js'
import { say } from '../../text/say.js'
import type { Words } from '../../text/words.js'
import { showLimit, showValue } from '../measure.js'
import type { CheckResult, Report } from '../types.js'
import { reportIn, unsaidOccupant } from './in-words.js'

/** In TAP `#` starts a directive and `\` escapes (TAP 13). */
function escapeTap(text: string): string {
  return printable(text).replace(/[\\#]/g, (character) => `\\${character}`)
}

/** A double-quoted YAML scalar is a JSON string (YAML 1.2, 1.1). */
function quoted(text: string): string {
  return JSON.stringify(printable(text))
}

function testPoint(result: CheckResult, number: number, words: Words): string[] {
  const status = result.verdict === 'fail' ? 'not ok' : 'ok'
  const directive = result.verdict === 'skip' ? ` # SKIP ${escapeTap(result.reason)}` : ''
  const lines = [`${status} ${number} - ${escapeTap(`${result.id}: ${result.title}`)}${directive}`]
  lines.push(
    '  ---',
    `  layer: ${result.layer}`,
    `  verdict: ${result.verdict}`,
    `  reference: ${quoted(result.reference)}`,
  )
  if (result.reason !== '') lines.push(`  reason: ${quoted(result.reason)}`)
  if (result.measurements.length > 0) {
    lines.push('  measurements:')
    for (const measurement of result.measurements) {
      lines.push(`    - name: ${quoted(measurement.name)}`)
      lines.push(`      value: ${quoted(say(words, showValue(measurement, measurement.value)))}`)
      lines.push(`      limit: ${quoted(say(words, showLimit(measurement)))}`)
    }
  }
  lines.push('  ...')
  return lines
}

export function tapReport(given: Report, words: Words = EN): string {
  const report = reportIn(words, given)
  const lines = ['TAP version 13', `1..${report.checks.length}`]
  for (const [index, result] of report.checks.entries()) lines.push(...testPoint(result, index + 1, words))
  const occupant = unsaidOccupant(report)
  if (occupant !== undefined) {
    const { title, probability, evidence, next } = occupant
    const heading = say(words, keyed('occupant.heading', { who: title, percent: Math.round(probability * 100) }))
    lines.push(`# ${escapeTap([heading, ...evidence, ...next].join(' / '))}`)
  }
  for (const { cause, confidence, remedy } of report.diagnosis) {
    lines.push(`# diagnosis: ${escapeTap(cause)} (${Math.round(confidence * 100)} %): ${escapeTap(remedy)}`)
  }
  return `${lines.join('\n')}\n`
}
