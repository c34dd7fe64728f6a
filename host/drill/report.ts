/** What a person reads of a run: a line a script, and where one fails, what was expected, what came and what led there. */
import { documentHead } from '../../boards/schema/published.js'
import { counted } from '../text/en/counted.js'
import type { DrillReport } from './drill.js'
import { printTime } from './print.js'
import { DRILL_VERSION, type DrillDocument } from './schema.js'

const INDENT = '      '
/** Sentences before a failure. */
const STORY_LINES = 40

/** @param trace prints what happened in scripts that pass, too */
export function reportText(report: DrillReport, trace: boolean): string {
  const { file, verdict, result } = report
  const notes = (result?.notes ?? []).map((note) => `${INDENT}note: ${note}\n`).join('')
  if (verdict === 'not run') {
    const lines = report.problems.map(
      ({ line, message, unsupported }) => `${file}:${line}: ${unsupported ? 'not supported: ' : ''}${message}`,
    )
    return `not run  ${file}\n${lines.map((line) => `${INDENT}${line}\n`).join('')}`
  }
  if (verdict === 'pass' || result?.failure === undefined) {
    const seconds = ((result?.duration ?? 0) / 1e9).toFixed(3)
    const surplus = (result?.surplus ?? []).map((packet) => `${INDENT}note: no line expects ${packet}\n`).join('')
    const story = trace ? storyText(report, Number.POSITIVE_INFINITY) : ''
    return `pass     ${file}  ${report.statements} statements, ${seconds} s of virtual time\n${notes}${surplus}${story}`
  }
  const { line, statement, message, expected, actual } = result.failure
  const packets = [
    ['expected', expected],
    ['sent', actual],
  ]
    .filter(([, text]) => text !== undefined)
    .map(([name, text]) => `${INDENT}${name?.padEnd(9)} ${text}\n`)
  return [
    `FAIL     ${file}:${line}: ${message}\n`,
    `${INDENT}line ${line}    ${statement}\n`,
    ...packets,
    notes,
    storyText(report, trace ? Number.POSITIVE_INFINITY : STORY_LINES),
  ].join('')
}

function storyText({ result }: DrillReport, most: number): string {
  const story = result?.story ?? []
  const left = Math.max(0, story.length - most)
  const lines = story.slice(left).map(({ at, text }) => `${INDENT}  ${printTime(at)}  ${text}\n`)
  if (left > 0) lines.unshift(`${INDENT}  (${left} before: --trace prints them all)\n`)
  return lines.length === 0 ? '' : `${INDENT}what happened, in seconds of virtual time:\n${lines.join('')}`
}

export interface DrillTotals {
  readonly total: number
  readonly passed: number
  readonly failed: number
  readonly notRun: number
}

export function totals(reports: readonly DrillReport[]): DrillTotals {
  const count = (verdict: DrillReport['verdict']) => reports.filter((report) => report.verdict === verdict).length
  return { total: reports.length, passed: count('pass'), failed: count('fail'), notRun: count('not run') }
}

export function totalsText({ total, passed, failed, notRun }: DrillTotals): string {
  const parts = [`${passed} passed`, `${failed} failed`]
  if (notRun > 0) parts.push(`${notRun} not run`)
  return `${counted(total, 'script')}: ${parts.join(', ')}\n`
}

/** One document of all runs. @param trace tells what happened in scripts that pass, too */
export function drillDocument(reports: readonly DrillReport[], trace: boolean): DrillDocument {
  return {
    ...documentHead('drill', DRILL_VERSION),
    ...totals(reports),
    scripts: reports.map(({ file, verdict, statements, problems, result }) => ({
      file,
      verdict,
      statements,
      ...(problems.length > 0 && { problems: [...problems] }),
      ...(result !== undefined && {
        duration: result.duration,
        notes: [...result.notes],
        surplus: [...result.surplus],
        ...(result.failure !== undefined && { failure: result.failure }),
        ...((trace || result.failure !== undefined) && { story: [...result.story] }),
      }),
    })),
  }
}
