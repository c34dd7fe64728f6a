/** What a learner hands in, as a file: written by the page, read by `linkpulse mission`. */
import { documentHead } from '../../../boards/schema/published.js'
import type { MissionResult } from '../protocol.js'

/** Another number where a reader of the form before would misread a result. */
export const MISSION_RESULT_VERSION = 1

export function missionResultText(result: MissionResult): string {
  return `${JSON.stringify({ ...documentHead('mission-result', MISSION_RESULT_VERSION), ...result }, undefined, 2)}\n`
}
