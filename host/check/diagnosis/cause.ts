/** What a rule can name: one for a cause that there is not does not compile. */
import type { FaultName } from '../../../boards/faults/registry.js'

/** A fault, as in `linkpulse faults`: what can be injected is what can be diagnosed. */
export type Cause = FaultName
