/** A comparison as a person reads it: what was looked at, verdicts, figures, causes, each only where it differs. */
import { printable } from '../../../firmware/text/printable.js'
import { numberText } from '../../number-text.js'
import { EN } from '../../text/en.js'
import { keyed, type LocalizableText } from '../../text/keyed.js'
import { say } from '../../text/say.js'
import { wordWrap } from '../../text/word-wrap.js'
import type { Words } from '../../text/words.js'
import { limitRemark, measurementName, showValue } from '../measure.js'
import type { Report, Verdict } from '../types.js'
import type {
  CauseDifference,
  FactDifference,
  FigureDifference,
  ReportDifferences,
  VerdictDifference,
} from './differences.js'
import type { ComparedNames } from './document.js'

export interface ComparisonTextOptions {
  /** No line is longer, in columns of a terminal, where its words allow. */
  readonly width?: number
  /** The language; English by default. */
  readonly words?: Words
}

/** Where nothing says how wide a line may be. */
const PROSE = 120

/** Lines, each with its end. */
export function comparisonText(
  differences: ReportDifferences,
  names: ComparedNames,
  reports: Readonly<Record<keyof ComparedNames, Pick<Report, 'target' | 'board'>>>,
  { width = PROSE, words = EN }: ComparisonTextOptions = {},
): string {
  const tell = (message: LocalizableText): string => printable(say(words, message))
  const entry = (text: string): string[] =>
    wordWrap(text, width - 4).map((line, at) => `${at === 0 ? '  ' : '    '}${line}`)
  const { verdict, conclusion } = differences
  const heads = (['first', 'second'] as const).map((which) => {
    const side = which === 'first' ? 'from' : 'to'
    const { target, board } = reports[which]
    return tell(
      keyed('compare.report', {
        name: names[which],
        board: board === '' ? target : `${board}, ${target}`,
        verdict: keyed(`verdict.${verdict[side]}`),
        conclusion: conclusion[side],
      }),
    )
  })
  const sections: [LocalizableText, readonly LocalizableText[]][] = [
    [keyed('compare.facts'), differences.facts.map(factLine)],
    [keyed('compare.verdicts'), verdictLines(differences)],
    [keyed('compare.figures'), differences.figures.map(figureLine)],
    [keyed('compare.causes'), differences.causes.map(causeLine)],
  ]
  const lines = [...heads, '']
  for (const [heading, found] of sections) {
    if (found.length === 0) continue
    lines.push(tell(heading), ...found.flatMap((each) => entry(tell(each))), '')
  }
  lines.push(tell(sumOf(differences)))
  return lines.map((line) => `${line}\n`).join('')
}

function named(name: LocalizableText, change: LocalizableText): LocalizableText {
  return keyed('compare.named', { name, change })
}

function factLine({ fact, from, to }: FactDifference): LocalizableText {
  const show = (value: string | number | null): LocalizableText =>
    value === null ? keyed('compare.no-seed') : `${value}`
  return named(keyed(`compare.fact.${fact}`), keyed('compare.from-to', { from: show(from), to: show(to) }))
}

function verdictChange(from: Verdict, to: Verdict): LocalizableText {
  return keyed('compare.from-to', { from: keyed(`verdict.${from}`), to: keyed(`verdict.${to}`) })
}

/** A line for each other verdict; checks that are only skipped now, or only made now, are many at once: they share a line. */
function verdictLines({ verdicts, only }: ReportDifferences): LocalizableText[] {
  const skipped = verdicts.filter(({ from, to }) => from === 'pass' && to === 'skip').map(({ check }) => check)
  const made = verdicts.filter(({ from, to }) => from === 'skip' && to === 'pass').map(({ check }) => check)
  const lines: LocalizableText[] = verdicts
    .filter(({ check }) => !skipped.includes(check) && !made.includes(check))
    .map((each) => named(each.check, becauseOf(each)))
  const rows = [
    ['compare.now-skipped', skipped],
    ['compare.now-made', made],
    ['compare.only-first', only.first],
    ['compare.only-second', only.second],
  ] as const
  return [...lines, ...rows.filter(([, checks]) => checks.length > 0).map(([key, checks]) => keyed(key, { checks }))]
}

/** The change, with why it is so now, or where no reason is given for that, why it was not so before. */
export function becauseOf(difference: Omit<VerdictDifference, 'check' | 'title'>): LocalizableText {
  const { from, to } = difference
  const { reason, was } = difference.keyed ?? difference
  const change = verdictChange(from, to)
  if (reason !== '') return keyed('compare.because', { change, reason })
  return was === '' ? change : keyed('compare.was', { change, was })
}

/** With the limit, where it has passed that. */
function figureLine({ why, ...figure }: FigureDifference): LocalizableText {
  const change = changedFigure(figure)
  const limit = limitRemark(figure.to)
  return why === 'limit' && limit !== '' ? keyed('compare.limit', { change, limit }) : change
}

export function changedFigure({ check, from, to, ratio }: Omit<FigureDifference, 'why'>): LocalizableText {
  const moved = keyed('compare.from-to', { from: showValue(from, from.value), to: showValue(to, to.value) })
  const change = ratio === null ? moved : keyed('compare.ratio', { change: moved, ratio: numberText(ratio) })
  return keyed('compare.figure', { check, figure: measurementName(to), change })
}

export function causeLine({ cause, from, to }: CauseDifference): LocalizableText {
  const show = (chance: number | null): LocalizableText =>
    chance === null ? keyed('compare.not-named') : keyed('compare.percent', { percent: Math.round(chance * 100) })
  return named(cause, keyed('compare.from-to', { from: show(from), to: show(to) }))
}

function sumOf({ facts, verdicts, verdict, figures, causes, only }: ReportDifferences): LocalizableText {
  const same = [facts, verdicts, figures, causes, only.first, only.second].every((each) => each.length === 0)
  if (same && verdict.from === verdict.to) return keyed('compare.same')
  return keyed('compare.sum', { verdicts: verdicts.length, figures: figures.length })
}
