/** Runs as a dictionary is learned from them, and their counts. */
import { faultName } from '../../../boards/faults/settle.js'
import { type FormCounts, HEALTHY } from '../../check/diagnosis/dictionary/model.js'
import { FEATURES, type Symptoms, symptomsOf } from '../../check/diagnosis/features/features.js'
import type { JudgedResult } from '../../check/diagnosis/features/results.js'
import { type Repetition, repetitionOf } from '../../check/diagnosis/infer/repetition.js'
import type { Verdict } from '../../check/types.js'
import type { PlannedRun } from '../plan.js'
import type { CampaignResult } from '../result.js'

export interface Sample {
  /** What was broken, by the names of faults; `healthy` where nothing was. */
  readonly cause: string
  readonly symptoms: Symptoms
  /** What came of running once more what had failed; left out where nothing was, and of samples that were kept as text. */
  readonly repetition?: Repetition | undefined
}

/** A result as it is judged. */
function judgedResults({ checks }: CampaignResult): JudgedResult[] {
  const judged = (verdict: Verdict, measurements: CampaignResult['checks'][number][2]) => ({
    verdict,
    measurements: measurements.map(([name, value, min, max]) => ({ name, value, min, max })),
  })
  return checks.map(([id, verdict, measurements, again]) => ({
    id,
    ...judged(verdict, measurements),
    ...(again === undefined ? {} : { again: judged(...again) }),
  }))
}

/** The fault's name without what it was told. */
function causeOf({ faults }: PlannedRun): string {
  return faults.length === 0 ? HEALTHY : faults.map(faultName).join('+')
}

export const CASES: readonly number[] = FEATURES.map(({ cases }) => cases)

export function sampleOf(run: PlannedRun, result: CampaignResult): Sample {
  const judged = judgedResults(result)
  return {
    cause: causeOf(run),
    symptoms: symptomsOf(judged, result.occupant ?? null),
    repetition: repetitionOf(judged),
  }
}

/** How often each case was seen. */
function countCases(samples: Iterable<Sample>): Uint16Array[] {
  const counts = CASES.map((cases) => new Uint16Array(cases))
  for (const { symptoms } of samples) {
    for (const [index, which] of symptoms.entries()) if (which >= 0) counts[index][which]++
  }
  return counts
}

/** By cause, in the order given, and form. */
export function countForms(
  samples: readonly Sample[],
  forms: Uint8Array,
  causes: readonly string[],
): Map<string, FormCounts[]> {
  return new Map(
    causes.map((cause) => {
      const byForm: Sample[][] = []
      for (const [index, sample] of samples.entries()) {
        if (sample.cause !== cause) continue
        byForm[forms[index]] ??= []
        byForm[forms[index]].push(sample)
      }
      return [cause, byForm.map((of) => ({ runs: of.length, counts: countCases(of) }))]
    }),
  )
}
