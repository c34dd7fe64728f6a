import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { comparisonFaults } from '../schema/judge.js'
import { scratch, start } from './command.js'
import { runHere } from './here.js'

const folder = scratch()
const [sound, unplugged, recording] = ['sound.json', 'unplugged.json', 'unplugged.lpr'].map((name) =>
  join(folder, name),
)

beforeAll(async () => {
  const only = ['--only', 'phy.link', '--only', 'phy.polarity']
  const runs = await Promise.all([
    runHere('check', ...only, '--report', sound),
    runHere('check', ...only, '--fault', 'cable-unplugged', '--report', unplugged, '--record', recording),
  ])
  expect(runs.map(({ status }) => status)).toEqual([0, 1])
})

describe('linkpulse compare', () => {
  it('says what differs between a board with a cable and one without, and its exit status does', async () => {
    const { status, stdout, stderr } = await runHere('compare', unplugged, sound)
    expect([status, stderr]).toEqual([1, ''])
    expect(stdout).toMatch(
      /^.*unplugged\.json: uno, model:uno: fail, cable-unplugged\n.*sound\.json: .*: pass, healthy\n/,
    )
    expect(stdout).toMatch(/^Verdicts\n {2}phy\.link {2}fail → pass \(was: no link 6\.0 s .*\)$/m)
    expect(stdout).toMatch(
      /^Figures\n {2}phy\.link {2}time until the link was up {2}not measured → [\d.]+ ms, at most 6000 ms$/m,
    )
    expect(stdout).toMatch(/^Causes\n {2}cable-unplugged {2}\d+ % → not named$/m)
  })

  it('has nothing to say of a report beside itself, on standard input', async () => {
    const { status, stdout } = await start(['compare', sound, '-'], {}, readFileSync(sound)).ended
    expect(status).toBe(0)
    expect(stdout).toMatch(/^.*sound\.json: uno, model:uno: pass, healthy\n-: uno.*\n\nNothing differs: .*\n$/)
  })

  it('takes a recording for the report that it ends in, and prints a document that its schema takes', async () => {
    const same = await runHere('compare', recording, unplugged)
    expect([same.status, same.stderr]).toEqual([0, ''])
    const { status, stdout } = await runHere('compare', `replay:${recording}`, sound, '--json')
    const document = JSON.parse(stdout)
    expect(comparisonFaults(document)).toEqual([])
    expect([status, document.differs]).toEqual([1, true])
    expect(document).toMatchObject({
      first: `replay:${recording}`,
      second: sound,
      verdict: { from: 'fail', to: 'pass' },
    })
    expect(document.verdicts).toContainEqual(expect.objectContaining({ check: 'phy.link', from: 'fail', to: 'pass' }))
  })

  it('refuses what is no report, with the file and the place, and standard input twice', async () => {
    const broken = join(folder, 'broken.json')
    const report = JSON.parse(readFileSync(sound, 'utf8'))
    report.checks[0].verdict = 'fine'
    writeFileSync(broken, JSON.stringify(report))
    const wrong = await runHere('compare', sound, broken)
    expect(wrong).toMatchObject({ status: 2, stdout: '' })
    expect(wrong.stderr).toMatch(/broken\.json is not a report of linkpulse:\n.*checks\[0\]\.verdict/)
    const none = await runHere('compare', sound, join(folder, 'nix.json'))
    expect(none.status).toBe(2)
    expect(none.stderr).toContain('nix.json')
    const twice = await runHere('compare', '-', '-')
    expect(twice.status).toBe(2)
    expect(twice.stderr).toContain('give the path of a file for the other')
    expect(await runHere('compare', sound)).toMatchObject({ status: 2, stdout: '' })
  })
})
