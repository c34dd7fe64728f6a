/** `--report FILE`: the format follows the file's name. */
import { printableLines } from '../../../firmware/text/printable.js'
import type { Words } from '../../text/words.js'
import type { Report } from '../types.js'
import { jsonReport } from './document.js'
import { htmlReport } from './html.js'
import { junitReport } from './junit.js'
import { tapReport } from './tap.js'
import { textReport } from './text.js'

/** In a language's words, English by default; the document, which programs read, is always in English. */
export type ReportFormat = (report: Report, words?: Words) => string

const FORMATS: Readonly<Record<string, ReportFormat>> = {
  xml: junitReport,
  html: htmlReport,
  tap: tapReport,
  json: jsonReport,
  txt: (report, words) => printableLines(textReport(report, words === undefined ? {} : { words })),
}

/** File name endings a report can be written to. */
export const REPORT_ENDINGS: readonly string[] = Object.keys(FORMATS)

/** The report in the format that the file's name asks for; undefined when its ending is not one of `REPORT_ENDINGS`. */
export function reportFormat(path: string): ReportFormat | undefined {
  const ending = /\.([a-z]+)$/i.exec(path)?.[1].toLowerCase()
  return ending !== undefined && Object.hasOwn(FORMATS, ending) ? FORMATS[ending] : undefined
}
