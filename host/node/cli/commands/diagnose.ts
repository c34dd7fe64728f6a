import { diagnose } from '../../../check/diagnosis/diagnose.js'
import { isStranger } from '../../../check/port-occupant.js'
import { reportDocument } from '../../../check/report/document.js'
import type { Report } from '../../../check/types.js'
import { keyed } from '../../../text/keyed.js'
import { say } from '../../../text/say.js'
import { readReport } from '../../files/report-input.js'
import type { ArgumentsOf } from '../arguments.js'
import { interruptible } from '../interruption.js'
import { printJson } from '../print-json.js'
import { print } from '../say.js'
import { terminalReporter } from '../terminal-reporter.js'
import { WORDS } from '../words.js'
import type { DIAGNOSE_COMMAND } from './diagnose.command.js'

/** `linkpulse diagnose REPORT...`: from the figures of stored reports to causes, as this version has them. */
export async function diagnoseReports(given: ArgumentsOf<typeof DIAGNOSE_COMMAND>): Promise<number> {
  const reports: { readonly file: string; readonly report: Report }[] = []
  for (const file of given.operands) {
    const report = await interruptible((signal) => readReport(file, signal))
    reports.push({ file, report: isStranger(report.occupant) ? report : diagnosedAnew(report) })
  }
  if (given.has('json')) printJson(reports.map(({ file, report }) => reportDocument(report, file)))
  else for (const { file, report } of reports) show(file, report)
  return reports.some(({ report }) => report.verdict === 'fail') ? 1 : 0
}

function diagnosedAnew(report: Report): Report {
  const { diagnosis, unexplained, next } = diagnose(report.checks, { occupant: report.occupant })
  return { ...report, diagnosis, unexplained, nextMeasurement: next }
}

function show(file: string, report: Report): void {
  const { target, seed } = report
  const stored =
    seed === null ? keyed('diagnose.stored', { file, target }) : keyed('diagnose.stored-seed', { file, target, seed })
  print(`${say(WORDS, stored)}\n`)
  terminalReporter().end(report)
}
