/** Checks that find out what a board can do and what its silicon does, and fail nobody for it. */
import { expect, it } from 'vitest'
import { checkTarget } from '../../host/check/run.js'
import type { CheckResult } from '../../host/check/types.js'
import { openTarget } from '../../host/node/serial/open-target.js'
import { runCheck } from './run-check.js'

function values({ verdict, measurements }: CheckResult) {
  return { verdict, ...Object.fromEntries(measurements.map(({ name, value }) => [name, value])) }
}

it.each([
  // UBRR0 0 with U2X: 16 MHz / 8 and 8 MHz / 8 (DS40002061, 20.3.1).
  { board: 'uno', baud: 1_000_000, figures: { 'highest rate that held': 2_000_000 } },
  { board: 'uno', baud: 9_600, figures: { 'highest rate that held': 2_000_000 } },
  {
    board: 'promini',
    baud: 57_600,
    figures: { 'highest rate that held': 1_000_000, 'rate that did not hold': 2_000_000 },
  },
])('a $board that is used at $baud baud holds up to what its clock divides to', async ({ board, baud, figures }) => {
  const { report } = await runCheck({ board, baud, only: ['serial.highest-rate', 'serial.link'] })
  const check = report.checks.find(({ id }) => id === 'serial.highest-rate')!
  expect(values(check)).toEqual({ verdict: 'pass', ...figures })
  // And the line is back at the rate that was asked for.
  expect(report.verdict).toBe('pass')
})

it('a line that damages cells is not tried at faster rates', async () => {
  const { report } = await runCheck({ faults: ['serial-noise'], only: ['serial'] })
  expect(report.checks.find(({ id }) => id === 'serial.highest-rate')?.verdict).toBe('skip')
})

it.each([
  { errata: {}, shown: [true, true] },
  { errata: { writePointerZero: false }, shown: [false, true] },
  { errata: { pktifUnreliable: false }, shown: [true, false] },
])('silicon with $errata changed shows the others', async ({ errata, shown }) => {
  const target = await openTarget('model:uno', { seed: 3 })
  Object.assign(target.bench!.board.chip.errata, errata)
  const { checks, findings } = await checkTarget(target, { only: ['mac.errata'] })
  const { measurements, verdict } = checks.find(({ id }) => id === 'mac.errata')!
  const [zero, loads, hidden, looks] = measurements.map(({ value }) => value!)
  expect({ verdict, loads, looks }).toEqual({ verdict: 'pass', loads: 32, looks: 32 })
  expect([zero > 0, hidden > 0]).toEqual(shown)
  // What the data sheet forbids is not done for it.
  expect(findings).toEqual([])
  await target.close()
})
