/**
 * Recordings of real hardware (sigrok-dumps, in the public domain). They lie beside the repository, not in it: a test that
 * reads one says `skipped: no captures` on a machine that does not have them. LINKPULSE_CAPTURES names another folder.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The note of a test that was skipped for want of a recording. */
export const NO_CAPTURES = 'no captures'

/** Path of a recording, or undefined where there is none of this name. */
export function capturePath(name: string): string | undefined {
  const folder = process.env.LINKPULSE_CAPTURES ?? fileURLToPath(new URL('../../../shared/captures', import.meta.url))
  const path = join(folder, name)
  return existsSync(path) ? path : undefined
}
