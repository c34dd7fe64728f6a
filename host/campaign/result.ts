/** What is kept of a run: everything that a diagnosis reads of its report, and nothing else. */
import type { JudgedOccupant } from '../check/diagnosis/features/results.js'
import type { CheckResult, Measurement, Verdict } from '../check/types.js'
import type { Harm } from './harm.js'

/** Name, value, least and most. */
type KeptMeasurement = readonly [name: string, value: number | null, min: number | null, max: number | null]
/** The last: what came of it when it was run once more. */
type KeptCheck = readonly [
  id: string,
  verdict: Verdict,
  measurements: readonly KeptMeasurement[],
  again?: readonly [verdict: Verdict, measurements: readonly KeptMeasurement[]],
]

export interface CampaignResult {
  /** `runKey` of what was run. */
  readonly key: string
  readonly verdict: Verdict
  readonly checks: readonly KeptCheck[]
  /** Where somebody was heard and no session came about. */
  readonly occupant?: NonNullable<JudgedOccupant>
  /** Where the run was asked for it. */
  readonly harm?: Harm
}

export function keptChecks(checks: readonly CheckResult[]): CampaignResult['checks'] {
  const kept = ({ name, value, min, max }: Measurement): KeptMeasurement => [name, value, min, max]
  return checks.map(({ id, verdict, measurements, again }): KeptCheck => {
    const first = [id, verdict, measurements.map(kept)] as const
    return again === undefined ? first : [...first, [again.verdict, again.measurements.map(kept)]]
  })
}

export function keptOccupant({ who, probability }: NonNullable<JudgedOccupant>): NonNullable<JudgedOccupant> {
  return { who, probability }
}
