/** What a person reads of a run: a line a script, and where one fails, what was expected, what came and what led there. */
import { documentHead } from '../../boards/schema/published.js'
import { padColumns } from '../text/columns.js'
import { EN } from '../text/en.js'
import { keyed, type Sentence } from '../text/keyed.js'
import { say } from '../text/say.js'
import type { Words } from '../text/words.js'
import type { DrillReport } from './drill.js'
import { printTime } from './print.js'
import { DRILL_VERSION, type DrillDocument } from './schema.js'

const INDENT = '      '
/** Columns of the verdict, and of what stands before a packet. */
const [VERDICT, LABEL] = [9, 10]
/** Sentences before a failure. */
const STORY_LINES = 40

/** In which language it is told. */
export interface DrillTelling {
  readonly words: Words
  /** A sentence of what happened, and why a script fails: both are English in the report. */
  readonly story: (sentence: string) => string
  readonly verdict: (message: string) => string
}

const asItIs = (text: string): string => text
const IN_ENGLISH: DrillTelling = { words: EN, story: asItIs, verdict: asItIs }

/** @param trace prints what happened in scripts that pass, too */
export function reportText(report: DrillReport, trace: boolean, telling = IN_ENGLISH): string {
  const { words, verdict: tellVerdict } = telling
  const { file, verdict, result } = report
  const told = (sentence: Sentence): string => say(words, sentence)
  const head = (sentence: Sentence, rest: string): string => `${padColumns(told(sentence), VERDICT)}${rest}\n`
  const inner = (text: string): string => `${INDENT}${text}\n`
  const notes = (result?.notes ?? []).map((note) => inner(told(keyed('drill.note', { note })))).join('')
  if (verdict === 'not run') {
    const lines = report.problems.map(({ line, column, sentence, unsupported }) => {
      const what = unsupported ? told(keyed('drill.unsupported', { what: sentence })) : told(sentence)
      return inner(`${file}:${line}:${column}: ${what}`)
    })
    return `${head(keyed('drill.not-run'), file)}${lines.join('')}`
  }
  if (verdict === 'pass' || result?.failure === undefined) {
    const seconds = ((result?.duration ?? 0) / 1e9).toFixed(3)
    const surplus = (result?.surplus ?? []).map((packet) => inner(told(keyed('drill.surplus', { packet })))).join('')
    const story = trace ? storyText(report, Number.POSITIVE_INFINITY, telling) : ''
    const ran = told(keyed('drill.ran', { file, statements: report.statements, seconds }))
    return `${head(keyed('drill.pass'), ran)}${notes}${surplus}${story}`
  }
  const { line, column, statement, message, expected, actual } = result.failure
  const labelled = (sentence: Sentence, text: string): string => inner(`${padColumns(told(sentence), LABEL)}${text}`)
  return [
    head(keyed('drill.fail'), `${file}:${line}:${column}: ${tellVerdict(message)}`),
    inner(`${told(keyed('drill.line', { line }))}    ${statement}`),
    ...(expected === undefined ? [] : [labelled(keyed('drill.expected'), expected)]),
    ...(actual === undefined ? [] : [labelled(keyed('drill.sent'), actual)]),
    notes,
    storyText(report, trace ? Number.POSITIVE_INFINITY : STORY_LINES, telling),
  ].join('')
}

function storyText({ result }: DrillReport, most: number, { words, story: tell }: DrillTelling): string {
  const story = result?.story ?? []
  const left = Math.max(0, story.length - most)
  const lines = story.slice(left).map(({ at, text }) => `${INDENT}  ${printTime(at)}  ${tell(text)}\n`)
  if (left > 0) lines.unshift(`${INDENT}  ${say(words, keyed('drill.before', { count: left }))}\n`)
  return lines.length === 0 ? '' : `${INDENT}${say(words, keyed('drill.story'))}\n${lines.join('')}`
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

export function totalsText({ total, passed, failed, notRun }: DrillTotals, words: Words = EN): string {
  const parts = [keyed('drill.passed', { count: passed }), keyed('drill.failed', { count: failed })]
  if (notRun > 0) parts.push(keyed('drill.were-not-run', { count: notRun }))
  return `${say(words, keyed('drill.totals', { total, parts }))}\n`
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
      ...(problems.length > 0 && {
        problems: problems.map(({ line, column, sentence, unsupported }) => {
          return { line, column, message: say(EN, sentence), unsupported }
        }),
      }),
      ...(result !== undefined && {
        duration: result.duration,
        notes: result.notes.map((note) => say(EN, note)),
        surplus: [...result.surplus],
        ...(result.failure !== undefined && { failure: result.failure }),
        ...((trace || result.failure !== undefined) && { story: [...result.story] }),
      }),
    })),
  }
}
