import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../../boards/simulation/random.js'
import { readCounts, writeCounts } from './counts.js'

const CASES = [4, 9, 3, 2, 12]
const TYPICAL = [0, 1, 0, 1, 11]

describe('counts as text', () => {
  it('come back as they were, whatever was seen', () => {
    const random = new SeededRandom(5)
    for (let round = 0; round < 500; round++) {
      const runs = 1 + random.below(30)
      const counts = CASES.map((cases, index) => {
        const seen = new Uint16Array(cases)
        const kind = random.below(3)
        if (kind === 1) seen[TYPICAL[index]] = runs
        if (kind === 2) for (let run = 0; run < runs; run++) seen[random.below(cases)]++
        return seen
      })
      expect(readCounts(writeCounts(counts, TYPICAL, runs), CASES, TYPICAL, runs)).toEqual(counts)
    }
  })

  it('take a sign and a number for what is always typical, or never there', () => {
    const typical = CASES.map((cases, index) => new Uint16Array(cases).fill(8, TYPICAL[index], TYPICAL[index] + 1))
    expect(writeCounts(typical, TYPICAL, 8)).toBe('.5')
    const never = CASES.map((cases) => new Uint16Array(cases))
    expect(writeCounts(never, TYPICAL, 8)).toBe('-5')
    expect(writeCounts([...typical.slice(0, 2), never[2], Uint16Array.of(3, 4), typical[4]], TYPICAL, 8)).toBe(
      '.2-a3b4 .',
    )
  })

  it.each(['.4', '.6', '?', 'a3', '.4a1 a1'])('are not read from %j', (text) => {
    expect(() => readCounts(text, CASES, TYPICAL, 8)).toThrow(/dictionary/)
  })
})
