/** The data sheets' rules that a driver can break, as the chip's model has them. */
import { FINDING_RULES, type FindingId } from '../../../boards/chips/enc28j60/finding-rules.js'

type RuleWords = { readonly [Id in FindingId as `rule.${Id}`]: string }

export const FINDING_RULE_WORDS = Object.fromEntries(
  Object.entries(FINDING_RULES).map(([id, [rule]]) => [`rule.${id}`, rule]),
) as RuleWords
