/** In words: what came of running once more what had failed. */
import { keyed, type Sentence } from '../../text/keyed.js'
import { repeatedAs } from '../diagnosis/infer/repetition.js'
import type { CheckResult } from '../types.js'

const WAYS = ['same', 'otherwise', 'passed'] as const

/** A sentence for each way in which a second time came out, of all checks that did so; none where nothing was run once more. */
export function againWords(results: readonly CheckResult[]): Sentence[] {
  return WAYS.flatMap((way) => {
    const checks = results
      .filter((result) => result.again !== undefined && repeatedAs(result, result.again) === way)
      .map(({ id }) => id)
    return checks.length === 0 ? [] : [keyed(`again.${way}`, { checks })]
  })
}
