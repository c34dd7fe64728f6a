/**
 * docs/conformance.md: each requirement with the tests that prove it. A test belongs to row N when its name begins with N
 * and a space or an opening bracket. `make docs` writes the document; `ledger.test.ts` compares it, and counts both ways.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { ROOT } from '../docs/shown.js'
import { PEER_FEATURES, PEERS } from './peers.js'
import { REQUIREMENT_GROUPS, REQUIREMENTS, type Requirement } from './requirements.js'
import { sentenceIndex } from './sentence-ledger.js'

export const LEDGER_FILE = 'docs/conformance.md'

export interface NumberedTest {
  readonly row: number
  /** What follows the number. */
  readonly name: string
  /** From the root, with slashes. */
  readonly file: string
}

/** Where numbered tests are. */
const ROOMS = ['firmware', 'host', 'test']
/** Where a number at the front of a name is only a number. */
const OTHERS = ['firmware/bridge/', 'test/chip/', 'test/conformance/ledger.test.ts']

/** A test's call with a literal name that begins with a number: `it('38 …`, `it.each(…)('38 [step 1] …`. Skipped ones do not count. */
const NUMBERED =
  /(?:\b(?:it|test)(?:\.only|\.concurrent)*|\))\(\s*(['"`])([1-9]\d{0,2})(?= |\[)((?:\\.|(?!\1)[^\\])*)\1/g

/** The numbered tests of one file's text. */
export function numberedTestsIn(text: string, file: string): NumberedTest[] {
  const uncommented = text.replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '').replace(/\b(?:it|test)\.(?:skip|todo)\b[^\n]*/g, '')
  return Array.from(uncommented.matchAll(NUMBERED), ([, quote, row, name]) => ({
    row: Number(row),
    name: name
      .trim()
      .replaceAll(`\\${quote}`, quote)
      .replace(/\$\{[^}]*\}|%[sdij]/g, '…'),
    file,
  }))
}

/** All numbered tests of the house, in the order of their rows, then of their files. */
export function numberedTests(): NumberedTest[] {
  const found: NumberedTest[] = []
  for (const room of ROOMS)
    for (const entry of readdirSync(join(ROOT, room), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.test.ts')) continue
      const path = join(entry.parentPath, entry.name)
      const file = relative(ROOT, path).split(sep).join('/')
      if (!OTHERS.some((other) => file.startsWith(other)))
        found.push(...numberedTestsIn(readFileSync(path, 'utf8'), file))
    }
  return found.sort((a, b) => a.row - b.row || (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
}

/** What is wrong between rows and tests, a sentence each; empty when each names the other. */
export function ledgerFaults(tests: readonly NumberedTest[]): string[] {
  const rows = new Set(REQUIREMENTS.map(({ row }) => row))
  const proven = new Set(tests.map(({ row }) => row))
  return [
    ...REQUIREMENTS.filter(({ row }) => !proven.has(row)).map(({ row, text }) => `row ${row} has no test: ${text}`),
    ...tests
      .filter(({ row }) => !rows.has(row))
      .map(({ row, name, file }) => `${file} has a test of a row ${row}, and there is none: ${name}`),
  ]
}

const escaped = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('*', '\\*')

function peersCell(row: number): string {
  const feature = PEER_FEATURES.find(({ rows }) => rows.includes(row))
  if (feature === undefined) return ''
  const groups = new Map<string, string[]>()
  PEERS.forEach((peer, i) => {
    groups.set(feature.answers[i], [...(groups.get(feature.answers[i]) ?? []), peer])
  })
  const words: readonly (readonly [string, string])[] = [
    ['Y', 'yes'],
    ['P', 'in part'],
    ['O', 'if switched on'],
    ['N', 'no'],
  ]
  return words
    .filter(([answer]) => groups.has(answer))
    .map(([answer, word]) => `${word}: ${groups.get(answer)?.join(', ')}`)
    .join('; ')
}

function row(requirement: Requirement, tests: readonly NumberedTest[]): string {
  const own = tests.filter((test) => test.row === requirement.row)
  const files = [...new Set(own.map(({ file }) => file))]
  const proofs = files.map((file) => {
    const names = own.filter((test) => test.file === file).map(({ name }) => escaped(name))
    return `[${file.split('/').at(-1)}](../${file}): ${names.join(' · ')}`
  })
  const deviation = requirement.deviation === undefined ? '' : `<br>**Deviation:** ${escaped(requirement.deviation)}`
  const from = [requirement.labels.join(' '), requirement.from].filter((part) => part !== '').join('<br>')
  const cells = [
    requirement.row,
    from,
    escaped(requirement.text) + deviation,
    proofs.join('<br>'),
    peersCell(requirement.row),
  ]
  return `| ${cells.join(' | ')} |`
}

/** The whole document. */
export function ledger(tests: readonly NumberedTest[]): string {
  const proven = REQUIREMENTS.filter((requirement) => tests.some((test) => test.row === requirement.row))
  const deviating = REQUIREMENTS.filter(({ deviation }) => deviation !== undefined)
  const labels = new Set(REQUIREMENTS.flatMap((requirement) => requirement.labels))
  const musts = [...labels].filter((label) => label.startsWith('MUST')).length
  const parts = [
    '# Conformance',
    '',
    'Written by `make docs`; a test compares it with the tests there are.',
    '',
    'What a TCP/IP stack owes, each requirement a row that can be tested: given, when, then. C is this stack, P a scripted',
    "peer; r is C's RCV.NXT, s its SND.NXT, w its receive window; the labels are those of RFC 9293's appendix B. A row names",
    'the tests that prove it (their names begin with its number), and a test fails when a row has none or when a numbered test',
    'has no row. Where this stack deviates, the row says so and why. The last column says which other stacks have the feature',
    'that the row is about, as read in their sources and option defaults (not run against these rows); a stack that is not',
    'named there was not settled.',
    '',
    `**${REQUIREMENTS.length} rows, ${proven.length} with tests (${tests.length} numbered tests in ${new Set(tests.map(({ file }) => file)).size} files), ${deviating.length} with a deviation. ` +
      `They cover ${labels.size} labels of RFC 9293, ${musts} of them MUST.**`,
  ]
  if (deviating.length > 0) parts.push('', `Rows with a deviation: ${deviating.map(({ row }) => row).join(', ')}.`)
  parts.push('', ...sentenceIndex())
  for (const { title, rows } of REQUIREMENT_GROUPS)
    parts.push(
      '',
      `## ${title}`,
      '',
      '| row | from | requirement | tests | peers |',
      '|---|---|---|---|---|',
      ...rows.map((each) => row(each, tests)),
    )
  return `${parts.join('\n')}\n`
}
