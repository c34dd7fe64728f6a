/** A rule of the data sheet that was broken, in words: they stand with the chip, and with the reports. */
import type { Finding } from '../../boards/chips/enc28j60/findings.js'
import { FINDING_RULES_ZH } from '../text/zh/finding-rules.js'
import { type Told, told } from './words/told.js'

export function ruleTold({ id, rule }: Pick<Finding, 'id' | 'rule'>): Told {
  return told('finding.rule', { en: rule, zh: FINDING_RULES_ZH[id] })
}
