/** The launcher on its own; test/cli/extcap.test.ts has it started by dumpcap. */
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { launcher } from './install.js'

it('the launcher of a shell hands on what it is given, from paths with all that a shell takes for its own', () => {
  const folder = mkdtempSync(join(tmpdir(), "linkpulse it's $HOME `x` "))
  try {
    const program = join(folder, 'program "1".mjs')
    writeFileSync(program, 'console.log(JSON.stringify(process.argv.slice(2)))')
    const path = join(folder, 'launcher')
    writeFileSync(path, launcher('linux', process.execPath, program))
    chmodSync(path, 0o755)
    const said = execFileSync(path, ['--fifo', '/tmp/a b', '*'], { encoding: 'utf8' })
    expect(JSON.parse(said)).toEqual(['extcap', '--fifo', '/tmp/a b', '*'])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('the launcher of Windows is a batch file, in which no percent sign of a path is a variable', () => {
  expect(launcher('win32', 'C:\\Program Files\\nodejs\\node.exe', 'C:\\100%\\cli.js').split('\r\n')[2]).toBe(
    '"C:\\Program Files\\nodejs\\node.exe" "C:\\100%%\\cli.js" extcap %*',
  )
})
