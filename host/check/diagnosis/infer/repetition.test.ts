import { describe, expect, it } from 'vitest'
import type { JudgedResult } from '../features/results.js'
import { learnRepetitions, repetitionOf, surpriseOfRepetition } from './repetition.js'

const lost = (value: number) => [{ name: 'lost', value, min: null, max: 0 }]

function twice(first: number, second: number | undefined): JudgedResult {
  const again =
    second === undefined
      ? {}
      : { again: { verdict: second > 0 ? 'fail' : 'pass', measurements: lost(second) } as const }
  return { id: 'mac.frame-check', verdict: 'fail', measurements: lost(first), ...again }
}

const OTHERWISE = { many: false, same: false, passed: false }

describe('what was run once more', () => {
  it('passed, failed with other figures, or with the same ones', () => {
    expect(repetitionOf([twice(3, undefined)])).toBeUndefined()
    expect(repetitionOf([twice(3, 3), twice(1, 1)])).toEqual({ many: false, same: true, passed: false })
    expect(repetitionOf([twice(3, 3), twice(1, 2)])).toEqual(OTHERWISE)
    expect(repetitionOf([twice(3, 0)])).toEqual({ many: false, same: false, passed: true })
    expect(repetitionOf(Array.from({ length: 4 }, () => twice(3, 3)))?.many).toBe(true)
  })

  it('is not told apart by figures that are within their limits', () => {
    const took = (milliseconds: number) => [...lost(2), { name: 'time', value: milliseconds, min: null, max: 100 }]
    const result: JudgedResult = {
      ...{ id: 'network.ping', verdict: 'fail', measurements: took(5) },
      again: { verdict: 'fail', measurements: took(7) },
    }
    expect(repetitionOf([result])?.same).toBe(true)
  })
})

describe('the surprise at it', () => {
  const chances = { steady: [0.9, 0.9], others: { 'comes-and-goes': [0.1, 0.1] } } as const
  const same = { many: false, same: true, passed: false }

  it('is none at what is likely, and great at the same failure twice under what comes and goes', () => {
    expect(surpriseOfRepetition(chances, same, [[['broken'], 1]])).toBe(0)
    expect(surpriseOfRepetition(chances, OTHERWISE, [[['comes-and-goes'], 1]])).toBe(0)
    expect(surpriseOfRepetition(chances, same, [[['comes-and-goes'], 1]])).toBeCloseTo(Math.log(9), 6)
    expect(surpriseOfRepetition(chances, OTHERWISE, [[['broken'], 1]])).toBeCloseTo(Math.log(9), 6)
  })

  it('is that of all that is likely together, and of two causes at once the steady one explains it', () => {
    const half = surpriseOfRepetition(chances, same, [
      [['comes-and-goes'], 0.5],
      [['broken'], 0.5],
    ])
    expect(half).toBeCloseTo(0, 6)
    expect(surpriseOfRepetition(chances, same, [[['comes-and-goes', 'broken'], 1]])).toBe(0)
    expect(surpriseOfRepetition(chances, same, [[[], 1]])).toBe(0)
  })
})

describe('what is learned of it', () => {
  it('is a share for each cause of which something passed, and one for all others', () => {
    const sample = (cause: string, [first, second]: readonly [number, number]) => ({
      cause,
      repetition: repetitionOf([twice(first, second)]),
    })
    const both: readonly [number, number][] = [
      [1, 1],
      [1, 1],
    ]
    const { steady, others } = learnRepetitions([
      ...both.map((each) => sample('broken', each)),
      sample('loose', [4, 0]),
      sample('loose', [4, 2]),
      { cause: 'silent' },
    ])
    // Nothing is certain, and of many at once nothing was seen.
    expect(steady).toEqual([0.99, 0.5])
    expect(others).toEqual({ loose: [0.01, 0.5] })
  })
})
