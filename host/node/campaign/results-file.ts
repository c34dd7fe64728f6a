/**
 * Results in a file, a line each, written as they come: what was interrupted goes on from there. The first line says what was run on
 * (a hash of the sources and settings that results depend on); those of something else are no results of this.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { CampaignResult } from '../../campaign/result.js'

export interface ResultsFile {
  /** By `runKey`. */
  readonly kept: ReadonlyMap<string, CampaignResult>
  /** Lines that were left out: half a line at the end of a run that was killed. */
  readonly broken: number
  add(result: CampaignResult): void
}

/** The result of a line; undefined for half a one. */
function resultOfLine(line: string): CampaignResult | undefined {
  let read: unknown
  try {
    read = JSON.parse(line)
  } catch {
    return undefined // cut off where the run was killed: it is counted, and run again
  }
  const { key, verdict, checks, occupant, harm } = (read ?? {}) as Partial<CampaignResult>
  if (typeof key !== 'string' || typeof verdict !== 'string' || !Array.isArray(checks)) return undefined
  return {
    key,
    verdict,
    checks,
    ...(occupant === undefined ? {} : { occupant }),
    ...(harm === undefined ? {} : { harm }),
  }
}

/** @param of what the results depend on; a file that says otherwise is begun anew */
export function openResultsFile(path: string, of: string): ResultsFile {
  const kept = new Map<string, CampaignResult>()
  const head = JSON.stringify({ of })
  let broken = 0
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const [first, ...lines] = text.split('\n')
  if (first === head) {
    for (const line of lines) {
      if (line === '') continue
      const result = resultOfLine(line)
      if (result === undefined) broken++
      else kept.set(result.key, result)
    }
    if (!text.endsWith('\n')) appendFileSync(path, '\n')
  } else {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, `${head}\n`)
  }
  return { kept, broken, add: (result) => appendFileSync(path, `${JSON.stringify(result)}\n`) }
}
