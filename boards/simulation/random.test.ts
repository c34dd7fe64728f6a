import { describe, expect, it } from 'vitest'
import { SeededRandom } from './random.js'

const draw = (random: SeededRandom, count: number) => Array.from({ length: count }, () => random.next32())

describe('seeded chance', () => {
  it('gives the same numbers for the same seed, and others for another', () => {
    expect(draw(new SeededRandom(7), 100)).toEqual(draw(new SeededRandom(7), 100))
    expect(draw(new SeededRandom(7), 100)).not.toEqual(draw(new SeededRandom(8), 100))
  })

  it('forks a stream that does not depend on how many numbers its parent has given', () => {
    const fresh = new SeededRandom(7).fork('cable')
    const parent = new SeededRandom(7)
    draw(parent, 1_000)
    expect(draw(parent.fork('cable'), 10)).toEqual(draw(fresh, 10))
    expect(draw(new SeededRandom(7).fork('uart'), 10)).not.toEqual(draw(new SeededRandom(7).fork('cable'), 10))
  })

  it('spreads evenly: chi-square over 256 cells of the high and of the low octet', () => {
    const random = new SeededRandom(42)
    const high = new Array<number>(256).fill(0)
    const low = new Array<number>(256).fill(0)
    const draws = 256_000
    for (let i = 0; i < draws; i++) {
      const value = random.next32()
      high[value >>> 24]++
      low[value & 0xff]++
    }
    const chiSquare = (cells: number[]) => cells.reduce((sum, n) => sum + (n - draws / 256) ** 2 / (draws / 256), 0)
    // 255 degrees of freedom: mean 255, standard deviation sqrt(2 * 255) = 22.6; five of them either way.
    for (const cells of [high, low]) expect(Math.abs(chiSquare(cells) - 255)).toBeLessThan(113)
  })

  it('stays below its limit, and reaches both ends', () => {
    const random = new SeededRandom(3)
    const seen = new Set(Array.from({ length: 1_000 }, () => random.below(6)))
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5])
  })
})
