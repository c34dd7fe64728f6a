import { describe, expect, it } from 'vitest'
import type { Figure } from '../../figure.js'
import { FIGURES } from '../../figures/all.js'
import { RESET } from '../../figures/chip.js'
import { FRAME_CHECK } from '../../figures/mac.js'
import { RATE, SERIAL_FIGURES } from '../../figures/serial.js'
import { MISO } from '../../figures/spi.js'
import { measure } from '../../measure.js'
import type { Verdict } from '../../types.js'
import { COUNT_BINS, limitCase, RATIO_BINS, registerCase, SHARE_BINS } from './bins.js'
import { FEATURES, symptomsOf } from './features.js'
import { NO_SYMPTOM, PREDICTED } from './predicted.js'
import type { JudgedResult } from './results.js'

/** Figures of a check as a report has them. */
function result(id: string, verdict: Verdict, taken: readonly (readonly [Figure, number | null])[]): JudgedResult {
  return { id, verdict, measurements: taken.map(([figure, value]) => measure(figure, value)) }
}

function caseOf(id: string, ...results: JudgedResult[]): number {
  const index = FEATURES.findIndex((feature) => feature.id === id)
  if (index < 0) throw new Error(`there is no symptom ${id}`)
  return symptomsOf(results)[index]
}

describe('symptoms', () => {
  it('are of every figure that is declared, but for those that say nothing of a cause', () => {
    const spoken = new Set([
      ...FEATURES.map(({ figure }) => figure),
      ...NO_SYMPTOM.keys(),
      ...PREDICTED.map((p) => p.figure),
    ])
    const alone = Object.values(FIGURES).flatMap((figures) =>
      (Object.values(figures) as unknown[]).filter((figure): figure is Figure => typeof figure === 'object'),
    )
    // What stands in a sum or below a fraction speaks there.
    const inSums = alone.filter((figure) => !spoken.has(figure)).map(({ check, key }) => `${check} ${key}`)
    expect(inSums).toEqual([])
    expect(new Set(FEATURES.map(({ id }) => id)).size).toBe(FEATURES.length)
  })

  it('are none of a check that was skipped or is not there', () => {
    const skipped = result('spi.miso', 'skip', [[MISO.econ2, 0xff]])
    expect([...symptomsOf([skipped])].every((each) => each === -1)).toBe(true)
    expect([...symptomsOf([])].every((each) => each === -1)).toBe(true)
  })

  it('say who was heard at the port, where it is clear enough', () => {
    const who = (occupant: { who: string; probability: number } | null) =>
      symptomsOf([result('serial.session', 'fail', [])], occupant)[
        FEATURES.findIndex(({ id }) => id === 'report occupant')
      ]
    const [none, gps, silence, unsure, stranger] = [
      null,
      { who: 'nmea', probability: 0.9 },
      { who: 'silence', probability: 0.6 },
      { who: 'nmea', probability: 0.4 },
      { who: 'a toaster', probability: 1 },
    ].map(who)
    expect(none).toBe(0)
    expect(new Set([none, gps, silence, unsure]).size).toBe(4)
    expect(stranger).toBe(unsure)
  })

  it('tell a check that was thrown out of from one whose figures are wrong', () => {
    expect(caseOf('spi.miso', result('spi.miso', 'fail', []))).toBe(3)
    expect(caseOf('spi.miso', result('spi.miso', 'fail', [[MISO.econ2, 0]]))).toBe(2)
    expect(caseOf('spi.miso', result('spi.miso', 'warn', [[MISO.econ2, 0x80]]))).toBe(1)
    expect(caseOf('spi.miso', result('spi.miso', 'pass', [[MISO.econ2, 0x80]]))).toBe(0)
  })

  it('of a register are: right, zeros, ones, one bit, more', () => {
    const econ2 = (value: number) => caseOf('chip.reset econ2', result('chip.reset', 'fail', [[RESET.econ2, value]]))
    expect([0x80, 0, 0xff, 0x81, 0x0f].map(econ2)).toEqual([0, 1, 2, 3, 4])
  })

  it('of what was counted are shares of the whole, the same for ten frames and a thousand', () => {
    const lost = (count: number, sent: number) =>
      caseOf(
        'mac.frame-check lost',
        result('mac.frame-check', 'fail', [
          [FRAME_CHECK.lost, count],
          [FRAME_CHECK.sent, sent],
        ]),
      )
    expect(lost(1, 10)).toBe(lost(100, 1000))
    expect(lost(0, 10)).toBe(0)
    expect(lost(10, 10)).toBe(lost(1000, 1000))
    expect(caseOf('mac.frame-check lost', result('mac.frame-check', 'fail', [[FRAME_CHECK.lost, 1]]))).toBe(-1)
  })

  it('of a time are ratios to what the rate predicts', () => {
    const { median, twoCellTimes } = SERIAL_FIGURES['serial.round-trip']
    const trip = (time: number, two: number) =>
      caseOf(
        'serial.round-trip median',
        result('serial.round-trip', 'pass', [
          [median, time],
          [twoCellTimes, two],
        ]),
      )
    expect(trip(1.28, 1.28)).toBe(trip(133.3, 133.3))
    expect(trip(5, 1.28)).toBeGreaterThan(trip(1.28, 1.28))
  })

  it('read a stored report, in which figures have names only', () => {
    const [rate] = [
      result('serial.rate', 'fail', [
        [RATE.deviation, 6],
        [RATE.answered, 122_112],
      ]),
    ]
    const stored = JSON.parse(
      JSON.stringify({
        ...rate,
        measurements: rate.measurements.map(({ name, value, min, max }) => ({ name, value, min, max })),
      }),
    ) as JudgedResult
    expect(symptomsOf([stored])).toEqual(symptomsOf([rate]))
  })
})

describe('cases', () => {
  it('are as many as they say, each reached', () => {
    for (const [binning, values] of [
      [COUNT_BINS, [0, 1, 2, 5, 20, 50, 200, 1000, null]],
      [SHARE_BINS, [0, 0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.99, 1, null]],
      [RATIO_BINS, [0.1, 0.3, 0.6, 0.9, 1, 1.1, 1.5, 3, 9, null]],
    ] as const) {
      const reached = values.map((value) => binning.bin(value))
      expect(reached).toEqual([...Array(binning.cases).keys()])
      expect(binning.bin(Number.NaN)).toBe(binning.cases - 1)
    }
  })

  it('of limits are within, below, above, not taken', () => {
    expect([limitCase(1, 0, 2), limitCase(-1, 0, 2), limitCase(3, 0, 2), limitCase(null, 0, 2)]).toEqual([0, 1, 2, 3])
    expect(registerCase(null, 2, 1, 1)).toBe(5)
    expect(registerCase(3, 2, 2, 6)).toBe(0)
  })
})
