/** `check --report FILE`: what it has of its own beside the formats of all commands. */
import { printableLines } from '../../../firmware/text/printable.js'
import type { ReportForms } from '../../report/formats.js'
import { jsonReport } from './document.js'
import { htmlReport } from './html.js'
import { type CheckedRun, checkTests } from './tests.js'
import { textReport } from './text.js'

/** The document, which programs read, is always in English. */
export const CHECK_FORMS: ReportForms<CheckedRun> = {
  own: {
    '.json': ({ report }) => jsonReport(report),
    '.html': ({ report }, words) => htmlReport(report, words),
    '.txt': ({ report }, words) => printableLines(textReport(report, { words })),
  },
  tests: checkTests,
}
