/** Which checks a round of a watch has. */
import { selectChecks } from '../select.js'
import type { Check, CheckResult } from '../types.js'

/** Seconds that a round takes at most, beside what each has to have: somebody looks on with a plug in their hand. */
const LONGEST_SECONDS = 3

/**
 * The checks of rounds after a first one of all checks. Always those of `watched: 'always'`; and of the others that are watched, and of
 * those that were in trouble, the quickest, as long as a round is. How quick they are on this board, at its rate, the first round has shown.
 * @param seconds that each took, by identifier
 * @returns identifiers with those of all that they stand on, in running order
 */
export function checksToRepeat(
  checks: readonly Check<never>[],
  first: readonly Pick<CheckResult, 'id' | 'verdict'>[],
  seconds: ReadonlyMap<string, number>,
): string[] {
  const trouble = new Set(first.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn').map(({ id }) => id))
  const passed = new Set(first.filter(({ verdict }) => verdict === 'pass').map(({ id }) => id))
  const withAll = (ids: Iterable<string>): string[] => selectChecks(checks, [...ids]).toRun.map(({ id }) => id)
  const idsOf = (wanted: (check: Check<never>) => boolean): string[] => checks.filter(wanted).map(({ id }) => id)
  let chosen = idsOf(({ watched }) => watched === 'always')
  if (chosen.length > 0) chosen = withAll(chosen)
  // What failed may have waited for what did not come, and what was skipped took no time: of a check that stands always, both are no guide.
  const always = new Set(chosen)
  const cost = (ids: readonly string[]): number =>
    ids.reduce((sum, id) => sum + (always.has(id) && !passed.has(id) ? 0 : (seconds.get(id) ?? 0)), 0)
  const others = idsOf(({ id, watched }) => !always.has(id) && (watched !== undefined || trouble.has(id)))
  const quickest = others.sort((a, b) => (seconds.get(a) ?? 0) - (seconds.get(b) ?? 0))
  for (const id of quickest) {
    const longer = withAll([...chosen, id])
    if (cost(longer) <= LONGEST_SECONDS) chosen = longer
  }
  return chosen
}
