/** What a diagnosis can name: a rule for an undeclared cause does not compile. */
import { FAULTS, type FaultName } from '../../../boards/faults/registry.js'
import type { Report } from '../types.js'

/** A fault, as in `linkpulse faults`: what can be injected is what can be diagnosed. */
export type Cause = FaultName

/** What a report comes to: `healthy` where nothing is wrong, `unknown` where something is that no rule explains. */
export type Conclusion = Cause | 'healthy' | 'unknown'

/** A stored report may name causes that another version knew. */
function isCause(name: string): name is Cause {
  return FAULTS.has(name)
}

export function conclusionOf({ verdict, diagnosis }: Pick<Report, 'verdict' | 'diagnosis'>): Conclusion {
  if (diagnosis.length > 0 && isCause(diagnosis[0].cause)) return diagnosis[0].cause
  return verdict === 'pass' && diagnosis.length === 0 ? 'healthy' : 'unknown'
}
