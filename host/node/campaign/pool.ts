/** Processes that perform the runs of a campaign. They are kept, so that each loads the simulator once. */
import { fileURLToPath } from 'node:url'
import { Tinypool } from 'tinypool'
import type { PlannedRun } from '../../campaign/plan.js'
import type { CampaignResult } from '../../campaign/result.js'

export interface RunPool {
  readonly atOnce: number
  readonly perform: (run: PlannedRun) => Promise<CampaignResult>
  close(): Promise<void>
}

export function openRunPool(atOnce: number): RunPool {
  const pool = new Tinypool({
    filename: fileURLToPath(new URL('./worker.ts', import.meta.url)),
    // The sources run as they are, which tsx does for a process and not for a thread.
    execArgv: ['--import', 'tsx'],
    runtime: 'child_process',
    minThreads: atOnce,
    maxThreads: atOnce,
  })
  return {
    atOnce,
    perform: (run) => pool.run(run) as Promise<CampaignResult>,
    close: () => pool.destroy(),
  }
}
