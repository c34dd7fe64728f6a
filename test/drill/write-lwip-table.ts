/** Writes what lwIP does that the segment matrix has not into docs/drill.md: `npm run drill-lwip`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildLwipDrill } from './lwip-drill.js'
import { findingRows, lwipCells, lwipFindings } from './lwip-findings.js'

const DOCS = new URL('../../docs/drill.md', import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'linkpulse-lwip-'))
try {
  const findings = await lwipFindings(buildLwipDrill(folder), lwipCells())
  const wrong = findings.filter(({ instead }) => instead !== undefined).length
  const table = [
    `Of ${findings.length} cells (those beyond the window behind a FIN left out, where its window has moved) lwIP 2.1.3 (Debian's) has ${findings.length - wrong} as the matrix has them, and ${wrong} not:`,
    '',
    '| state | segment | at | RFC 9293: reply, next state | lwIP |',
    '|---|---|---|---|---|',
    ...findingRows(findings),
  ].join('\n')
  const text = readFileSync(DOCS, 'utf8')
  const [begin, end] = ['<!-- lwip -->', '<!-- /lwip -->']
  const at = text.indexOf(begin)
  if (at < 0) throw new Error(`docs/drill.md has no ${begin}`)
  writeFileSync(DOCS, `${text.slice(0, at + begin.length)}\n${table}\n${text.slice(text.indexOf(end))}`)
  process.stdout.write(`${wrong} of ${findings.length} cells differ\n`)
} finally {
  rmSync(folder, { recursive: true })
}
