/** From what was measured to what is most likely broken. Reads only the results, so a stored report can be diagnosed again. */
import { EN } from '../../text/en.js'
import { say } from '../../text/say.js'
import type { CheckResult, Diagnosis } from '../types.js'
import { Evidence } from './evidence.js'
import type { DiagnosisRule } from './rule.js'
import { CABLE_RULES } from './rules-cable.js'
import { CHIP_RULES } from './rules-chip.js'
import { MEDIUM_RULES } from './rules-medium.js'
import { SERIAL_RULES } from './rules-serial.js'
import { SERIAL_WIRING_RULES } from './rules-serial-wiring.js'
import { WIRING_RULES } from './rules-wiring.js'

/** From the line upwards: of two causes that explain as much, the lower one comes first, because the upper may be its effect. */
export const DIAGNOSIS_RULES: readonly DiagnosisRule[] = [
  ...SERIAL_RULES,
  ...SERIAL_WIRING_RULES,
  ...WIRING_RULES,
  ...CHIP_RULES,
  ...CABLE_RULES,
  ...MEDIUM_RULES,
]

/** Causes below this are not worth a person's time. */
const LEAST_CONFIDENCE = 0.3

/** @returns causes, most likely first; empty when no check failed and nothing was noticed. */
export function diagnose(
  results: readonly CheckResult[],
  rules: readonly DiagnosisRule[] = DIAGNOSIS_RULES,
): Diagnosis[] {
  if (!results.some(({ verdict }) => verdict === 'fail' || verdict === 'warn')) return []
  const evidence = new Evidence(results)
  const found: Diagnosis[] = []
  for (const rule of rules) {
    const weighed = rule.weigh(evidence)
    if (weighed === undefined || weighed.confidence < LEAST_CONFIDENCE) continue
    const keyed = { evidence: weighed.evidence, remedy: rule.remedyFor?.(evidence) ?? rule.remedy }
    found.push({
      cause: rule.cause,
      confidence: weighed.confidence,
      evidence: keyed.evidence.map((sentence) => say(EN, sentence)),
      remedy: say(EN, keyed.remedy),
      keyed,
    })
  }
  // Array.sort is stable: equal confidence keeps the order of the layers.
  return found.sort((a, b) => b.confidence - a.confidence)
}
