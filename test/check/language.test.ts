import { describe, expect, it } from 'vitest'
import { FAULTS } from '../../boards/faults/registry.js'
import { UNKNOWN } from '../../host/check/diagnosis/infer/answer.js'
import type { Figure } from '../../host/check/figure.js'
import { FIGURES } from '../../host/check/figures/all.js'
import { jsonReport } from '../../host/check/report/document.js'
import { htmlReport } from '../../host/check/report/html.js'
import { reportIn } from '../../host/check/report/in-words.js'
import { textReport } from '../../host/check/report/text.js'
import { LAYERS, type Report } from '../../host/check/types.js'
import { EN } from '../../host/text/en.js'
import type { Words } from '../../host/text/words.js'
import { runCheck } from './run-check.js'

/**
 * A language that brackets whatever English says. What then stands outside all brackets was not asked of the language: only names may,
 * of checks, causes, clauses and registers.
 */
function bracketed(text: unknown): unknown {
  if (typeof text === 'string') return `⟦${text}⟧`
  if (typeof text === 'function') return (values: object) => `⟦${text(values)}⟧`
  return Object.fromEntries(Object.entries(text as object).map(([key, each]) => [key, bracketed(each)]))
}

const BRACKETED: Words = {
  language: 'x-bracketed',
  figures: bracketed(EN.figures) as Words['figures'],
  sentences: bracketed(EN.sentences) as Words['sentences'],
}

const SYMBOLS = Object.values(FIGURES).flatMap((figures) =>
  (Object.values(figures) as Partial<Figure>[]).flatMap(({ symbol }) => symbol ?? []),
)

function outsideBrackets(text: string): string {
  const without = text.replace(/⟦[^⟦⟧]*⟧/g, '')
  return without === text ? text : outsideBrackets(without)
}

/** Words that no language was asked for, and that are no names. */
function strangers(text: string, { target, backend, board, checks }: Report): string[] {
  const names = [
    ...checks.map(({ reference }) => reference),
    ...checks.map(({ reference }) => reference.replace(/ \([^()]*\)/g, '')),
    ...checks.map(({ id }) => id),
    ...FAULTS.keys(),
    UNKNOWN,
    ...SYMBOLS,
    target,
    board,
    backend,
    ...LAYERS,
  ].sort((a, b) => b.length - a.length)
  const rest = names.reduce((left, name) => left.replaceAll(name, ''), outsideBrackets(text))
  return rest.replace(/\b[0-9A-F]+h\b/g, '').match(/[a-z]{2,}/gi) ?? []
}

function pageText(page: string): string {
  const [, body] = page.split('</head>')
  // Counters are names that programs gave them, and rules are the data sheet's; an attribute that is read out is words.
  return body
    .replace(/<details(?: open)?>.*?<\/details>/gs, '')
    .replace(/<svg [^>]*aria-label="([^"]*)">/, '$1')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}

describe.each([
  [[]],
  [['miso-open']],
  [['cable-unplugged']],
  [['serial-noise']],
  [['no-power']],
  [['buffer-memory-bad']],
])('a report in another language (faults: %j)', (faults) => {
  it('has no word of English in text or page but names, and the document stays as it is', async () => {
    const { report } = await runCheck({ faults })
    const text = textReport(report, { words: BRACKETED })
    expect(text).toContain('⟦')
    expect(strangers(text, report)).toEqual([])
    const page = htmlReport(report, BRACKETED)
    expect(page).toContain('<html lang="x-bracketed">')
    expect(strangers(pageText(page), report)).toEqual(['linkpulse', 'check'])
    expect(jsonReport(reportIn(EN, report))).toBe(jsonReport(report))
    expect(textReport(reportIn(EN, report))).toBe(textReport(report))
  })
})
