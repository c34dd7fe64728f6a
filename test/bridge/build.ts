/** Builds the bridge's core for this machine, under the sanitizers, once in a run of the tests. */
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RUN_FOLDER } from '../setup/global.js'

const BRIDGE = fileURLToPath(new URL('../../firmware/bridge', import.meta.url))

/** The folder that holds `bridge-host` and `bridge-vectors`. Of several processes that ask at once, one builds and the others wait. */
export function buildHost(): string {
  const folder = process.env[RUN_FOLDER]
  if (folder === undefined) throw new Error(`${RUN_FOLDER} is not set: this is for the tests`)
  const out = join(folder, 'bridge')
  mkdirSync(out, { recursive: true })
  const make = ['make', '-s', '-C', BRIDGE, 'host', `OUT=${out}`]
  execFileSync('flock', [join(folder, 'bridge.lock'), ...make], { stdio: ['ignore', 'ignore', 'pipe'] })
  return out
}
