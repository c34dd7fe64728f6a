import { describe, expect, it } from 'vitest'
import { SAMPLE_REPORT } from '../../../test/support/sample-report.js'
import { PHY_FIGURES } from '../figures/phy.js'
import { measure } from '../measure.js'
import { jsonReport } from '../report/document.js'
import { parseReport } from '../report/parse.js'
import type { CheckResult, Diagnosis, Measurement, Report, Verdict } from '../types.js'
import { compareReports, differsInVerdict } from './differences.js'
import { comparisonDocument } from './document.js'
import { comparisonText } from './text.js'

function result(id: string, verdict: Verdict, measurements: readonly Measurement[] = [], reason = ''): CheckResult {
  return { id, layer: 'phy', title: `title of ${id}`, reference: 'a clause', verdict, measurements, reason }
}

function figure(
  name: string,
  value: number | null,
  unit: string,
  min: number | null = null,
  max: number | null = null,
) {
  return { name, value, unit, min, max }
}

function cause(name: string, confidence: number): Diagnosis {
  return { cause: name, confidence, class: [name], side: 'wire', evidence: [], remedy: '' }
}

function reportOf(verdict: Verdict, checks: readonly CheckResult[], more: Partial<Report> = {}): Report {
  return { ...SAMPLE_REPORT, board: 'uno', verdict, checks, diagnosis: [], findings: [], ...more }
}

describe('two reports', () => {
  it('that are the same differ in nothing, stored ones neither', () => {
    const stored = parseReport(jsonReport(SAMPLE_REPORT), 'stored.json')
    for (const [one, other] of [
      [SAMPLE_REPORT, SAMPLE_REPORT],
      [stored, stored],
    ]) {
      const differences = compareReports(one, other)
      expect(differsInVerdict(differences)).toBe(false)
      const { facts, verdicts, only, figures, causes } = differences
      expect([facts, verdicts, only.first, only.second, figures, causes].flat()).toEqual([])
      expect(comparisonText(differences, { first: 'a', second: 'b' }, { first: one, second: other })).toMatch(
        /Nothing differs: .*\n$/,
      )
    }
  })

  it('of a board before and after its repair say what was mended, what could be looked at since, and what it was', () => {
    const before = reportOf(
      'fail',
      [
        result('phy.link', 'fail', [figure('time', null, 'ms', null, 6000)], 'no link'),
        result('mac.transmit', 'skip', [], 'needs phy.link, which failed'),
        result('mac.receive', 'skip', [], 'needs phy.link, which failed'),
        result('serial.old', 'pass'),
      ],
      { diagnosis: [cause('cable-unplugged', 0.7), cause('unknown', 0.1)] },
    )
    const after = reportOf(
      'pass',
      [
        result('phy.link', 'pass', [figure('time', 725, 'ms', null, 6000)]),
        result('mac.transmit', 'pass'),
        result('mac.receive', 'warn', [], 'nobody answered'),
        result('serial.new', 'pass'),
      ],
      { seed: 8, diagnosis: [cause('unknown', 0.12)] },
    )
    const differences = compareReports(before, after)
    expect(differsInVerdict(differences)).toBe(true)
    expect(differences).toMatchObject({
      facts: [{ fact: 'seed', from: 7, to: 8 }],
      verdict: { from: 'fail', to: 'pass' },
      conclusion: { from: 'cable-unplugged', to: 'unknown' },
      verdicts: [
        { check: 'phy.link', from: 'fail', to: 'pass', reason: '', was: 'no link' },
        { check: 'mac.transmit', from: 'skip', to: 'pass' },
        { check: 'mac.receive', from: 'skip', to: 'warn', reason: 'nobody answered' },
      ],
      only: { first: ['serial.old'], second: ['serial.new'] },
      figures: [{ check: 'phy.link', from: { value: null }, to: { value: 725 }, ratio: null, why: 'limit' }],
      causes: [{ cause: 'cable-unplugged', from: 0.7, to: null }],
    })
    expect(comparisonText(differences, { first: 'a.json', second: 'b.json' }, { first: before, second: after })).toBe(
      `a.json: uno, model:uno: fail, cable-unplugged
b.json: uno, model:uno: pass, unknown

What was looked at
  seed  7 → 8

Verdicts
  phy.link  fail → pass (was: no link)
  mac.receive  skip → warn: nobody answered
  skipped in the first alone, and passed now: mac.transmit
  in the first alone: serial.old
  in the second alone: serial.new

Figures
  phy.link  time  not measured → 725 ms, at most 6000 ms

Causes
  cable-unplugged  70 % → not named

3 verdicts differ, 1 figure moved.
`,
    )
    const document = comparisonDocument(differences, { first: 'a.json', second: 'b.json' })
    expect(document).toMatchObject({ differs: true, figures: [{ name: 'time', unit: 'ms', from: null, to: 725 }] })
  })
})

describe('a figure', () => {
  const moved = (from: Measurement, to: Measurement) =>
    compareReports(
      reportOf('pass', [result('phy.registers', 'pass', [from])]),
      reportOf('pass', [result('phy.registers', 'pass', [to])]),
    ).figures

  it.each([
    // A quantity: a quarter of itself, or a twentieth of what is right.
    [figure('time', 10, 'ms'), figure('time', 12, 'ms'), undefined],
    [figure('time', 10, 'ms'), figure('time', 14, 'ms'), { why: 'scatter', ratio: 1.4 }],
    [figure('time', 10, 'ms', null, 6000), figure('time', 200, 'ms', null, 6000), undefined],
    [figure('time', 10, 'ms', null, 100), figure('time', 200, 'ms', null, 100), { why: 'limit', ratio: 20 }],
    // A count: 3 √(4 + 10) is 11.2, 3 √(4 + 40) is 19.9.
    [figure('echoes', 4, ''), figure('echoes', 10, ''), undefined],
    [figure('echoes', 4, ''), figure('echoes', 40, ''), { why: 'scatter', ratio: 10 }],
    [figure('errors', 0, '', null, 0), figure('errors', 1, '', null, 0), { why: 'limit', ratio: null }],
    [figure('time', null, 'ms'), figure('time', 3, 'ms'), { why: 'taken', ratio: null }],
    [figure('deviation', -0.1, '%'), figure('deviation', 5, '%'), { why: 'scatter', ratio: null }],
    [figure('deviation', -1, '%'), figure('deviation', -5, '%'), { why: 'scatter', ratio: 5 }],
    // Two that have nothing to do with each other.
    [figure('time', 1, 'ms'), figure('time', 900, 's'), undefined],
    [figure('time', 1, 'ms'), figure('other', 900, 'ms'), undefined],
  ])('%o, then %o', (from, to, expected) => {
    expect(moved(from, to)).toMatchObject(expected === undefined ? [] : [expected])
  })

  it('that is a register is another as soon as a bit is, in a stored report as well, and is shown as one', () => {
    const register = PHY_FIGURES['phy.identifier'].phid1
    const reports = [0x0083, 0x0084].map((value) => {
      const { figure: _, ...stored } = measure(register, value, {})
      return reportOf('pass', [result('phy.identifier', 'pass', [stored])])
    })
    const differences = compareReports(reports[0], reports[1])
    expect(differences.figures).toMatchObject([{ why: 'scatter', ratio: null }])
    const text = comparisonText(differences, { first: 'a', second: 'b' }, { first: reports[0], second: reports[1] })
    expect(text).toContain('phy.identifier  PHID1  0083h → 0084h\n')
  })

  it('that is taken more than once is compared each time with its own', () => {
    const checks = (values: readonly number[]) =>
      reportOf('pass', [
        result(
          'phy.registers',
          'pass',
          values.map((value) => figure('PHLCON', value, '')),
        ),
      ])
    expect(compareReports(checks([1000, 9000]), checks([1000, 9000])).figures).toEqual([])
    expect(compareReports(checks([1000, 9000]), checks([1000, 100])).figures).toMatchObject([
      { from: { value: 9000 }, to: { value: 100 } },
    ])
  })
})
