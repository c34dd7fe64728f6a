import { expect, it } from 'vitest'
import { SAMPLE_REPORT } from '../../../test/support/sample-report.js'
import { EN } from '../../text/en.js'
import type { Verdict } from '../types.js'
import { WatchLines, WatchStatus } from './text.js'

const [TRIP, MISO, LINK] = SAMPLE_REPORT.checks

it('a change has a line, with when it was and what it was before', () => {
  const lines: string[] = []
  const watch = new WatchLines(EN, (line) => lines.push(line))
  const [figure] = TRIP.measurements
  watch.verdict({
    at: 12.345,
    check: 'phy.link',
    title: 'it',
    from: 'pass',
    to: 'fail',
    reason: 'no \x1b[31mlink',
    was: '',
  })
  const moved = { check: 'serial.round-trip', from: figure, to: { ...figure, value: 6.5 } }
  watch.figure({ at: 100, ...moved, ratio: 5, back: false })
  watch.figure({ at: 101, ...moved, ratio: 5, back: true })
  watch.cause({ at: 1234.5, cause: 'cable-unplugged', from: null, to: 0.7 })
  watch.end({
    ...{ number: 9, from: 1233, to: 1235, report: SAMPLE_REPORT, interrupted: false },
    changes: { verdicts: [], figures: [], causes: [] },
  })
  expect(lines).toEqual([
    '    12.35 s  phy.link  pass → fail: no \\x1b[31mlink',
    '   100.00 s  serial.round-trip  median round trip  1.3 ms → 6.5 ms (× 5)',
    '   101.00 s  serial.round-trip  median round trip  1.3 ms → 6.5 ms (× 5), as it was before',
    '  1234.50 s  cause  cable-unplugged  not named → 70 %',
    '  1235.00 s  9 rounds, 4 changes; the last round: fail',
  ])
})

it('the line below them names the layers that do not pass, of the checks that are repeated', () => {
  const status = new WatchStatus(EN)
  const come = (result: typeof LINK, verdict: Verdict) => status.finished({ ...result, verdict })
  come(TRIP, 'pass')
  come(MISO, 'fail')
  come(LINK, 'skip')
  expect(status.line(7.25, 2, 'phy.link')).toBe('     7.3 s  round 2  spi FAIL · phy skip  phy.link')
  come({ ...LINK, id: 'phy.polarity' }, 'pass')
  status.keep(['serial.round-trip', 'phy.link', 'phy.polarity'])
  expect(status.line(7.5, 3, '')).toBe('     7.5 s  round 3  everything passes  ')
})
