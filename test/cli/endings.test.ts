/** How a command ends when its reader goes away, the disk is full, or a person has had enough. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { variation, variationsOf } from '../judge/variations.js'
import { cli, root, runCli, scratch, start, until } from './command.js'
import { runHere } from './here.js'

interface ReportFile {
  readonly verdict: string
  readonly checks: readonly { readonly verdict: string; readonly reason: string }[]
}

describe('a reader that goes away', () => {
  it('does not make a failing board a sound one, nor take the reports with it', async () => {
    const folder = scratch()
    const files = ['h.xml', 'h.pcapng', 'h.vcd'].map((name) => join(folder, name))
    const [report, capture, trace] = files
    const words = ['check', 'avr:uno', '--fault', 'miso-open']
    const child = spawn(process.execPath, [cli, ...words, '--report', report, '--capture', capture, '--trace', trace], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (text: Buffer) => {
      said += text.toString()
    })
    child.stdout.once('data', () => child.stdout.destroy())
    const status = await new Promise((resolve) => child.on('close', resolve))
    expect([status, said]).toEqual([1, ''])
    expect(readFileSync(report, 'utf8')).toMatch(/<testsuites .*failures="[1-9].*<\/testsuites>\n$/s)
    expect(readFileSync(capture).readUInt32LE(0)).toBe(0x0a0d0d0a) // pcapng: section header block
    expect(readFileSync(trace, 'utf8')).toMatch(/^#\d+\n$/m)
  })
})

// Linux has a file that is always full.
describe.skipIf(!existsSync('/dev/full'))('a full disk', () => {
  it.each(variationsOf(['faults', 'check --json', 'check --only serial.session']))(
    'under standard output is said, with what to do (exit status 2): %s',
    (words) => {
      const { status, stderr } = spawnSync('sh', ['-c', `'${process.execPath}' '${cli}' ${words} > /dev/full`], {
        cwd: root,
        encoding: 'utf8',
      })
      expect(stderr).toBe(
        'linkpulse: cannot write to standard output: the disk is full; send it somewhere else (> FILE)\n',
      )
      expect(status).toBe(2)
    },
  )

  it.each(variationsOf(['--trace', '--capture']))(
    'under the file of %s is what is said, and nothing that came of it',
    async (option) => {
      const { status, stderr } = await runCli('check', option, '/dev/full')
      expect(stderr).toBe(`linkpulse: cannot write the ${option} file /dev/full: the disk is full; give another path\n`)
      expect(status).toBe(2)
    },
  )
})

describe('a run that is ended', () => {
  it('by Ctrl-C says so, and leaves what had been checked by then (exit status 130, as a shell has it)', async () => {
    const folder = scratch()
    const report = join(folder, 'si.json')
    const trace = join(folder, 'si.vcd')
    const command = start(['check', 'avr:uno', '--report', report, '--trace', trace])
    await until(() => command.stdout().includes('pass  serial.echo'))
    command.process.kill('SIGINT')
    const { status, stdout, stderr } = await command.ended
    expect(status).toBe(130)
    expect(stderr).toMatch(/^linkpulse: interrupted: .*had been checked by then\n$/)
    expect(stdout).toMatch(/^SKIP .*interrupted before it was done$/m)
    const { verdict, checks } = JSON.parse(readFileSync(report, 'utf8')) as ReportFile
    expect(verdict).toBe('skip')
    expect(checks.filter((check) => check.verdict === 'pass').length).toBeGreaterThan(2)
    expect(checks.at(-1)).toMatchObject({ verdict: 'skip', reason: 'the run was interrupted' })
    expect(readFileSync(trace, 'utf8')).toMatch(/^#\d+\n$/m)
  })

  variation('before anything was found out leaves no empty file behind', async () => {
    const folder = scratch()
    const { status } = await runHere('check', '/dev/no-such-port', '--report', join(folder, 'x.xml'))
    expect(status).toBe(3)
    expect(readdirSync(folder)).toEqual([])
  })
})
