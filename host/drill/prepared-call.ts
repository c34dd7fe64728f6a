/** A system call of a script, from what was read to its outcome. */
import type { CallOutcome, Process } from './descriptors.js'
import type { Call } from './script.js'
import type { Answered } from './subject.js'

/** One call under way: gives its outcome, or undefined while it blocks. */
export type Operation = () => Answered<CallOutcome | undefined>
/** A call that was read: begins it. */
export type PreparedCall = (process: Process) => Operation
export type Preparation = (call: Call) => PreparedCall
