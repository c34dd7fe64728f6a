/** The runs of a plan, by the pool, with what is known already left out and what is found kept. */
import { fileURLToPath } from 'node:url'
import { runCampaign } from '../../campaign/campaign.js'
import { type PlannedRun, runKey } from '../../campaign/plan.js'
import type { CampaignResult } from '../../campaign/result.js'
import { openWorkerPool } from '../campaign/pool.js'
import { openResultsFile } from '../campaign/results-file.js'
import { TimeLeft } from '../campaign/time-left.js'

const WORKER = fileURLToPath(new URL('../campaign/worker.ts', import.meta.url))
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
  const pool = openWorkerPool<PlannedRun, CampaignResult>(WORKER, atOnce)
  const time = new TimeLeft()
  try {
    return await runCampaign(plan, {
      keyOf: runKey,
      perform: pool.perform,
      atOnce,
      kept: file.kept,
      onResult(result, done, whole) {
        file.add(result)
        if (!time.every(TELL_EVERY_SECONDS) && done < whole) return
        const { seconds, left } = time.after(done, whole)
        tell(`${done} of ${whole} runs, ${seconds} s, ${left} s left`)
      },
    })
  } finally {
    pool.close()
  }
}
