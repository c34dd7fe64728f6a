/** The words for causes, from the line upwards. */
import type { DiagnosisRule } from './rule.js'
import { CABLE_RULES } from './rules-cable.js'
import { CHIP_RULES } from './rules-chip.js'
import { MEDIUM_RULES } from './rules-medium.js'
import { SERIAL_RULES } from './rules-serial.js'
import { SERIAL_WIRING_RULES } from './rules-serial-wiring.js'
import { WIRING_RULES } from './rules-wiring.js'

export const DIAGNOSIS_RULES: readonly DiagnosisRule[] = [
  ...SERIAL_RULES,
  ...SERIAL_WIRING_RULES,
  ...WIRING_RULES,
  ...CHIP_RULES,
  ...CABLE_RULES,
  ...MEDIUM_RULES,
]

export function ruleFor(cause: string): DiagnosisRule | undefined {
  return DIAGNOSIS_RULES.find((rule) => rule.cause === cause)
}
