/** The formats of a `--report FILE`, by the ending of its name: what other tools read. `check`, `run`, `campaign` and `merge` have them from here. */
import type { Words } from '../text/words.js'
import { ctrfOfTests } from './ctrf.js'
import { REPORT_ENDINGS, type ReportEnding } from './endings.js'
import { htmlOfTests } from './html.js'
import { junitOfTests } from './junit.js'
import { markdownOfTests } from './markdown.js'
import { ocpOfTests } from './ocp.js'
import { tapOfTests } from './tap.js'
import type { TestResults } from './test-results.js'

/** For whom a report is made. */
export interface ReportReader {
  readonly words: Words
  /** Of linkpulse. */
  readonly version: string
}

/** What a command reports on. */
export interface ReportForms<Reported> {
  /** Its document, and formats that it alone has, or has in a way of its own, by ending. */
  readonly own: Readonly<Record<string, (reported: Reported, words: Words) => string>> & {
    readonly '.json': (reported: Reported) => string
  }
  /** It as tests, for every other format. */
  readonly tests: (reported: Reported, words: Words) => TestResults
}

const FORMATS: Readonly<
  Record<Exclude<ReportEnding, '.json'>, (results: TestResults, reader: ReportReader) => string>
> = {
  '.xml': junitOfTests,
  '.html': (results, { words }) => htmlOfTests(results, words),
  '.tap': tapOfTests,
  '.ctrf.json': ctrfOfTests,
  '.md': (results, { words }) => markdownOfTests(results, words),
  '.ocp.jsonl': (results, { version }) => ocpOfTests(results, version),
}

/** The endings there are, with those that a command has of its own. */
export function reportEndings({ own }: Pick<ReportForms<never>, 'own'>): readonly string[] {
  return [...new Set([...REPORT_ENDINGS, ...Object.keys(own)])]
}

/** The ending that says the format of a file; undefined where it is none of those. */
export function reportEnding(path: string, forms: Pick<ReportForms<never>, 'own'>): string | undefined {
  const found = reportEndings(forms).filter((ending) => path.toLowerCase().endsWith(ending))
  // `a.ctrf.json` ends in `.json` as well.
  return found.sort((a, b) => b.length - a.length)[0]
}

/** @param ending one of `reportEndings` */
export function reportWritten<Reported>(
  ending: string,
  reported: Reported,
  { own, tests }: ReportForms<Reported>,
  reader: ReportReader,
): string {
  if (Object.hasOwn(own, ending)) return own[ending](reported, reader.words)
  return FORMATS[ending as keyof typeof FORMATS](tests(reported, reader.words), reader)
}
