/** `--report FILE`, as often as one likes: the ending of a name says its format. */
import { resolve } from 'node:path'
import { UsageError } from '../../errors/errors.js'
import { type ReportForms, reportEnding, reportEndings, reportWritten } from '../../report/formats.js'
import type { OutputFile } from '../files/output.js'
import { PACKAGE_VERSION } from '../version.js'
import { inTurn, type Outputs } from './outputs.js'
import { WORDS } from './words.js'

/** @throws UsageError for a --report whose name says no format */
export function checkReports(paths: readonly string[], forms: Pick<ReportForms<never>, 'own'>): void {
  for (const path of paths) {
    if (formatOf(path, forms) !== undefined) continue
    throw new UsageError(
      `the name of a --report file says its format: it ends in ${reportEndings(forms).join(', ')}, and ${path} in none of them`,
    )
  }
}

/** The files of one command, which have been looked at already (`checkReports`). */
export class ReportFiles<Reported> {
  readonly #files: readonly OutputFile[]
  readonly #forms: ReportForms<Reported>

  constructor(outputs: Outputs, forms: ReportForms<Reported>) {
    this.#files = outputs.files('report')
    this.#forms = forms
    for (const file of this.#files) if (isStepSummary(file.path)) file.append()
  }

  /** @throws UsageError for a file that takes no more */
  write(reported: Reported): void {
    for (const file of this.#files) {
      const ending = formatOf(file.path, this.#forms)
      if (ending === undefined) throw new Error(`the format of ${file.path} was not looked at`)
      file.write(reportWritten(ending, reported, this.#forms, { words: WORDS, version: PACKAGE_VERSION }))
    }
  }

  /** What was written gets its names. */
  close(): void {
    inTurn(...this.#files.map((file) => () => file.close()))
  }
}

function formatOf(path: string, forms: Pick<ReportForms<never>, 'own'>): string | undefined {
  return isStepSummary(path) ? '.md' : reportEnding(path, forms)
}

/**
 * Whether it is the file that a runner of GitHub's shows on the page of a run: it is named by a variable, its own name says nothing, it takes
 * Markdown, and every program of a step adds to it (docs.github.com, "Workflow commands", "Adding a job summary").
 */
function isStepSummary(path: string): boolean {
  const summary = process.env.GITHUB_STEP_SUMMARY
  return summary !== undefined && summary !== '' && resolve(path) === resolve(summary)
}
