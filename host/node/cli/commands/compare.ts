import { compareReports, differsInVerdict } from '../../../check/compare/differences.js'
import { comparisonDocument } from '../../../check/compare/document.js'
import { comparisonText } from '../../../check/compare/text.js'
import { checkOpened } from '../../../check/run.js'
import type { Report } from '../../../check/types.js'
import { UsageError } from '../../../errors/errors.js'
import { readReport } from '../../files/report-input.js'
import { openRecording } from '../../serial/open-recording.js'
import type { ArgumentsOf } from '../arguments.js'
import { interruptible } from '../interruption.js'
import { printJson } from '../print-json.js'
import { print } from '../say.js'
import { width } from '../terminal.js'
import { WORDS } from '../words.js'
import type { COMPARE_COMMAND } from './compare.command.js'

/** `linkpulse compare FIRST SECOND`: 0 when no verdict differs, 1 when one does. */
export async function compare(given: ArgumentsOf<typeof COMPARE_COMMAND>): Promise<number> {
  const [first, second] = given.operands
  if (first === '-' && second === '-')
    throw new UsageError('standard input (-) has one report; give the path of a file for the other')
  const reports = { first: await reportOf(first), second: await reportOf(second) }
  const differences = compareReports(reports.first, reports.second)
  const names = { first, second }
  if (given.has('json')) printJson(comparisonDocument(differences, names))
  else {
    const columns = width(process.stdout)
    print(
      comparisonText(differences, names, reports, {
        words: WORDS,
        ...(columns === undefined ? {} : { width: columns }),
      }),
    )
  }
  return differsInVerdict(differences) ? 1 : 0
}

/** A recording is named as a target is, or by the ending that `check --record` suggests. */
function reportOf(operand: string): Promise<Report> {
  const [, recording] = /^replay:(.+)$/.exec(operand) ?? (operand.endsWith('.lpr') ? [operand, operand] : [])
  return interruptible(async (signal) =>
    recording === undefined
      ? readReport(operand, signal)
      : checkOpened(await openRecording(recording, signal), { signal }),
  )
}
