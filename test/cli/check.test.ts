import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { NAMED } from '../check/nine-faults.js'
import { variation, variationsOf } from '../judge/variations.js'
import { reportFaults } from '../schema/judge.js'
import { runCli, scratch } from './command.js'
import { runHere } from './here.js'

interface Report {
  target: string
  backend: string
  board: string
  seed: number
  verdict: string
  checks: { id: string; layer: string; verdict: string; measurements: object[]; reference: string; reason: string }[]
  diagnosis: { cause: string; confidence: number; evidence: string[]; remedy: string }[]
  findings: object[]
  counters: object
}

describe('linkpulse check model:uno', () => {
  let folder = ''
  beforeAll(() => {
    folder = scratch()
  })

  it('passes, and says so in one JSON document with the fields that are promised', async () => {
    const { status, stdout, stderr } = await runHere('check', 'model:uno', '--json')
    expect(stderr).toBe('')
    expect(status).toBe(0)
    const report = JSON.parse(stdout) as Report
    expect(report).toMatchObject({ $schema: expect.stringMatching(/\/schema\/report\.json$/), version: 1 })
    expect(reportFaults(report)).toEqual([])
    expect(report).toMatchObject({ target: 'model:uno', backend: 'model', board: 'uno', seed: 1, verdict: 'pass' })
    expect(report.diagnosis).toEqual([])
    expect(report.findings).toEqual([])
    expect(report.checks.length).toBeGreaterThanOrEqual(25)
    for (const check of report.checks) {
      expect(['pass', 'skip']).toContain(check.verdict)
      expect(check.reference).not.toBe('')
      if (check.verdict === 'pass') expect(check.measurements.length).toBeGreaterThan(0)
      for (const figure of check.measurements)
        expect(Object.keys(figure)).toEqual(['name', 'value', 'unit', 'min', 'max'])
    }
  })

  variation(
    'is a function of the seed: the same bytes of JSON and the same capture twice, others for another seed',
    async () => {
      const once = async (name: string, seed: string): Promise<{ json: string; capture: Buffer }> => {
        const path = join(folder, name)
        const { status, stdout } = await runHere('check', '--seed', seed, '--json', '--capture', path)
        expect(status).toBe(0)
        return { json: stdout, capture: readFileSync(path) }
      }
      const [first, second, other] = await Promise.all([
        once('1.pcapng', '5'),
        once('2.pcapng', '5'),
        once('3.pcapng', '6'),
      ])
      expect(second.json).toBe(first.json)
      expect(second.capture.equals(first.capture)).toBe(true)
      expect(first.capture.length).toBeGreaterThan(10_000)
      expect(other.json).not.toBe(first.json)
    },
  )

  variation('gives the same document through a pseudo-terminal of the operating system as in memory', async () => {
    const [memory, pty] = await Promise.all([runHere('check', '--json'), runCli('check', '--json', '--over-pty')])
    expect(pty.stderr).toBe('')
    expect(pty.status).toBe(0)
    // Rates mean nothing to a pseudo-terminal: there the board's own cannot be measured, and what that took is not counted.
    const rate = ['deviation', 'rate of the board’s own clock']
    const document = (text: string): unknown => {
      const report = JSON.parse(text) as Report
      const checks = report.checks.map(({ id, verdict, measurements }) => ({
        id,
        verdict,
        measured: (measurements as readonly { readonly name: string }[])
          .map(({ name }) => name)
          .filter((name) => !rate.includes(name)),
      }))
      return { ...report, counters: {}, checks }
    }
    expect(document(pty.stdout)).toEqual(document(memory.stdout))
  })

  it.each(variationsOf(NAMED))('finds %s and names it first (exit status 1)', async (fault) => {
    const { status, stdout } = await runHere('check', '--fault', fault, '--json')
    expect(status).toBe(1)
    const report = JSON.parse(stdout) as Report
    expect(report.verdict).toBe('fail')
    expect(report.diagnosis[0]?.cause).toBe(fault)
    expect(report.diagnosis[0].evidence.length).toBeGreaterThan(0)
    expect(report.diagnosis[0].remedy).not.toBe('')
  })

  it('runs the checks that were asked for, and reports no others', async () => {
    const { status, stdout } = await runHere('check', '--only', 'phy', '--only', 'chip.revision', '--json')
    expect(status).toBe(0)
    const layers = (JSON.parse(stdout) as Report).checks.map(({ id, layer }) => (layer === 'phy' ? layer : id))
    expect([...new Set(layers)].sort()).toEqual(['chip.revision', 'phy'])
  })

  it('gives up when the time limit in simulated time runs out (exit status 4)', async () => {
    const { status, stdout, stderr } = await runHere('check', '--json', '--time-limit', '0.2')
    expect(status).toBe(4)
    const { verdict, checks } = JSON.parse(stdout) as Report
    expect(verdict).toBe('skip')
    expect(checks.at(0)).toMatchObject({ id: 'serial.session', verdict: 'pass' })
    expect(checks.at(-1)).toMatchObject({ verdict: 'skip', reason: 'the time limit ran out before' })
    expect(stderr).toMatch(/^linkpulse: the time limit of 0\.2 s of simulated time ran out.*--time-limit/)
    expect(stderr.trim().split('\n').length).toBe(1)
  })

  it('writes reports in the format that the file name asks for, beside the text', async () => {
    const only = ['--only', 'serial.session']
    const paths = ['r.xml', 'r.html', 'r.tap', 'r.json'].map((name) => join(folder, name))
    const outcomes = await Promise.all(paths.map((path) => runHere('check', ...only, '--report', path)))
    for (const { status, stdout } of outcomes) {
      expect(status).toBe(0)
      expect(stdout).toContain('serial.session')
    }
    const [xml, html, tap, json] = paths.map((path) => readFileSync(path, 'utf8'))
    expect(xml).toMatch(/^<\?xml[\s\S]*<testsuite/)
    expect(html).toMatch(/^<!doctype html>/i)
    expect(tap).toMatch(/^TAP version 1[34]\n1\.\.1\nok 1/)
    expect((JSON.parse(json) as Report).verdict).toBe('pass')
  })

  it('prints plain lines into a pipe: no colour, no carriage returns', async () => {
    const { stdout } = await runHere('check', '--only', 'serial')
    expect(stdout).not.toContain('\u001b')
    expect(stdout).not.toContain('\r')
    expect(stdout).toMatch(/pass +serial\.session/)
  })

  it('checks a board from a file, under the name the file gives it', async () => {
    const { uno } = await import('../../boards/catalogue/uno.js')
    const path = join(folder, 'bench.json')
    const { writeFileSync } = await import('node:fs')
    writeFileSync(path, JSON.stringify({ ...uno, name: 'my-bench', serial: { ...uno.serial, baud: 115_200 } }))
    const { status, stdout } = await runHere(
      'check',
      'model:my-bench',
      '--board-file',
      path,
      '--only',
      'serial.rate',
      '--json',
    )
    expect(status).toBe(0)
    const report = JSON.parse(stdout) as Report
    expect(report.board).toBe('my-bench')
    expect(JSON.stringify(report.checks)).toContain('115200')
  })
})

it('says at which rate a board answers, and how to reach it, where it was asked at another', async () => {
  const { status, stdout } = await runHere('check', 'avr:uno', '--baud', '9600')
  expect(status).toBe(1)
  expect(stdout).toContain('rate at which it answered 1000000 baud')
  expect(stdout).toMatch(/[12]\. .*serial-wrong-baud.*(--baud 1000000|serial:PATH@RATE)/s)
  expect(stdout).not.toContain('deviation')
})
