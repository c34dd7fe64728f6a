/**
 * The report a person reads: a line a check while it runs, grouped by layer, then what is most likely wrong and what to do,
 * then one line of summary. Plain lines in a pipe; on a terminal colours, and the check that is running.
 */

import { printable } from '../../../firmware/text/printable.js'
import { columnsOf, cutColumns, padColumns } from '../../text/columns.js'
import { EN } from '../../text/en.js'
import { keyed, type LocalizableText } from '../../text/keyed.js'
import { say } from '../../text/say.js'
import { wordWrap } from '../../text/word-wrap.js'
import type { Words } from '../../text/words.js'
import { conclusionOf } from '../diagnosis/cause.js'
import { limitRemark, showValue, withinLimits } from '../measure.js'
import { progressWords } from '../progress/in-words.js'
import type { RunProgress } from '../progress/run-progress.js'
import { howCutShort, reasonKey } from '../runner.js'
import type { CheckLayer, CheckResult, KeyedDescription, Measurement, Report, RunListener, Verdict } from '../types.js'
import { againWords } from './again-words.js'
import { findingKinds, reportIn, resultIn, sideWords, unsaidOccupant } from './in-words.js'

export interface TextOptions {
  /** ANSI colours. */
  readonly colour?: boolean
  /** A terminal: the running check is shown and replaced by its result. */
  readonly live?: boolean
  /** How far the run is, shown with the running check where that is. */
  readonly progress?: RunProgress
  /** No line is longer, in columns of a terminal; left out: prose is wrapped at 120, and lines that programs read are not wrapped. */
  readonly width?: number
  /** The language; English by default. */
  readonly words?: Words
}

const COLOURS = { pass: '32', warn: '33', fail: '31;1', skip: '2', heading: '1', faint: '2' } as const
const RESET = '0'
/**
 * What a reporter's text has of control sequences: its colours (SGR, ECMA-48 8.3.117), erase in line (EL, 8.3.41) and
 * carriage return. Everything else in it is printable.
 */
export const PAINT = new RegExp(`(\x1b\\[(?:${[RESET, ...Object.values(COLOURS)].join('|')})m|\x1b\\[K|\r)`)

export class TextReporter implements RunListener {
  readonly #write: (text: string) => void
  readonly #options: TextOptions
  #layer: CheckLayer | undefined
  /** Of a terminal: the check whose line stands below the others. */
  #running: KeyedDescription | undefined
  readonly #skipped: CheckResult[] = []

  constructor(write: (text: string) => void, options: TextOptions = {}) {
    this.#write = write
    this.#options = options
  }

  /** First line: what is being checked. */
  begin(target: Pick<Report, 'target' | 'board' | 'seed' | 'view'>): void {
    const { board, seed, view } = target
    const facts = [board, seed === null ? '' : keyed('report.seed', { seed }), keyed('report.view', { view })].filter(
      (fact) => fact !== '',
    )
    const heading = printable(this.#say(keyed('report.checking', { target: target.target, facts })))
    for (const line of wordWrap(heading, this.#width)) this.#line(this.#paint('heading', line))
  }

  started(check: KeyedDescription): void {
    this.#options.progress?.started(check.id)
    if (!this.#options.live) return
    if (check.layer !== this.#layer) this.#tellSkipped()
    this.#heading(check.layer)
    this.#running = check
    this.tick()
  }

  again(check: KeyedDescription): void {
    if (!this.#options.live) return
    this.#tellSkipped()
    this.#running = check
    this.tick()
  }

  /** Shows the running check anew: time has passed. */
  tick(): void {
    const check = this.#running
    if (check === undefined) return
    const title = this.#say(check.keyed?.title ?? check.title)
    const { progress } = this.#options
    const far = progress === undefined ? '' : `${this.#say(progressWords(progress.now))}  `
    const line = cutColumns(`  ...   ${far}${check.id}  ${title}`, this.#prose - 1)
    this.#write(`\x1b[K${this.#paint('faint', line)}\r`)
  }

  finished(result: CheckResult): void {
    this.#options.progress?.finished(result)
    this.#running = undefined
    if (this.#options.live) this.#write('\x1b[K')
    const why = consequenceOf(result)
    if (this.#skipped.length > 0 && (why !== consequenceOf(this.#skipped[0]) || result.layer !== this.#layer))
      this.#tellSkipped()
    this.#heading(result.layer)
    if (why !== undefined) {
      this.#skipped.push(result)
      return
    }
    this.#result(result)
  }

  end(report: Report): void {
    // Of what was run once more only the outcome is left on the screen.
    if (this.#running !== undefined) this.#write('\x1b[K')
    this.#running = undefined
    this.#tellSkipped()
    this.#line('')
    const again = againWords(report.checks)
    for (const sentence of again)
      for (const line of wrap(printable(this.#say(sentence)), this.#prose, '')) this.#line(line)
    if (again.length > 0) this.#line('')
    for (const line of occupantLines(report, this.#pen, this.#prose)) this.#line(line)
    for (const line of diagnosisLines(report, this.#pen, this.#prose)) this.#line(line)
    for (const line of findingLines(report, this.#pen)) this.#wrapped(line, '    ')
    for (const line of wordWrap(this.#say(summary(report)), this.#width)) this.#line(this.#paint(report.verdict, line))
  }

  /** What was skipped because of a failure above is reported in one line where it is many checks. */
  #tellSkipped(): void {
    const skipped = this.#skipped.splice(0)
    if (skipped.length < MANY) {
      for (const result of skipped) this.#result(result)
      return
    }
    const [first] = skipped
    const why = consequenceOf(first)
    if (why === undefined) throw new Error(`${first.id} was skipped for a reason of its own`)
    const last = skipped[skipped.length - 1].id
    const others = this.#say(keyed('skipped.to', { last, count: skipped.length, why: keyed(why) }))
    for (const line of markedLines('skip', first.id, others, this.#pen, this.#width)) this.#line(line)
  }

  #result(result: CheckResult): void {
    const widths = { lines: this.#width, prose: this.#prose }
    for (const line of resultLines(resultIn(this.#words, result), this.#pen, widths)) this.#line(line)
  }

  /** A line, wrapped: all but its first part are indented. */
  #wrapped(text: string, indent: string): void {
    const [first, ...others] = wordWrap(text, this.#width - indent.length)
    this.#line(first ?? '')
    for (const line of others) this.#line(indent + line)
  }

  get #words(): Words {
    return this.#options.words ?? EN
  }

  #say(message: LocalizableText): string {
    return say(this.#words, message)
  }

  get #pen(): Pen {
    return {
      words: this.#words,
      say: (message) => this.#say(message),
      paint: (style, text) => this.#paint(style, text),
    }
  }

  /** The width at which prose is wrapped. */
  get #prose(): number {
    return this.#options.width === undefined ? 120 : this.#width
  }

  /** The width at which every line is wrapped. */
  get #width(): number {
    return Math.max(NARROWEST, this.#options.width ?? Number.POSITIVE_INFINITY)
  }

  #heading(layer: CheckLayer): void {
    if (layer === this.#layer) return
    this.#layer = layer
    this.#line('')
    const titles = wordWrap(this.#say(keyed(`layer.${layer}`)), this.#width - layer.length - 2)
    const [first, ...others] = titles.map((line) => this.#paint('faint', line))
    this.#line(`${this.#paint('heading', layer)}  ${first}`)
    for (const line of others) this.#line(`${' '.repeat(layer.length + 2)}${line}`)
  }

  #line(text: string): void {
    this.#write(`${text}\n`)
  }

  #paint(style: keyof typeof COLOURS, text: string): string {
    return this.#options.colour && text !== '' ? `\x1b[${COLOURS[style]}m${text}\x1b[${RESET}m` : text
  }
}

/** The whole report at once, as it would have been printed line by line. */
export function textReport(report: Report, options: TextOptions = {}): string {
  let text = ''
  const reporter = new TextReporter(
    (part) => {
      text += part
    },
    { ...options, live: false },
  )
  reporter.begin(report)
  for (const result of report.checks) reporter.finished(result)
  reporter.end(report)
  return text
}

/** Skipped checks in a row that are reported in one line. */
const MANY = 3

/** Why a check was skipped that has no reason of its own; undefined where it has one, or was not skipped. */
function consequenceOf(result: CheckResult): 'skipped.interrupted' | 'skipped.needs' | undefined {
  if (result.verdict !== 'skip') return undefined
  switch (reasonKey(result)) {
    case 'run.interrupted':
      return 'skipped.interrupted'
    case 'run.needs-failed':
    case 'run.needs-skipped':
      return 'skipped.needs'
    default:
      return undefined
  }
}

/** How lines are written: in which language, and in which colours. */
interface Pen {
  readonly words: Words
  readonly say: (message: LocalizableText) => string
  readonly paint: (style: keyof typeof COLOURS, text: string) => string
}

const INDENT = ' '.repeat(8)
/** A terminal that is narrower still breaks lines itself. */
const NARROWEST = 30

/** A verdict, a name, and what is said of it, wrapped. */
function markedLines(verdict: Verdict, name: string, text: string, { say, paint }: Pen, width: number): string[] {
  // One word as long as the name, for the name may be filled up with spaces.
  const [head, ...others] = wordWrap(`${'_'.repeat(name.length)} ${text}`, width - INDENT.length)
  const first = name + head.slice(name.length)
  return [`  ${paint(verdict, say(keyed(`mark.${verdict}`)))}  ${first ?? ''}`, ...others.map((line) => INDENT + line)]
}

interface Widths {
  readonly lines: number
  readonly prose: number
}

/** Columns of names and titles are side by side from so many characters a line on. */
const SIDE_BY_SIDE = 80

/** One line for a check that has nothing to explain, and below it everything that was measured for one that has. */
function resultLines(result: CheckResult, pen: Pen, { lines: width, prose }: Widths): string[] {
  const { paint } = pen
  const { verdict, id } = result
  const name = width < SIDE_BY_SIDE ? id : id.padEnd(23)
  const named = (text: string): string[] => markedLines(verdict, name, text, pen, width)
  const title = printable(result.title)
  const clause = (text: string, indent = INDENT): string[] =>
    wordWrap(text, width - indent.length).map((line) => indent + paint('faint', line))
  if (verdict === 'pass') {
    const clauses = printable(`[${withoutRemarks(result.reference)}]`)
    const [headline] = result.measurements
    const measured = headline === undefined ? '' : ` · ${printable(figure(headline, pen))}`
    const lines = named(`${title}${measured}`)
    const room = INDENT.length + name.length + 1 + columnsOf(`${title}${measured}`) + 2 + columnsOf(clauses) <= width
    if (room) return [`${lines[0]}  ${paint('faint', clauses)}`]
    return [...lines, ...clause(clauses)]
  }
  if (verdict === 'skip') {
    const colon = pen.say(keyed('report.colon'))
    if (width === Number.POSITIVE_INFINITY)
      return [`${named(title)[0]}${colon}${paint('faint', printable(result.reason))}`]
    return named(`${title}${colon}${printable(result.reason)}`)
  }
  const lines = named(title)
  if (result.reason !== '') lines.push(...wrap(printable(result.reason), prose, INDENT))
  for (const measurement of result.measurements) {
    const mark = withinLimits(measurement) ? ' ' : '!'
    const [first, ...others] = wordWrap(printable(figure(measurement, pen)), width - INDENT.length - 4)
    lines.push(`${INDENT}${mark} ${first}`, ...others.map((line) => `${INDENT}    ${line}`))
  }
  lines.push(...clause(printable(`[${result.reference}]`), `${INDENT}  `))
  return lines
}

/** A line has room for the clauses, not for what they say. */
function withoutRemarks(reference: string): string {
  return reference.replace(/ \([^()]*\)/g, '')
}

function figure(measurement: Measurement, { say }: Pen): string {
  const limit = say(limitRemark(measurement))
  const value = say(showValue(measurement, measurement.value))
  return `${measurement.name} ${value}${limit === '' ? '' : say(keyed('report.brackets', { text: limit }))}`
}

function diagnosisLines(report: Report, { words, say, paint }: Pen, width: number): string[] {
  const { diagnosis, unexplained, nextMeasurement } = reportIn(words, report)
  if (diagnosis.length === 0) return []
  const lines = [paint('heading', say(keyed('diagnosis.heading')))]
  const because = `${say(keyed('diagnosis.because'))} `
  const doThis = `${say(keyed('diagnosis.do-this'))} `
  for (const [index, found] of diagnosis.entries()) {
    const { cause, confidence, class: alike, side, evidence, remedy } = found
    const certainty = say(keyed('diagnosis.confidence', { percent: Math.round(confidence * 100) }))
    const where = say(keyed('diagnosis.side', { side: sideWords(side) }))
    lines.push(
      `  ${index + 1}. ${paint('heading', printable(cause))} ${say(keyed('report.brackets', { text: certainty }))}`,
    )
    if (alike.length > 1) {
      const others = say(keyed('diagnosis.class', { others: alike.slice(1) }))
      lines.push(...wrap(printable(others), width, '     '))
    }
    lines.push(...wrap(printable(where), width, '     '))
    for (const sentence of evidence) lines.push(...bullet(because, printable(sentence), width))
    lines.push(...bullet(doThis, printable(remedy), width), '')
  }
  if (unexplained.length > 0) {
    lines.push(say(keyed('diagnosis.unexplained')))
    for (const { check, what } of unexplained)
      lines.push(...bullet(`${check}${say(keyed('report.colon'))}`, printable(what), width))
    lines.push('')
  }
  if (nextMeasurement !== null) {
    lines.push(...bullet(`${say(keyed('diagnosis.next'))} `, printable(nextMeasurement.say), width))
    lines.push(...bullet('', printable(nextMeasurement.why), width), '')
  }
  return lines
}

function occupantLines(report: Report, { words, say, paint }: Pen, width: number): string[] {
  const occupant = unsaidOccupant(reportIn(words, report))
  if (occupant === undefined) return []
  const { title, probability, evidence, said, next } = occupant
  const heading = say(keyed('occupant.heading', { who: title, percent: Math.round(probability * 100) }))
  const rows = [
    ['occupant.heard', evidence],
    ['occupant.said', said],
    ['occupant.next', next],
  ] as const
  const heads = rows.map(([key]) => `${say(keyed(key))} `)
  const widest = Math.max(...heads.map(columnsOf))
  return [
    ...wordWrap(printable(heading), width).map((line) => paint('heading', line)),
    ...rows.flatMap(([, texts], row) =>
      texts.flatMap((text, at) => bullet(padColumns(at === 0 ? heads[row] : '', widest), printable(text), width)),
    ),
    '',
  ]
}

function bullet(head: string, text: string, width: number): string[] {
  const indent = ' '.repeat(5 + columnsOf(head))
  const [first, ...rest] = wrap(text, width, indent)
  return [`     ${head}${(first ?? '').trimStart()}`, ...rest]
}

function findingLines(report: Report, { say }: Pen): string[] {
  if (report.findings.length === 0) return []
  const lines = findingKinds(report).map((line) => printable(`  ${say(line)}`))
  return [say(keyed('findings.heading')), ...lines, '']
}

function summary(report: Report): LocalizableText {
  const count = (verdict: Verdict): number => report.checks.filter((result) => result.verdict === verdict).length
  const counts = (['pass', 'warn', 'fail', 'skip'] as const)
    .map((verdict) => ({ verdict, n: count(verdict) }))
    .filter(({ verdict, n }) => n > 0 || verdict === 'pass' || verdict === 'fail')
    .map(({ verdict, n }) => keyed(`summary.${verdict}`, { count: n }))
  const line = keyed('summary.line', {
    verdict: keyed(`summary.verdict.${report.verdict}`),
    checks: report.checks.length,
    counts,
    ending: keyed(`ending.${howCutShort(report.checks) ?? report.verdict}`),
  })
  const cause = conclusionOf(report)
  return cause === 'healthy' || cause === 'unknown' ? line : keyed('summary.likely', { summary: line, cause })
}

/** Lines of at most `width` columns, each behind `indent`. */
function wrap(text: string, width: number, indent: string): string[] {
  return wordWrap(text, width - indent.length).map((line) => indent + line)
}
