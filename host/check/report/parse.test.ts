import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { SAMPLE_REPORT } from '../../../test/support/sample-report.js'
import { jsonReport } from './document.js'
import { parseReport, ReportFileError } from './parse.js'

type Json = { [key: string]: unknown }

function problemsOf(change: (report: Json) => void): readonly string[] {
  const report = JSON.parse(jsonReport(SAMPLE_REPORT)) as Json
  change(report)
  try {
    parseReport(JSON.stringify(report), 'report.json')
  } catch (error) {
    if (error instanceof ReportFileError) return error.problems
    throw error
  }
  return []
}

describe('a stored report', () => {
  it('is read as it was written', () => {
    const again = jsonReport(parseReport(jsonReport(SAMPLE_REPORT), 'report.json'))
    expect(again).toBe(jsonReport(SAMPLE_REPORT))
  })

  it('is refused with the place, what belongs there and what was found, all of it at once', () => {
    const problems = problemsOf((report) => {
      const [first, second] = report.checks as Json[]
      first.verdict = 'good'
      delete (second.measurements as Json[])[1].unit
      Object.assign(report, { versoin: 1, counters: { host: { lost: -1 } } })
    })
    expect(problems).toEqual([
      expect.stringMatching(/^versoin: unknown key; remove it or use one of \$schema, version, file, target, /),
      'checks[0].verdict: expected one of pass, warn, fail, skip; found "good"',
      'checks[1].measurements[1].unit: missing; add a text',
      'counters.host.lost: expected a number from 0 on; found -1',
    ])
    expect(problemsOf((report) => Object.assign(report, { checks: {} }))).toEqual(['checks: expected a list; found {}'])
  })

  it('of another version says so', () => {
    expect(problemsOf((report) => Object.assign(report, { version: 2 }))).toEqual([
      'version: expected 1 (other versions are for another linkpulse); found 2',
    ])
  })

  it('that is no JSON, or nested without end, is refused with the place', () => {
    expect(() => parseReport('{"version": 1', 'x.json')).toThrow(
      /^x\.json is not a report of linkpulse:\n {2}not JSON: /,
    )
    expect(() => parseReport(`\n${'['.repeat(200_000)}`, 'x.json')).toThrow(/line 2: brackets in more than 32 others/)
  })

  it('that is mutilated a thousand times is a report or a ReportFileError', () => {
    const random = new SeededRandom(5)
    const whole = jsonReport(SAMPLE_REPORT)
    const pieces = ['', '[', '}', '"', '\\', '\n', '0', '-', '1e999', 'null', '\u0000', '\ud800']
    let refused = 0
    for (let round = 0; round < 1_000; round++) {
      const at = random.below(whole.length)
      const text = whole.slice(0, at) + pieces[random.below(pieces.length)] + whole.slice(at + random.below(4))
      try {
        parseReport(text, 'x.json')
      } catch (error) {
        if (!(error instanceof ReportFileError)) throw error
        refused++
      }
    }
    expect(refused).toBeGreaterThan(500)
  })
})
