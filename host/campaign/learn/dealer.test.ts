import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { dealer, onceIn } from './dealer.js'

const times = <T>(count: number, next: () => T): T[] => Array.from({ length: count }, next)

describe('a dealer', () => {
  it('deals each card once before any comes again', () => {
    const next = dealer(new SeededRandom(1), ['a', 'b', 'c'])
    for (let round = 0; round < 20; round++) expect(times(3, next).sort()).toEqual(['a', 'b', 'c'])
  })

  it('shuffles anew each time, the same for the same seed', () => {
    const rounds = (seed: number): string[] => {
      const next = dealer(new SeededRandom(seed), ['a', 'b', 'c'])
      return times(20, () => times(3, next).join(''))
    }
    expect(rounds(1)).toEqual(rounds(1))
    expect(new Set(rounds(1)).size).toBeGreaterThan(1)
    expect(rounds(2)).not.toEqual(rounds(1))
  })

  it('says yes once in so many', () => {
    const next = onceIn(new SeededRandom(1), 4)
    for (let round = 0; round < 20; round++) expect(times(4, next).filter(Boolean)).toHaveLength(1)
  })
})
