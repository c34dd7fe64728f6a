import { describe, expect, it } from 'vitest'
import { FAULTS } from '../../../boards/faults/registry.js'
import { extentOf } from '../parts.js'
import { BREAKAGES } from './all.js'
import { judgeBreakages } from './judge-breakages.js'
import { SECOND_SET } from './second-set.js'

/** Seeds of their own: nothing is learned or tuned on them. */
const FIRST_SEED = 880_000

describe('the second set of breakages that nobody listed', () => {
  it('is in no family and not in the first set, and what they may be taken for is a family', () => {
    const first = new Set(BREAKAGES.map(({ name }) => name))
    expect(new Set(SECOND_SET.map(({ name }) => name)).size).toBe(SECOND_SET.length)
    for (const { name, neighbours } of SECOND_SET) {
      expect(FAULTS.has(name) || first.has(name)).toBe(false)
      for (const neighbour of neighbours) expect([...FAULTS.keys()]).toContain(neighbour)
    }
  })
})

judgeBreakages(SECOND_SET, extentOf('unlisted-again'), FIRST_SEED, { wrong: 1, unnoticed: 2 })
