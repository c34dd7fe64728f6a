import { describe, expect, it } from 'vitest'
import { judgePair, pairPlans } from '../../host/campaign/judge/pairs.js'
import { sampleOf } from '../../host/campaign/learn/sample.js'
import { performRun } from '../../host/campaign/perform.js'
import { learnedDictionary } from '../../host/check/diagnosis/diagnose.js'
import { extentOf } from '../judge/parts.js'

/** Nothing is tuned on these. */
const SEED = 40_000_000
const WHOLE = 40

const { first, count } = extentOf('pairs')

describe(`${count} pairs of faults of different layers`, () => {
  const plans = pairPlans(WHOLE, SEED).slice(first, first + count)

  it('are not taken for a third at 0.6 or more', async () => {
    const thirds: object[] = []
    for (const plan of plans) {
      const samples = []
      for (const run of plan) samples.push(sampleOf(run, await performRun(run)))
      const judged = judgePair(learnedDictionary(), plan, samples)
      if (judged.third !== undefined) thirds.push({ ...judged, ...plan[0] })
    }
    expect(thirds, JSON.stringify(thirds, null, 1)).toEqual([])
  })

  it('are the same each time, of different layers, and both are there', () => {
    expect(pairPlans(5, SEED)).toEqual(pairPlans(WHOLE, SEED).slice(0, 5))
    for (const [both, one, other] of plans) expect(both.faults).toEqual([...one.faults, ...other.faults])
  })
})
