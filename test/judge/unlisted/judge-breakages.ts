/** Runs a set of breakages that are in no family, and holds what is said of them against what is there. */
import { describe, expect, it } from 'vitest'
import { harmOn } from '../../../host/campaign/harm.js'
import type { Extent } from '../parts.js'
import { brokenBench } from './broken-bench.js'
import { judgeAll, runUnlisted, type UnlistedRun } from './run-unlisted.js'
import { tracesOf } from './traces.js'
import type { Unlisted } from './unlisted.js'

/** In one round of a whole set: stated at 0.6 or more and not so, and not noticed although a user suffers. */
export interface Allowed {
  readonly wrong: number
  readonly unnoticed: number
}

/** @param firstSeed of the set's own: nothing is learned or tuned on it and those behind it, one for each round of the set */
export function judgeBreakages(set: readonly Unlisted[], extent: Extent, firstSeed: number, allowed: Allowed): void {
  const cases = Array.from({ length: extent.count }, (_, index) => {
    const number = extent.first + index
    return { breakage: set[number % set.length], seed: firstSeed + Math.floor(number / set.length) }
  })

  describe(`${cases.length} of them`, () => {
    const checked = new Map<string, Promise<UnlistedRun>>()
    const check = (breakage: Unlisted | undefined, seed: number): Promise<UnlistedRun> => {
      const key = `${breakage?.name} ${seed}`
      const run = checked.get(key) ?? runUnlisted(breakage, seed)
      checked.set(key, run)
      return run
    }
    const used = async (breakage: Unlisted | undefined, seed: number): Promise<number> => {
      const bench = brokenBench(breakage, seed)
      const traces = tracesOf(bench)
      await harmOn(bench)
      return traces.digest
    }

    it('each change something that can be seen from outside, of a check or of a user at work', async () => {
      const without: string[] = []
      for (const { breakage, seed } of cases) {
        if ((await check(breakage, seed)).digest !== (await check(undefined, seed)).digest) continue
        if ((await used(breakage, seed)) === (await used(undefined, seed)))
          without.push(`${breakage.name}, seed ${seed}`)
      }
      expect(without).toEqual([])
    })

    it('do not make a user suffer where it is said that they do not', async () => {
      const painful: string[] = []
      for (const { breakage, seed } of cases) {
        if (breakage.hurts) continue
        const { pings, messages } = await harmOn(brokenBench(breakage, seed))
        if (pings + messages > 0) painful.push(`${breakage.name}, seed ${seed}: ${pings} pings, ${messages} messages`)
      }
      expect(painful).toEqual([])
    })

    it.runIf(extent.count >= set.length)('are named wrongly or passed over hardly ever', async () => {
      const runs: UnlistedRun[] = []
      for (const { breakage, seed } of cases) runs.push(await check(breakage, seed))
      const { misses, ...counts } = judgeAll(runs)
      for (const miss of misses) console.log(miss)
      console.log(JSON.stringify(counts))
      const share = runs.length / set.length
      expect(counts.wrong).toBeLessThanOrEqual(allowed.wrong * share)
      expect(counts.unnoticed).toBeLessThanOrEqual(allowed.unnoticed * share)
    })
  })
}
