/** How far a run of the checks is. */
import { monotonic } from '../../event-loop.js'
import { CHECKS } from '../check-list.js'
import { selectChecks } from '../select.js'
import { RunProgress } from './run-progress.js'

/**
 * @param only layers or identifiers of checks; all where there are none
 * @param baud symbols a second
 * @param soakSeconds for how long chip and link are watched at the end, at least
 */
export function progressOf(only: readonly string[], baud: number, soakSeconds = 0): RunProgress {
  return new RunProgress({ ...selectChecks(CHECKS, only), baud, soakSeconds, now: monotonic })
}
