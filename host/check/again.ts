/**
 * Checks that have failed, once more at the end of a run: what comes and goes mostly passes the second time, and what is broken for good fails as it
 * did. What they stand on is run before them in silence, for the chip has been given back and started anew since.
 */
import { type Clock, SECOND } from '../../firmware/hal/clock.js'
import type { Check, CheckResult, SecondResult } from './types.js'

/** So long what is repeated may have taken the first time, all of it together, ns: the quickest of it is taken. */
const REPEATED_IN_ALL = 30 * SECOND
/** Nothing more is begun after this, ns: a line may have become slower, and what a check stands on takes its time as well. */
const LONGEST = 60 * SECOND

interface Repetition<Context> {
  readonly clock: Pick<Clock, 'now'>
  /** How long each took, ns, by its identifier. */
  readonly took: ReadonlyMap<string, number>
  /** Makes ready for it: the chip is asked for again. @returns whether the board still answers */
  readonly prepare: () => Promise<boolean>
  /** Runs a check; whatever comes of it. */
  readonly run: (check: Check<Context>) => Promise<SecondResult>
}

/** Of all that failed, what is repeated. */
function repeatable<Context>(
  checks: readonly Check<Context>[],
  results: readonly CheckResult[],
  took: ReadonlyMap<string, number>,
): Set<string> {
  const failed = new Set(results.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id))
  const chosen = new Set<string>()
  let inAll = 0
  const each = checks
    .filter(({ id, once }) => failed.has(id) && once !== true)
    .map(({ id }): [string, number] => [id, took.get(id) ?? 0])
  for (const [id, time] of each.sort((a, b) => a[1] - b[1])) {
    inAll += time
    if (inAll > REPEATED_IN_ALL) break
    chosen.add(id)
  }
  return chosen
}

/** Those, and what they stand on. */
function withNeeds<Context>(checks: readonly Check<Context>[], ids: ReadonlySet<string>): Check<Context>[] {
  const byId = new Map(checks.map((check) => [check.id, check]))
  const wanted = new Set<string>()
  const want = (id: string): void => {
    const check = byId.get(id)
    if (check === undefined || check.once === true || wanted.has(id)) return
    wanted.add(id)
    for (const need of check.needs) want(need)
  }
  for (const id of ids) want(id)
  return checks.filter(({ id }) => wanted.has(id))
}

/** @returns the results, those that were taken again with the second one beside them */
export async function repeatFailed<Context>(
  checks: readonly Check<Context>[],
  results: readonly CheckResult[],
  { clock, took, prepare, run }: Repetition<Context>,
): Promise<CheckResult[]> {
  const ids = repeatable(checks, results, took)
  const second = new Map<string, SecondResult>()
  if (ids.size > 0 && (await prepare())) {
    const began = clock.now
    for (const check of withNeeds(checks, ids)) {
      if (clock.now - began > LONGEST) break
      const found = await run(check)
      if (ids.has(check.id) && found.verdict !== 'skip') second.set(check.id, found)
    }
  }
  return results.map((result) => {
    const again = second.get(result.id)
    return again === undefined ? result : { ...result, again }
  })
}
