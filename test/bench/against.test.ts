import { describe, expect, it } from 'vitest'
import { compareFigures, quantile, unmatched } from './against.js'
import type { BenchFigure, Unit } from './figure.js'

function pairs(unit: Unit, ...values: readonly (readonly [number, number])[]): [BenchFigure, BenchFigure][] {
  const figure = (value: number): BenchFigure => ({ name: 'a figure', value, unit, against: '', ratio: 1 })
  return values.map(([now, before]) => [figure(now), figure(before)])
}

describe('figures beside another commit’s', () => {
  it('count a rate that fell as slower, and a time that fell as faster', () => {
    expect(compareFigures(pairs('MB/s', [90, 100])).speed).toBeCloseTo(0.9)
    expect(compareFigures(pairs('ms', [90, 100])).speed).toBeCloseTo(1 / 0.9)
  })

  it('take the median of the ratios, not the ratio of medians: the machine may drift between rounds', () => {
    // The machine halves its speed from round to round; the change costs nothing.
    expect(compareFigures(pairs('MB/s', [100, 100], [50, 50], [25, 25])).speed).toBe(1)
    const drifting = compareFigures(pairs('MB/s', [80, 100], [40, 50], [10, 8]))
    expect(drifting.speed).toBeCloseTo(0.8)
    expect([drifting.low, drifting.high]).toEqual([0.8, expect.closeTo(1.025)])
  })

  it('are slower only when more than 5 % are lost beyond the spread of the rounds', () => {
    const ratios = (...values: number[]) =>
      compareFigures(pairs('1/s', ...values.map((value) => [value, 1] as const))).slower
    expect(ratios(0.9, 0.91, 0.92, 0.93, 0.94)).toBe(true)
    expect(ratios(0.8, 0.85, 0.9, 0.96, 1.1)).toBe(false) // the upper quartile is 0.96
    expect(ratios(0.96, 0.96, 0.96)).toBe(false)
  })

  it('have quartiles between neighbours, in proportion', () => {
    // Hyndman and Fan 1996, type 7: position (n - 1) p, counted from 0
    expect(quantile([4, 1, 3, 2], 0.25)).toBe(1.75)
    expect(quantile([4, 1, 3, 2], 0.75)).toBe(3.25)
    expect(quantile([7], 0.25)).toBe(7)
  })

  it('are named where only one of the two has them', () => {
    expect(unmatched(['wire', 'tcp'], ['tcp', 'pty'], 'abc')).toEqual(['wire: not in abc', 'pty: only in abc'])
  })
})
