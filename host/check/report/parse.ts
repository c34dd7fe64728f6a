/** Reads a report that `check --json` printed, or `--report FILE.json` wrote. */
import { readJson } from '../../../boards/schema/json.js'
import { schemaProblems } from '../../../boards/schema/problems.js'
import type { Report } from '../types.js'
import { REPORT, type ReportDocument } from './schema.js'

export class ReportFileError extends Error {
  override readonly name = 'ReportFileError'

  constructor(
    readonly source: string,
    readonly problems: readonly string[],
  ) {
    super(`${source} is not a report of linkpulse:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
  }
}

/**
 * @param source what to call it in errors: its path.
 * @throws ReportFileError with every problem, each with its place, or with the place where it is not JSON.
 */
export function parseReport(text: string, source: string): Report {
  const refuse = (...problems: string[]): Error => new ReportFileError(source, problems)
  const value = readJson(text, 'a report has 5 levels', refuse)
  const problems = schemaProblems(REPORT, value)
  if (problems.length > 0) throw refuse(...problems)
  const { $schema, version, file, ...report } = value as ReportDocument
  return report
}
