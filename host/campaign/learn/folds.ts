/** Runs that are judged by counts in which they are not: cut into parts, each with its share of every cause. */
import type { Sample } from './sample.js'

/**
 * By run, the part that it is in: the runs of each cause are dealt out in turn. By their place in the plan they would not do: it goes round
 * all causes, and where their number is a multiple of that of the parts, each cause is in one part alone.
 */
export function foldsOf(samples: readonly Sample[], folds: number): Uint8Array {
  const dealt = new Map<string, number>()
  return Uint8Array.from(samples, ({ cause }) => {
    const next = dealt.get(cause) ?? 0
    dealt.set(cause, next + 1)
    return next % folds
  })
}
