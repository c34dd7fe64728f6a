import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { reportFaults } from '../schema/judge.js'
import { runCli } from './command.js'
import { runHere, runHereWith } from './here.js'

const folder = mkdtempSync(join(tmpdir(), 'linkpulse-chip-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('linkpulse chip', () => {
  it('runs the words that it is given, and ends', async () => {
    const { status, stdout, stderr } = await runCli('chip', 'model:uno', '--', 'write ERDPTL 12; read ERDPT')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toBe('ERDPT = 000Ch (12)  [DS39662 3.2.3]\n')
  })

  it('reads a script from standard input, and prints a line of JSON for each command', async () => {
    const script = 'reset # and look\nread EREVID\nreda EREVID\n'
    const { status, stdout, stderr } = await runHereWith(script, 'chip', 'avr:uno', '--json')
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { command: 'reset', result: { revision: 'B7' } },
      { command: 'read EREVID', result: { value: 6 } },
    ])
    expect(status).toBe(2)
    expect(stderr).toContain('line 3: reda EREVID: there is no command "reda"; did you mean "read"?')
  })

  it('takes a script by its path, a fault, and says what the chip did not do', async () => {
    const path = join(folder, 'boot.chip')
    writeFileSync(path, 'reset\n')
    const { status, stderr } = await runHere('chip', 'model:uno', '--script', path, '--fault', 'crystal-missing')
    expect(status).toBe(1)
    expect(stderr).toContain('the 25 MHz crystal does not run')
  })

  it('refuses a recording, and commands from two places', async () => {
    expect(await runHere('chip', 'replay:board.lpr', 'read', 'EIR')).toMatchObject({ status: 2 })
    const two = await runHere('chip', 'model:uno', '--script', 'x', 'read', 'EIR')
    expect(two).toMatchObject({ status: 2, stdout: '' })
    expect(two.stderr).toContain('--script has the commands, and "read EIR" is one more')
  })
})

describe('linkpulse diagnose', () => {
  it('diagnoses stored reports again, several, and one from standard input', async () => {
    const checked = await runHere('check', 'model:uno', '--fault', 'miso-open', '--json')
    expect(checked.status).toBe(1)
    const path = join(folder, 'report.json')
    // As another version would have left it: without a diagnosis.
    writeFileSync(path, JSON.stringify({ ...JSON.parse(checked.stdout), diagnosis: [] }))
    const text = await runHere('diagnose', path, path)
    expect(text.status).toBe(1)
    expect(text.stdout.match(/miso-open {2}\(/g)).toHaveLength(2)
    const json = await runHereWith(checked.stdout, 'diagnose', '-', '--json')
    const [again] = JSON.parse(json.stdout)
    expect(reportFaults(again)).toEqual([])
    expect(again.file).toBe('-')
    expect(again.diagnosis).toEqual(JSON.parse(checked.stdout).diagnosis)
  })

  it('refuses what is no report, with what is wrong in it', async () => {
    const path = join(folder, 'none.json')
    writeFileSync(path, '{"version": 1}')
    const { status, stderr } = await runHere('diagnose', path)
    expect(status).toBe(2)
    expect(stderr).toContain('none.json is not a report of linkpulse')
    expect(await runHere('diagnose', join(folder, 'nix.json'))).toMatchObject({ status: 2 })
  })
})
