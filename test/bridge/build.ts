/** Builds the bridge's core for this machine, under the sanitizers, once per test run. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const BRIDGE = fileURLToPath(new URL('../../firmware/bridge', import.meta.url))

/** The folder that holds `bridge-host` and `bridge-vectors`. */
export function buildHost(): string {
  const out = mkdtempSync(join(tmpdir(), 'linkpulse-bridge-'))
  execFileSync('make', ['-s', '-C', BRIDGE, 'host', `OUT=${out}`], { stdio: ['ignore', 'ignore', 'pipe'] })
  return out
}
