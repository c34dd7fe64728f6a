/** Markdown as GitHub shows it in the summary of a step ($GITHUB_STEP_SUMMARY): counts, the table, and what failed first. */
import { printable } from '../../firmware/text/printable.js'
import { type TestResults, tally } from './test-results.js'

/** GitHub shows 1 MiB of a step. */
const MOST_FAILURES = 50

export function markdownOfTests(results: TestResults): string {
  const cases = results.suites.flatMap((suite) => suite.cases.map((each) => ({ suite: suite.name, ...each })))
  const { pass, fail, skip } = tally(cases)
  const lines = [`## ${fail > 0 ? '❌' : '✅'} ${escapeMarkdown(results.name)}`, '']
  lines.push(`${cases.length} tests: ${pass} passed, ${fail} failed, ${skip} skipped`, '')
  const [head, ...rows] = results.table ?? []
  if (head !== undefined) lines.push(row(head), row(head.map(() => '---')), ...rows.map(row), '')
  const failures = cases.filter(({ verdict }) => verdict === 'fail')
  if (failures.length > 0) lines.push('### What failed', '')
  for (const { suite, name, reason, details, command } of failures.slice(0, MOST_FAILURES)) {
    lines.push(
      `- **${escapeMarkdown(suite)}**, ${escapeMarkdown(name)}: ${escapeMarkdown([reason, ...details].join('; '))}`,
    )
    if (command !== undefined) lines.push('', '  ```sh', `  ${printable(command)}`, '  ```')
  }
  if (failures.length > MOST_FAILURES) lines.push(`- and ${failures.length - MOST_FAILURES} more`)
  return `${lines.join('\n').trimEnd()}\n`
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => (cell === '---' ? cell : escapeMarkdown(cell))).join(' | ')} |`
}

/** Nothing of a text is taken for markup (GitHub Flavored Markdown 2.4, 6.11). */
function escapeMarkdown(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]<>#|~&]/g, (character) => `\\${character}`)
}
