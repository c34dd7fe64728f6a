import { describe, expect, it } from 'vitest'
import { EN } from '../text/en.js'
import { judgeRun } from './judge.js'
import { type CampaignPlan, commandOf, runsOf, seedsOf, seedText } from './plan.js'
import { campaignReport, finishedRuns } from './report.js'
import { campaignText } from './report-text.js'
import type { CampaignOutcome, CampaignRun } from './result.js'

const plan: CampaignPlan = {
  name: 'small',
  of: '0123456789abcdef',
  subjects: [
    { name: 'model:uno', command: 'linkpulse check model:uno' },
    { name: 'web', command: 'linkpulse run web.hex' },
  ],
  faults: [
    { fault: 'none', severity: '', expect: 'pass' },
    { fault: 'cable-noise', severity: '0.3V', expect: 'fail' },
  ],
  seeds: '1..3,7',
}
const passed: CampaignOutcome = { outcome: 'pass', reason: '', failed: [], diagnosis: [], seconds: 1 }
const failed: CampaignOutcome = { ...passed, outcome: 'fail', reason: 'spi.miso: it is open', failed: ['spi.miso'] }

describe('the plan of a campaign', () => {
  it('has subjects, then faults, then seeds, and says what runs one alone', () => {
    const runs = runsOf(plan)
    expect(runs).toHaveLength(2 * 2 * 4)
    expect(runs[7]).toMatchObject({ run: 7, seed: 7, fault: { fault: 'cable-noise' }, subject: { name: 'model:uno' } })
    expect(commandOf(runs[7])).toBe('linkpulse check model:uno --fault cable-noise:0.3V --seed 7')
    expect(commandOf(runs[8])).toBe('linkpulse run web.hex --seed 1')
  })

  it('writes seeds as ranges', () => {
    expect(seedText([1, 2, 3, 7, 9, 10])).toBe('1..3,7,9..10')
    expect(seedsOf({ seeds: '1..3,7,9..10' })).toEqual([1, 2, 3, 7, 9, 10])
  })
})

describe('whether a run ended as expected', () => {
  const cell = { fault: 'miso-open', severity: '', expect: 'pass' } as const
  const cause = (...causes: readonly string[]) => ({
    ...failed,
    diagnosis: [{ cause: causes[0], confidence: 0.5, class: causes }],
  })

  it.each([
    ['pass', passed, 'met', ''],
    ['pass', failed, 'unmet', 'spi.miso: it is open'],
    ['fail', failed, 'met', 'spi.miso: it is open'],
    ['fail', passed, 'unmet', 'the fault was not seen: nothing failed'],
    ['found', cause('sck-open', 'miso-open'), 'met', 'spi.miso: it is open'],
    ['found', cause('sck-open'), 'unmet', 'the fault was not found: the likeliest cause is sck-open (50 %)'],
    ['found', failed, 'unmet', 'the fault was not found: nothing was'],
    ['fail', { ...passed, outcome: 'error', reason: 'no such file' }, 'error', 'no such file'],
  ] as const)('expected %s', (expected, outcome, verdict, reason) => {
    expect(judgeRun(5, { ...cell, expect: expected }, outcome)).toMatchObject({ run: 5, verdict, reason })
  })
})

describe('the report of a campaign', () => {
  const results: CampaignRun[] = runsOf(plan).map(({ run, fault, seed }) =>
    judgeRun(run, fault, fault.fault === 'none' && seed !== 2 ? passed : failed),
  )

  it('is the same whatever the order of the results, and with some of them twice', () => {
    const report = campaignReport(plan, finishedRuns(plan, results))
    const shuffled = [...results.slice(5), ...results.slice(3), ...results.slice(0, 6).reverse()]
    expect(JSON.stringify(campaignReport(plan, finishedRuns(plan, shuffled)))).toBe(JSON.stringify(report))
    // Read from a file, or new: fields come in one order or another.
    const turned = (value: object) => Object.fromEntries(Object.entries(value).reverse())
    const read = finishedRuns(plan, results.map(turned) as unknown as CampaignRun[])
    expect(JSON.stringify(campaignReport(turned(plan) as unknown as CampaignPlan, read))).toBe(JSON.stringify(report))
    expect(report.runs).toEqual({ planned: 16, met: 14, unmet: 2, error: 0, missing: 0 })
    expect(report.matrix[0]).toMatchObject({ subject: 'model:uno', planned: 4, met: 3, unmet: 1, firstFailure: 2 })
    expect(report.failures[0]).toMatchObject({ seed: 2, command: 'linkpulse check model:uno --seed 2' })
  })

  it('counts what is missing, and refuses what contradicts', () => {
    const { runs } = campaignReport(plan, finishedRuns(plan, results.slice(3)))
    expect(runs).toMatchObject({ met: 12, unmet: 1, missing: 3 })
    expect(() => finishedRuns(plan, [...results, { ...results[1], seconds: 2 }])).toThrow(/two results that differ/)
    expect(() => finishedRuns(plan, [{ ...results[1], run: 16 }])).toThrow(/16 runs, and there is a result of 16/)
  })

  it('tells a person the matrix, and the first failure with its command', () => {
    const lines = campaignText(campaignReport(plan, finishedRuns(plan, results)), EN).split('\n')
    expect(lines[0]).toBe('small: 16 runs: 14 as expected, 2 not')
    expect(lines[3].split(/ {2,}/)).toEqual(['', 'none', '3/4 ✗', '3/4 ✗'])
    expect(lines).toContain('  model:uno, none, seed 2: spi.miso: it is open')
  })
})
