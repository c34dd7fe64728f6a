/** Checks that ask the partner itself, where nobody can. */
import { keyed, type LocalizableText } from '../text/keyed.js'
import type { NetworkPlan } from './context.js'
import type { Outcome } from './types.js'

/** @param notOurs what is said where it could be asked, were it ours */
export function notAsked({ view }: NetworkPlan, notOurs: LocalizableText): Outcome {
  return { measurements: [], verdict: 'skip', reason: view === 'desk' ? keyed('view.desk') : notOurs }
}
