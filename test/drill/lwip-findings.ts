/** What lwIP does that is not in the segment matrix of RFC 9293 3.10.7: the table of docs/drill.md. */
import { cpus } from 'node:os'
import type { DrillReport } from '../../host/drill/drill.js'
import { drillProgram } from './lwip-drill.js'
import { matrixFile, matrixScript } from './matrix-scripts.js'
import { type MatrixCell, type MatrixState, matrixCells } from './segment-matrix.js'

/** TCP_WND of Debian's lwipopts.h. */
const WINDOW = 65_535

/** A FIN has arrived in them: lwIP's right edge moves on with it, which it may, so the first number beyond is another one. */
const BEHIND_FIN: readonly MatrixState[] = ['CLOSE-WAIT', 'CLOSING', 'LAST-ACK', 'TIME-WAIT', 'TIME-WAIT (listener)']

/** The cells that say something of lwIP. */
export function lwipCells(): MatrixCell[] {
  return matrixCells().filter(({ state, position }) => position !== 'right+1' || !BEHIND_FIN.includes(state))
}

export interface LwipFinding {
  readonly cell: MatrixCell
  /** What it did; undefined: as the matrix has it. */
  readonly instead: string | undefined
}

/** @param program as `buildLwipDrill` gave it */
export async function lwipFindings(program: string, cells: readonly MatrixCell[]): Promise<LwipFinding[]> {
  const findings: LwipFinding[] = []
  let next = 0
  const work = async (): Promise<void> => {
    for (let at = next++; at < cells.length; at = next++) {
      const report = await drillProgram(program, matrixFile(cells[at]), matrixScript(cells[at], WINDOW), {
        strict: true,
      })
      findings[at] = { cell: cells[at], instead: insteadOf(report) }
    }
  }
  await Promise.all(cpus().map(work))
  return findings
}

function insteadOf({ verdict, problems, result }: DrillReport): string | undefined {
  if (verdict === 'pass') return undefined
  if (verdict === 'not run') return `the program ends: ${problems[0]?.sentence.key ?? ''}`
  const { statement = '', message = '', actual } = result?.failure ?? {}
  const [, state] = /tcpi_state is \d+ \(([A-Z0-9-]+)\)/.exec(message) ?? []
  if (state !== undefined) return /^\+0\.6 /.test(statement) ? `is in ${state}` : `is in ${state} before`
  if (actual !== undefined) return `sends ${flagNames(actual.split(' ')[0])}`
  return message.startsWith('nothing was sent') ? 'sends nothing' : message.replace(/ by [\d.]+$/, '')
}

/** `R.` is RST,ACK. */
function flagNames(letters: string): string {
  const names: Readonly<Record<string, string>> = { S: 'SYN', R: 'RST', F: 'FIN', '.': 'ACK' }
  return [...letters].flatMap((letter) => names[letter] ?? []).join(',')
}

/** One row for what is wrong in the same way. */
export function findingRows(findings: readonly LwipFinding[]): string[] {
  const rows = new Map<string, string[]>()
  for (const { cell, instead } of findings) {
    if (instead === undefined) continue
    const { state, segment, position, rule } = cell
    const wanted = `${rule.reply}, ${rule.next ?? state}`
    const key = `| ${state} | ${segment} | @ | ${wanted} | ${instead} |`
    rows.set(key, [...(rows.get(key) ?? []), position])
  }
  return [...rows].map(([row, positions]) => row.replace('@', positions.join(', ')))
}
