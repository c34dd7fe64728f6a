/** Which symptoms are no longer what they were when the dictionary was learned, by its witnesses. */
import type { Witness } from '../../host/campaign/learn/witnesses.js'
import { FEATURES, type Symptoms } from '../../host/check/diagnosis/features/features.js'

/** So many witnesses must differ in a symptom: what differs in one may be chance that two seeds have not shown. */
const CHANGED = 2

/**
 * @param now what is seen of the witnesses today, in their order
 * @param weights of the symptoms in the dictionary: what weighs nothing there may change
 * @returns a line for each symptom that has changed, with one of the runs that show it
 */
export function changedSymptoms(
  witnesses: readonly Witness[],
  now: readonly Symptoms[],
  weights: Float64Array,
): string[] {
  return FEATURES.flatMap(({ id }, index) => {
    if (weights[index] === 0) return []
    const differing = [...witnesses.keys()].filter((each) => {
      const then = witnesses[each].symptoms[index]
      return then >= 0 && then !== now[each][index]
    })
    if (differing.length < CHANGED) return []
    const [first] = differing
    const { run, symptoms } = witnesses[first]
    return [
      `${id} in ${differing.length} of ${witnesses.length} runs: case ${symptoms[index]} then, ${now[first][index]} now in ${JSON.stringify(run)}`,
    ]
  })
}
