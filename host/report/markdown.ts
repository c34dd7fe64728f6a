/** Markdown as GitHub shows it in the summary of a step ($GITHUB_STEP_SUMMARY): counts, the table, what is likely broken, and what failed. */
import { printable } from '../../firmware/text/printable.js'
import { EN } from '../text/en.js'
import { keyed, type LocalizableText } from '../text/keyed.js'
import { say as sayIn } from '../text/say.js'
import type { Words } from '../text/words.js'
import { countWords, diagnosisWords, ownDetails } from './in-words.js'
import { overall, type TestCase, type TestResults, type TestSuite } from './test-results.js'

type ListedCase = TestCase & { readonly suite: TestSuite }

/** GitHub shows 1 MiB of a step. */
const MOST_LISTED = 50
const MARKS = { pass: '✅', warn: '⚠️', fail: '❌', skip: '➖' } as const

export function markdownOfTests(results: TestResults, words: Words = EN): string {
  const say = (text: LocalizableText): string => sayIn(words, text)
  const cases = results.suites.flatMap((suite) => suite.cases.map((each): ListedCase => ({ suite, ...each })))
  const { table = [], remarks = [], diagnosis = [], findings = [], command } = results
  const [head, ...rows] = table
  const more = (count: number): string => say(keyed('campaign.more-cells', { more: count }))
  const listed = (verdict: 'fail' | 'warn'): string[] => {
    const found = cases.filter((each) => each.verdict === verdict)
    if (found.length === 0) return []
    const lines = cappedList(found, (each) => caseLines(each, ownDetails(results)), more)
    return [`### ${say(keyed(`summary.${verdict}`, { count: found.length }))}`, '', ...lines, '']
  }
  const lines = [
    `## ${MARKS[overall(cases)]} ${escapeMarkdown(results.name)}`,
    '',
    countWords(words, cases),
    '',
    ...(head === undefined ? [] : [row(head), row(head.map(() => '---')), ...rows.map(row), '']),
    ...remarks.flatMap((remark) => [escapeMarkdown(remark), '']),
    ...(diagnosis.length === 0 ? [] : [`### ${say(keyed('diagnosis.likeliest-first'))}`, '']),
    ...diagnosis.map((each, at) => {
      const told = escapeMarkdown(diagnosisWords(words, each))
      return `${at + 1}. **${escapeMarkdown(each.cause)}** ${told}${at === diagnosis.length - 1 ? '\n' : ''}`
    }),
    ...listed('fail'),
    ...listed('warn'),
    ...(findings.length === 0 ? [] : [`### ${say(keyed('findings.title'))}`, '']),
    ...cappedList(findings, (finding) => [`- ${escapeMarkdown(finding)}`], more),
    ...(findings.length === 0 ? [] : ['']),
    ...(command === undefined ? [] : code(command, '')),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

/** The first of many, and how many there are more. */
function cappedList<T>(
  all: readonly T[],
  line: (each: T) => readonly string[],
  more: (count: number) => string,
): string[] {
  const lines = all.slice(0, MOST_LISTED).flatMap(line)
  return all.length > MOST_LISTED ? [...lines, `- ${more(all.length - MOST_LISTED)}`] : lines
}

function caseLines({ suite, name, verdict, reason, details, command }: ListedCase, withDetails: boolean): string[] {
  const strong = `**${escapeMarkdown(suite.isLayer === true ? name : suite.name)}**`
  const where = suite.isLayer === true ? strong : `${strong}, ${escapeMarkdown(name)}`
  const told = withDetails ? [reason, ...details] : [reason]
  const line = `- ${where}: ${escapeMarkdown(told.join('; '))}`
  return command === undefined || verdict !== 'fail' ? [line] : [line, '', ...code(command, '  ')]
}

function code(command: string, indent: string): string[] {
  return ['```sh', printable(command), '```'].map((line) => indent + line)
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => (cell === '---' ? cell : escapeMarkdown(cell))).join(' | ')} |`
}

/** Nothing of a text is taken for markup (GitHub Flavored Markdown 2.4, 6.11). */
function escapeMarkdown(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]<>#|~&]/g, (character) => `\\${character}`)
}
