/** The runs of a plan, by the pool, with what is known already left out and what is found kept. */
import { runCampaign } from '../../campaign/campaign.js'
import type { PlannedRun } from '../../campaign/plan.js'
import type { CampaignResult } from '../../campaign/result.js'
import { openRunPool } from '../campaign/pool.js'
import { openResultsFile } from '../campaign/results-file.js'

/** A line of progress every so many seconds at most. */
const TELL_EVERY_SECONDS = 15

/**
 * @param path of the results, and `of` what they depend on
 * @param atOnce runs, each in a process of its own; `tell` is given a line of progress now and then
 */
export async function performPlan(
  plan: readonly PlannedRun[],
  path: string,
  of: string,
  { atOnce, tell }: { readonly atOnce: number; readonly tell: (line: string) => void },
): Promise<CampaignResult[]> {
  const file = openResultsFile(path, of)
  const pool = openRunPool(atOnce)
  const began = process.hrtime.bigint()
  let told = 0
  try {
    return await runCampaign(plan, {
      perform: pool.perform,
      atOnce: pool.atOnce,
      kept: file.kept,
      onResult(result, done, whole) {
        file.add(result)
        const seconds = Number(process.hrtime.bigint() - began) / 1e9
        if (seconds - told < TELL_EVERY_SECONDS && done < whole) return
        told = seconds
        const left = (seconds / done) * (whole - done)
        tell(`${done} of ${whole} runs, ${seconds.toFixed(0)} s, ${left.toFixed(0)} s left`)
      },
    })
  } finally {
    await pool.close()
  }
}
