/** Before the first test: say what is missing now, rather than in the middle of a run, and make a folder for what its processes build once. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installCommand, missingTools } from './tools.js'

/** Names the folder of this run to its processes; it goes with the run. */
export const RUN_FOLDER = 'LINKPULSE_TEST_RUN'

/** @returns what is done after the last test */
export function setup(): () => void {
  const missing = missingTools()
  if (missing.length > 0) {
    const names = missing.map((tool) => tool.command).join(', ')
    throw new Error(`the tests need ${names}: run \`make tools\`, or \`sudo ${installCommand(missing)}\``)
  }
  const folder = mkdtempSync(join(tmpdir(), 'linkpulse-tests-'))
  process.env[RUN_FOLDER] = folder
  return () => rmSync(folder, { recursive: true })
}
