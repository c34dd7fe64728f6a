/** Where the program is that a campaign's processes run. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** As seen from dist/chunks/, from dist/ and from the source. */
const PLACES = ['../campaign-worker.js', './campaign-worker.js', './worker.ts'] as const

export function workerProgram(): string {
  const found = PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url))).find(existsSync)
  if (found === undefined) throw new Error('the program that performs the runs of a campaign is missing')
  return found
}
