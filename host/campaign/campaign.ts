/**
 * Many runs, each independent of the others: whoever performs them may do so in any order and at once, and what comes out stands in
 * the order of the plan. What an earlier campaign has kept is not run again.
 */

export interface CampaignOptions<Run, Result> {
  /** What tells a run from all others. */
  readonly keyOf: (run: Run) => string
  /** Performs one run; the campaign begins as many at once as it is told. */
  readonly perform: (run: Run) => Promise<Result>
  /** Runs at once. */
  readonly atOnce: number
  /** What is known already, by `keyOf`. */
  readonly kept?: ReadonlyMap<string, Result>
  /** Called for each run that was performed, as it ends. */
  readonly onResult?: (result: Result, done: number, of: number) => void
}

/**
 * @returns a result for each run of the plan, in its order; runs that are planned twice are performed once
 * @throws what `perform` throws, once those that were under way have ended; what was told by then stays told
 */
export async function runCampaign<Run, Result>(
  plan: readonly Run[],
  options: CampaignOptions<Run, Result>,
): Promise<Result[]> {
  const { keyOf, perform, atOnce, kept = new Map(), onResult } = options
  if (!Number.isInteger(atOnce) || atOnce < 1)
    throw new RangeError(`atOnce is ${atOnce}: give a whole number from 1 on`)
  const results = new Map<string, Result>()
  const missing = new Map<string, Run>()
  for (const run of plan) {
    const key = keyOf(run)
    const known = kept.get(key)
    if (known !== undefined) results.set(key, known)
    else if (!missing.has(key)) missing.set(key, run)
  }
  const waiting = missing.entries()
  let done = 0
  let failed = false
  const work = async (): Promise<void> => {
    while (!failed) {
      const next = waiting.next()
      if (next.done) return
      const [key, run] = next.value
      const result = await perform(run).catch((error: unknown) => {
        failed = true // nothing more is begun
        throw new Error(`the run "${key}" failed: ${(error as Error).message}`, { cause: error })
      })
      results.set(key, result)
      done++
      onResult?.(result, done, missing.size)
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: Math.min(atOnce, missing.size) }, work))
  for (const each of ended) if (each.status === 'rejected') throw each.reason
  return plan.map((run) => results.get(keyOf(run))!)
}
