/**
 * How well an explanation fits: the surprise at what it would not have predicted. Of what nobody has listed, the best explanation in
 * the list leaves something that it hardly ever shows, and mostly one check says so.
 */
import type { Model } from '../dictionary/model.js'
import { FEATURES, isFailure, isOfCheck, type Symptoms, VERDICT_AT } from '../features/features.js'

export interface Fit {
  /** Weighted, in nats, of all symptoms; of a symptom that is as the cause most often shows it: 0. */
  readonly total: number
  /** Of the check that surprises most. */
  readonly worst: number
  /** Something has failed, and of nothing that failed the dictionary knows anything: whoever is named is named without a reason. */
  readonly blind: boolean
  /** By check, those that surprise at all. */
  readonly byCheck: ReadonlyMap<string, number>
}

function isBlind({ ofCheck }: Model, symptoms: Symptoms): boolean {
  const failed = [...VERDICT_AT].filter(([, at]) => isFailure(symptoms[at]))
  return failed.length > 0 && failed.every(([check]) => !ofCheck.has(check))
}

/** The surprise at the check that surprises most of those that have failed: what came of it the second time is said of it. */
function mostOfFailed(byCheck: ReadonlyMap<string, number>, symptoms: Symptoms): number {
  const failed = [...VERDICT_AT].filter(([, at]) => isFailure(symptoms[at]))
  return Math.max(0, ...failed.map(([check]) => byCheck.get(check) ?? 0))
}

/**
 * @param logChance of a symptom's case under the explanation: by place (offset and case)
 * @param again the surprise at what came of running once more what had failed, in nats
 */
export function fitOf(model: Model, symptoms: Symptoms, logChance: (at: number) => number, again = 0): Fit {
  const byCheck = new Map<string, number>()
  let total = 0
  for (const [index, which] of symptoms.entries()) {
    const weight = model.weights[index]
    if (which < 0 || weight === 0 || !isOfCheck(FEATURES[index])) continue
    const offset = model.offsets[index]
    let likeliest = Number.NEGATIVE_INFINITY
    for (let each = 0; each < model.cases[index]; each++) likeliest = Math.max(likeliest, logChance(offset + each))
    const surprise = weight * (likeliest - logChance(offset + which))
    if (surprise <= 0) continue
    const { check } = FEATURES[index]
    byCheck.set(check, (byCheck.get(check) ?? 0) + surprise)
    total += surprise
  }
  return {
    total,
    worst: Math.max(0, ...byCheck.values(), again + mostOfFailed(byCheck, symptoms)),
    blind: isBlind(model, symptoms),
    byCheck,
  }
}
