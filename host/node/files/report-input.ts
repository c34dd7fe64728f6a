/** Stored reports, as commands read them. */
import { parseReport, ReportFileError } from '../../check/report/parse.js'
import type { Report } from '../../check/types.js'
import { UsageError } from '../../errors/errors.js'
import { type InputKind, readStandardInput, readTextFile } from './input.js'

const REPORT_INPUT: InputKind = {
  what: 'report',
  limit: 16 << 20,
  remedy: 'give the path of a report as `linkpulse check --json` prints it',
}

/**
 * @param file its path; `-` is standard input
 * @throws UsageError naming the file and each place that is wrong; the signal's reason
 */
export async function readReport(file: string, signal: AbortSignal): Promise<Report> {
  const text = await (file === '-' ? readStandardInput(REPORT_INPUT, signal) : readTextFile(file, REPORT_INPUT, signal))
  try {
    return parseReport(text, file === '-' ? 'standard input' : file)
  } catch (error) {
    if (error instanceof ReportFileError) throw new UsageError(error.message, { cause: error })
    throw error
  }
}
