/**
 * Many runs, each independent of the others: whoever performs them may do so in any order and at once, and what comes out stands in
 * the order of the plan. What an earlier campaign has kept is not run again.
 */
import { type PlannedRun, runKey } from './plan.js'
import type { CampaignResult } from './result.js'

export interface CampaignOptions {
  /** Performs one run; the campaign begins as many at once as it is told. */
  readonly perform: (run: PlannedRun) => Promise<CampaignResult>
  /** Runs at once. */
  readonly atOnce: number
  /** What is known already, by `runKey`. */
  readonly kept?: ReadonlyMap<string, CampaignResult>
  /** Called for each run that was performed, as it ends. */
  readonly onResult?: (result: CampaignResult, done: number, of: number) => void
}

/**
 * @returns a result for each run of the plan, in its order; runs that are planned twice are performed once
 * @throws what `perform` throws, once those that were under way have ended; what was told by then stays told
 */
export async function runCampaign(plan: readonly PlannedRun[], options: CampaignOptions): Promise<CampaignResult[]> {
  const { perform, atOnce, kept = new Map(), onResult } = options
  if (!Number.isInteger(atOnce) || atOnce < 1)
    throw new RangeError(`atOnce is ${atOnce}: give a whole number from 1 on`)
  const results = new Map<string, CampaignResult>()
  const missing: PlannedRun[] = []
  for (const run of plan) {
    const key = runKey(run)
    if (results.has(key)) continue
    const known = kept.get(key)
    if (known === undefined) missing.push(run)
    results.set(key, known ?? { key, verdict: 'skip', checks: [] })
  }
  let next = 0
  let done = 0
  const work = async (): Promise<void> => {
    while (next < missing.length) {
      const run = missing[next++]
      const result = await perform(run).catch((error: unknown) => {
        next = missing.length // nothing more is begun
        throw new Error(`the run "${runKey(run)}" failed: ${(error as Error).message}`, { cause: error })
      })
      results.set(result.key, result)
      done++
      onResult?.(result, done, missing.length)
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: Math.min(atOnce, missing.length) }, work))
  for (const each of ended) if (each.status === 'rejected') throw each.reason
  return plan.map((run) => results.get(runKey(run))!)
}
