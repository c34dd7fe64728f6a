/** What a person does about a fault, whoever names it. */
import type { FaultName } from '../../../boards/faults/registry.js'
import { keyed, type Sentence } from '../../text/keyed.js'

/** Each fault that can be injected has one: a name without a remedy does not compile. */
export function remedyOf(cause: FaultName): Sentence {
  return keyed(`${cause}.remedy`)
}
