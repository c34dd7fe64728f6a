/** Tests as a page, in the look of the page of a check. */
import { escapeMarkup } from '../../firmware/text/markup.js'
import { EN } from '../text/en.js'
import { keyed, type LocalizableText } from '../text/keyed.js'
import { say as sayIn } from '../text/say.js'
import type { Words } from '../text/words.js'
import { countWords, ownDetails } from './in-words.js'
import { pageText, VERDICT_MARKS } from './page.js'
import { overall, replayOf, type TestCase, type TestResults, type TestSuite } from './test-results.js'

type Say = (text: LocalizableText) => string

/** Of a suite: what passed is listed where it is not more than this; of what did not pass the first ones. */
const MOST_PASSED = 100
const MOST_OTHERS = 500

export function htmlOfTests(results: TestResults, words: Words = EN): string {
  const say: Say = (text) => sayIn(words, text)
  const { name, subject, seed, suites, table = [], findings = [] } = results
  const cases = suites.flatMap((suite) => suite.cases)
  const verdict = overall(cases)
  return pageText({
    language: words.language,
    title: name,
    verdict: { name: verdict, text: say(keyed(`verdict.${verdict}`)) },
    facts: [
      ...(subject === '' || subject === name ? [] : [subject]),
      ...(seed === undefined ? [] : [say(keyed('report.seed', { seed }))]),
      countWords(words, cases),
    ],
    parts: [
      glance(table),
      ...suites.map((suite) => suiteTable(results, suite, say)),
      findings.length === 0
        ? ''
        : `<h2>${escapeMarkup(say(keyed('findings.title')))} <span class="soft">${escapeMarkup(say(keyed('findings.what')))}</span></h2>\n` +
          `<ul>${findings.map((finding) => `<li>${escapeMarkup(finding)}</li>`).join('')}</ul>`,
    ],
  })
}

function glance([head, ...rows]: readonly (readonly string[])[]): string {
  if (head === undefined) return ''
  const cells = (tag: 'td' | 'th', row: readonly string[]): string =>
    `<tr>${row.map((cell) => `<${tag}>${escapeMarkup(cell)}</${tag}>`).join('')}</tr>`
  return `<table><thead>${cells('th', head)}</thead><tbody>${rows.map((each) => cells('td', each)).join('')}</tbody></table>`
}

function suiteTable(results: TestResults, suite: TestSuite, say: Say): string {
  const passed = suite.cases.filter(({ verdict }) => verdict === 'pass')
  const others = suite.cases.filter(({ verdict }) => verdict !== 'pass')
  const shown = new Set([...(passed.length > MOST_PASSED ? [] : passed), ...others.slice(0, MOST_OTHERS)])
  const hidden = suite.cases.length - shown.size
  const rows = suite.cases.filter((each) => shown.has(each)).map((each) => caseRow(results, each, say))
  const printed = suite.output === undefined || suite.output === '' ? [] : [suite.output]
  return [
    `<h2>${escapeMarkup(suite.name)}</h2>`,
    `<table><tbody>${rows.join('')}</tbody></table>`,
    ...(hidden === 0
      ? []
      : [`<p class="soft">${escapeMarkup(say(keyed('campaign.more-cells', { more: hidden })))}</p>`]),
    ...printed.map(
      (text) =>
        `<details><summary>${escapeMarkup(say(keyed('occupant.said')))}</summary><pre>${text.split(/\r?\n/).map(escapeMarkup).join('\n')}</pre></details>`,
    ),
  ].join('\n')
}

function caseRow(results: TestResults, each: TestCase, say: Say): string {
  const { name, verdict, seconds, reason, details } = each
  const { command } = replayOf(results, each)
  const told = [reason, ...(ownDetails(results) ? details : [])]
    .filter((line) => line !== '')
    .map((line) => `<div>${escapeMarkup(line)}</div>`)
  const again = verdict !== 'fail' || command === undefined ? '' : `<div><code>${escapeMarkup(command)}</code></div>`
  return (
    `<tr><td class="verdict ${verdict}">${VERDICT_MARKS[verdict]} ${escapeMarkup(say(keyed(`verdict.${verdict}`)))}</td>` +
    `<td>${escapeMarkup(name)}${told.join('')}${again}</td><td class="soft">${seconds.toFixed(3)} s</td></tr>`
  )
}
