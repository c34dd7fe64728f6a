/**
 * The report a person reads: a line a check while it runs, grouped by layer, then what is most likely wrong and what to do,
 * then one line of summary. Plain lines in a pipe; on a terminal colours, and the check that is running.
 */
import { wordWrap } from '../../../boards/catalogue/word-wrap.js'
import { limitRemark, showValue, withinLimits } from '../measure.js'
import type {
  CheckDescription,
  CheckResult,
  Diagnosis,
  Layer,
  Measurement,
  Report,
  ReportedFinding,
  RunListener,
  Verdict,
} from '../types.js'
import { printable } from './escape.js'

/** What each layer is, for someone who has never met us. */
export const LAYER_TITLES: Readonly<Record<Layer, string>> = {
  serial: 'the line between this computer and the board',
  spi: 'the wires between the controller and the Ethernet chip',
  chip: 'the digital half of the Ethernet chip',
  phy: 'the analogue half of the chip, and the link',
  mac: 'Ethernet frames on the cable',
  network: 'addresses and packets',
}

export interface TextOptions {
  /** ANSI colours. */
  readonly colour?: boolean
  /** A terminal: the running check is shown and replaced by its result. */
  readonly live?: boolean
  /** Where lines are broken, in characters. */
  readonly width?: number
}

const COLOURS = { pass: '32', warn: '33', fail: '31;1', skip: '2', heading: '1', faint: '2' } as const
const WORDS: Readonly<Record<Verdict, string>> = { pass: 'pass', warn: 'warn', fail: 'FAIL', skip: 'skip' }

export class TextReporter implements RunListener {
  readonly #write: (text: string) => void
  readonly #options: TextOptions
  #layer: Layer | undefined
  readonly #skipped: CheckResult[] = []

  constructor(write: (text: string) => void, options: TextOptions = {}) {
    this.#write = write
    this.#options = options
  }

  /** First line: what is being checked. */
  begin(target: { readonly target: string; readonly board: string; readonly seed: number | null }): void {
    const facts = [target.board, target.seed === null ? '' : `seed ${target.seed}`].filter((fact) => fact !== '')
    const about = facts.length === 0 ? '' : ` (${facts.join(', ')})`
    this.#line(this.#paint('heading', printable(`Checking ${target.target}${about}`)))
  }

  started(check: CheckDescription): void {
    if (!this.#options.live) return
    this.#heading(check.layer)
    const line = `  ...   ${check.id}  ${check.title}`.slice(0, this.#width - 1)
    this.#write(`\x1b[K${this.#paint('faint', line)}\r`)
  }

  finished(result: CheckResult): void {
    if (this.#skipped.length > 0 && (!isConsequence(result) || result.layer !== this.#layer)) this.#tellSkipped()
    this.#heading(result.layer)
    if (this.#options.live) this.#write('\x1b[K')
    if (isConsequence(result)) {
      this.#skipped.push(result)
      return
    }
    for (const line of resultLines(result, (style, text) => this.#paint(style, text), this.#width)) this.#line(line)
  }

  end(report: Report): void {
    this.#tellSkipped()
    this.#line('')
    for (const line of diagnosisLines(report.diagnosis, (style, text) => this.#paint(style, text), this.#width)) {
      this.#line(line)
    }
    for (const line of findingLines(report)) this.#line(line)
    this.#line(this.#paint(report.verdict, summary(report)))
  }

  /** What was skipped because of a failure above is told in one line where it is many checks. */
  #tellSkipped(): void {
    const skipped = this.#skipped.splice(0)
    const paint: Paint = (style, text) => this.#paint(style, text)
    if (skipped.length < MANY) {
      for (const result of skipped) for (const line of resultLines(result, paint, this.#width)) this.#line(line)
      return
    }
    const ids = `${skipped[0].id} to ${skipped[skipped.length - 1].id}`
    this.#line(`  ${paint('skip', WORDS.skip)}  ${ids}: ${skipped.length} checks, which stand on what failed above`)
  }

  get #width(): number {
    return Math.max(60, this.#options.width ?? 120)
  }

  #heading(layer: Layer): void {
    if (layer === this.#layer) return
    this.#layer = layer
    this.#line('')
    this.#line(`${this.#paint('heading', layer)}  ${this.#paint('faint', LAYER_TITLES[layer])}`)
  }

  #line(text: string): void {
    this.#write(`${text}\n`)
  }

  #paint(style: keyof typeof COLOURS, text: string): string {
    return this.#options.colour && text !== '' ? `\x1b[${COLOURS[style]}m${text}\x1b[0m` : text
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

/** Skipped checks in a row that are told in one line. */
const MANY = 3

/** Skipped because something beneath it failed, not for a reason of its own. */
function isConsequence({ verdict, reason }: CheckResult): boolean {
  return verdict === 'skip' && reason.startsWith('needs ')
}

type Paint = (style: keyof typeof COLOURS, text: string) => string

const INDENT = ' '.repeat(8)

/** One line for a check that has nothing to explain, and below it everything that was measured for one that has. */
function resultLines(result: CheckResult, paint: Paint, width: number): string[] {
  const title = `  ${paint(result.verdict, WORDS[result.verdict])}  ${result.id.padEnd(23)} ${result.title}`
  const clause = paint('faint', printable(`[${result.reference}]`))
  if (result.verdict === 'pass') {
    const clauses = paint('faint', printable(`[${withoutRemarks(result.reference)}]`))
    const [headline] = result.measurements
    const measured = headline === undefined ? '' : ` · ${printable(figure(headline))}`
    return [`${title}${measured}  ${clauses}`]
  }
  if (result.verdict === 'skip') return [`${title}: ${paint('faint', printable(result.reason))}`]
  const lines = [title]
  if (result.reason !== '') lines.push(...wrap(printable(result.reason), width, INDENT))
  for (const measurement of result.measurements) {
    const mark = withinLimits(measurement) ? ' ' : '!'
    lines.push(`${INDENT}${mark} ${printable(figure(measurement))}`)
  }
  lines.push(`${INDENT}  ${clause}`)
  return lines
}

/** A line has room for the clauses, not for what they say. */
function withoutRemarks(reference: string): string {
  return reference.replace(/ \([^()]*\)/g, '')
}

function figure(measurement: Measurement): string {
  const limit = limitRemark(measurement)
  return `${measurement.name} ${showValue(measurement, measurement.value)}${limit === '' ? '' : ` (${limit})`}`
}

function diagnosisLines(diagnosis: readonly Diagnosis[], paint: Paint, width: number): string[] {
  if (diagnosis.length === 0) return []
  const lines = [paint('heading', 'Diagnosis')]
  for (const [index, { cause, confidence, evidence, remedy }] of diagnosis.entries()) {
    const certainty = `confidence ${Math.round(confidence * 100)} %`
    lines.push(`  ${index + 1}. ${paint('heading', printable(cause))}  (${certainty})`)
    for (const sentence of evidence) lines.push(...bullet('because ', printable(sentence), width))
    lines.push(...bullet('do this ', printable(remedy), width), '')
  }
  return lines
}

function bullet(head: string, text: string, width: number): string[] {
  const indent = ' '.repeat(5 + head.length)
  const [first, ...rest] = wrap(text, width, indent)
  return [`     ${head}${(first ?? '').trimStart()}`, ...rest]
}

/** One line a kind of misuse: when it was first seen, how often, and the rule it broke. */
function findingLines(report: Report): string[] {
  if (report.findings.length === 0) return []
  const kinds = new Map<string, { readonly first: ReportedFinding; count: number }>()
  for (const finding of report.findings) {
    const kind = kinds.get(finding.id)
    if (kind === undefined) kinds.set(finding.id, { first: finding, count: 1 })
    else kind.count++
  }
  const lines = ['Findings (the chip was used in a way its data sheet forbids)']
  for (const { first, count } of kinds.values()) {
    const { id, at, octets, rule, source } = first
    lines.push(printable(`  ${id}, ${count} ×, first at ${(at / 1e9).toFixed(9)} s by ${octets}: ${rule} [${source}]`))
  }
  return [...lines, '']
}

const ENDINGS: Readonly<Record<Verdict, string>> = {
  pass: 'everything that was checked is in order',
  warn: 'usable, but read the warnings above',
  fail: 'something is broken',
  skip: 'nothing could be checked',
}

function summary(report: Report): string {
  const count = (verdict: Verdict): number => report.checks.filter((result) => result.verdict === verdict).length
  const counts = (['pass', 'warn', 'fail', 'skip'] as const)
    .map((verdict) => ({ verdict, n: count(verdict) }))
    .filter(({ verdict, n }) => n > 0 || verdict === 'pass' || verdict === 'fail')
    .map(({ verdict, n }) => `${n} ${PAST[verdict]}`)
  const cause = report.diagnosis.length > 0 ? `; most likely ${printable(report.diagnosis[0].cause)}` : ''
  return `${report.verdict.toUpperCase()}  ${report.checks.length} checks: ${counts.join(', ')}: ${ENDINGS[report.verdict]}${cause}`
}

const PAST: Readonly<Record<Verdict, string>> = { pass: 'passed', warn: 'warned', fail: 'failed', skip: 'skipped' }

/** Lines of at most `width` characters, each behind `indent`. */
function wrap(text: string, width: number, indent: string): string[] {
  return wordWrap(text, width - indent.length).map((line) => indent + line)
}
