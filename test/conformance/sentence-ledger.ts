/**
 * docs/conformance/: standards sentence by sentence, each page made of a list in `sentences/`; and their index in docs/conformance.md.
 * `make docs` writes them. What is wrong between lists, tests and citations is said here, a sentence each.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../docs/shown.js'
import type { Citation, CitedLabel } from './citations.js'
import type { NormativeSentence, Section, Standard, State } from './sentences/sentence.js'
import { STANDARDS } from './sentences/standards.js'
import { testTitles } from './test-titles.js'

export interface Counts {
  readonly sentences: number
  readonly tested: number
  readonly notApplicable: number
  readonly open: number
}

export function countsOf({ sections }: Standard): Counts {
  const states = sections.flatMap(({ sentences }) => sentences.map(({ state }) => state.kind))
  const of = (kind: State['kind']) => states.filter((each) => each === kind).length
  return {
    sentences: states.length,
    tested: of('tested'),
    notApplicable: of('not applicable'),
    open: of('open'),
  }
}

export const pageOf = ({ rfc }: Standard): string => `docs/conformance/rfc${rfc}.md`

/** Titles by file; a file is read once. @returns undefined where there is no such file */
export function titlesIn(): (file: string) => readonly string[] | undefined {
  const known = new Map<string, readonly string[] | undefined>()
  return (file) => {
    if (!known.has(file)) {
      const path = join(ROOT, file)
      known.set(file, existsSync(path) ? testTitles(readFileSync(path, 'utf8')) : undefined)
    }
    return known.get(file)
  }
}

/** What is wrong with the lists themselves, and with the tests that they name. */
export function sentenceFaults(
  standards: readonly Standard[],
  titles: (file: string) => readonly string[] | undefined,
): string[] {
  return standards.flatMap((standard) =>
    standard.sections.flatMap((section) => {
      const place = `RFC ${standard.rfc} ${section.number}`
      const twice = standard.sections.filter(({ number }) => number === section.number).length > 1
      return [
        ...(twice ? [`${place} stands twice in its list`] : []),
        ...(section.sentences.length === 0 && !section.without
          ? [`${place} has no sentence, and does not say why`]
          : []),
        ...section.sentences.flatMap((sentence) => stateFaults(`${place}, "${sentence.text}"`, sentence.state, titles)),
      ]
    }),
  )
}

function stateFaults(place: string, state: State, titles: (file: string) => readonly string[] | undefined): string[] {
  if (state.kind !== 'tested') return state.why.trim() === '' ? [`${place}: ${state.kind}, and does not say why`] : []
  if (state.proofs.length === 0) return [`${place}: names no test`]
  return state.proofs.flatMap(({ file, title }) => {
    const there = titles(file)
    if (there === undefined) return [`${place}: there is no file ${file}`]
    const count = there.filter((each) => each === title).length
    if (count === 0) return [`${place}: ${file} has no test "${title}"`]
    return count === 1 ? [] : [`${place}: ${file} has ${count} tests "${title}"; give them names of their own`]
  })
}

/** Labels, as `MUST-41`, of sentences of the one standard that has them: those given twice, and those cited that there are not. */
export function labelFaults(standards: readonly Standard[], cited: readonly CitedLabel[]): string[] {
  const labels = labelsOf(standards)
  return [
    ...labels.filter((label, i) => labels.indexOf(label) !== i).map((label) => `${label} stands twice`),
    ...cited
      .filter(({ label }) => !labels.includes(label))
      .map(({ label, file, line }) => `${file}:${line} cites ${label}, which no standard has`),
  ]
}

/** In the order in which they stand. */
export function labelsOf(standards: readonly Standard[]): string[] {
  return standards.flatMap(({ sections }) =>
    sections.flatMap(({ sentences }) => sentences.flatMap(({ label }) => label ?? [])),
  )
}

/** Citations of sections that the list of their standard does not have. Standards without a list are not judged. */
export function citationFaults(standards: readonly Standard[], cited: readonly Citation[]): string[] {
  return cited.flatMap(({ rfc, section, file, line }) => {
    const standard = standards.find((each) => each.rfc === rfc)
    if (standard === undefined || standard.sections.some(({ number }) => isUnder(number, section))) return []
    return [`${file}:${line} cites RFC ${rfc} ${section}, of which test/conformance/sentences/rfc${rfc}.ts has nothing`]
  })
}

/** A section is what is cited, or a part of it: `4.5` is under `4`. */
const isUnder = (number: string, cited: string) => number === cited || number.startsWith(`${cited}.`)

const escaped = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('*', '\\*')

const linkTo = (file: string) => `[${file.split('/').at(-1)}](../../${file})`

function stateCell(state: State): string {
  if (state.kind !== 'tested') return `**${state.kind}**: ${escaped(state.why)}`
  const files = [...new Set(state.proofs.map(({ file }) => file))]
  const proofs = files.map((file) => {
    const names = state.proofs.filter((proof) => proof.file === file).map(({ title }) => escaped(title))
    return `${linkTo(file)}: ${names.join(' · ')}`
  })
  return `**tested**: ${proofs.join('<br>')}`
}

const row = ({ level, label, text, state }: NormativeSentence) =>
  `| ${label ?? level} | ${escaped(text)} | ${stateCell(state)} |`

function sectionLines(standard: Standard, section: Section, cited: readonly Citation[]): string[] {
  const files = new Set(
    cited.filter((each) => each.rfc === standard.rfc && each.section === section.number).map(({ file }) => file),
  )
  const heading = /^[A-Z]$/.test(section.number) ? `Appendix ${section.number}` : section.number
  const lines = ['', `## ${heading} ${section.title}`.trimEnd(), '']
  if (files.size > 0) lines.push(`Cited in ${[...files].map(linkTo).join(', ')}.`, '')
  if (section.sentences.length === 0) lines.push(`Nothing is demanded: ${section.without}`)
  else lines.push('| | sentence | here |', '|---|---|---|', ...section.sentences.map(row))
  return lines
}

/** The page of one standard. */
export function sentencePage(standard: Standard, cited: readonly Citation[]): string {
  const { sentences, tested, notApplicable, open } = countsOf(standard)
  const lines = [
    `# RFC ${standard.rfc}: ${standard.title}`,
    '',
    `Written by \`make docs\` from \`test/conformance/sentences/rfc${standard.rfc}.ts\`; a test compares it. [All standards](../conformance.md).`,
    '',
    `**${sentences} sentences: ${tested} tested, ${notApplicable} not applicable, ${open} open.** ${standard.complete ? 'Complete.' : 'In part.'} ${standard.extent}`,
    ...standard.sections.flatMap((section) => sectionLines(standard, section, cited)),
  ]
  return `${lines.join('\n')}\n`
}

/** The index of the pages, a part of docs/conformance.md. */
export function sentenceIndex(): string[] {
  const all = STANDARDS.map((standard) => ({ standard, counts: countsOf(standard) }))
  const sum = (of: (counts: Counts) => number) => all.reduce((total, { counts }) => total + of(counts), 0)
  const cells = (counts: Counts) => `${counts.sentences} | ${counts.tested} | ${counts.notApplicable} | ${counts.open}`
  return [
    '## Sentence by sentence',
    '',
    'Each MUST and SHOULD of a standard, in its order, is on a page of its own: tested (by name), not applicable (why) or open (why).',
    'A test fails when a named test is gone, when a sentence has no state, and when a source file cites a section of one of these',
    'standards that its page does not have.',
    '',
    '| standard | extent | sentences | tested | not applicable | open |',
    '|---|---|---|---|---|---|',
    ...all.map(
      ({ standard, counts }) =>
        `| [RFC ${standard.rfc}](conformance/rfc${standard.rfc}.md) ${standard.title} | ${standard.complete ? 'complete' : 'in part'} | ${cells(counts)} |`,
    ),
    `| all | | ${sum((c) => c.sentences)} | ${sum((c) => c.tested)} | ${sum((c) => c.notApplicable)} | ${sum((c) => c.open)} |`,
  ]
}
