/** Whether a run ended as the campaign expects. */

import { faultName } from '../../boards/faults/settle.js'
import type { PlannedFault } from './plan.js'
import type { CampaignOutcome, CampaignRun } from './result.js'

/** @returns the line of a file of results */
export function judgeRun(run: number, { fault, expect }: PlannedFault, outcome: CampaignOutcome): CampaignRun {
  const unmet = outcome.outcome === 'error' ? outcome.reason : whyUnmet(expect, faultName(fault), outcome)
  const verdict = outcome.outcome === 'error' ? 'error' : unmet === undefined ? 'met' : 'unmet'
  return { run, verdict, ...outcome, reason: unmet ?? outcome.reason }
}

function whyUnmet(expect: PlannedFault['expect'], fault: string, found: CampaignOutcome): string | undefined {
  const [likeliest] = found.diagnosis
  switch (expect) {
    case 'pass':
      return found.outcome === 'pass' ? undefined : found.reason
    case 'fail':
      return found.outcome === 'fail' ? undefined : 'the fault was not seen: nothing failed'
    case 'found':
      if (likeliest === undefined) return 'the fault was not found: nothing was'
      if (likeliest.class.includes(fault)) return undefined
      return `the fault was not found: ${likelyCause(likeliest)}`
  }
}

/** In English, as the rest of a file of results. */
export function likelyCause({ cause, confidence }: CampaignOutcome['diagnosis'][number]): string {
  return `the likeliest cause is ${cause} (${Math.round(confidence * 100)} %)`
}
