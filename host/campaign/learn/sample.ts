/** Runs as a dictionary is learned from them, and their counts. */
import { faultName } from '../../../boards/faults/settle.js'
import { HEALTHY } from '../../check/diagnosis/dictionary/model.js'
import { FEATURES, type Symptoms, symptomsOf } from '../../check/diagnosis/features/features.js'
import type { JudgedResult } from '../../check/diagnosis/features/results.js'
import type { PlannedRun } from '../plan.js'
import type { CampaignResult } from '../result.js'

export interface Sample {
  /** What was broken, by the names of faults; `healthy` where nothing was. */
  readonly cause: string
  readonly symptoms: Symptoms
}

/** A result as it is judged. */
function judgedResults({ checks }: CampaignResult): JudgedResult[] {
  return checks.map(([id, verdict, measurements]) => ({
    id,
    verdict,
    measurements: measurements.map(([name, value, min, max]) => ({ name, value, min, max })),
  }))
}

/** The fault's name without what it was told. */
function causeOf({ faults }: PlannedRun): string {
  return faults.length === 0 ? HEALTHY : faults.map(faultName).join('+')
}

export const CASES: readonly number[] = FEATURES.map(({ cases }) => cases)

export function sampleOf(run: PlannedRun, result: CampaignResult): Sample {
  return { cause: causeOf(run), symptoms: symptomsOf(judgedResults(result), result.occupant ?? null) }
}

/** By cause, in the order given: how often each case was seen. */
export function countCases(samples: Iterable<Sample>, causes: readonly string[]): Map<string, Uint16Array[]> {
  const counts = new Map(causes.map((cause) => [cause, CASES.map((cases) => new Uint16Array(cases))]))
  for (const { cause, symptoms } of samples) {
    const own = counts.get(cause)
    if (own === undefined) continue
    for (const [index, which] of symptoms.entries()) if (which >= 0) own[index][which]++
  }
  return counts
}
