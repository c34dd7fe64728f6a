/** The rule of a finding, in words that are said in any language. */
import { FINDING_RULES, type FindingId } from '../../boards/chips/enc28j60/finding-rules.js'
import { keyed, type LocalizableText } from './keyed.js'

/** One of a stored report may be worded in its own way: it stands as it is. */
export function findingRule({ id, rule }: { readonly id: string; readonly rule: string }): LocalizableText {
  return isRule(id) && FINDING_RULES[id][0] === rule ? keyed(`rule.${id}`) : rule
}

function isRule(id: string): id is FindingId {
  return Object.hasOwn(FINDING_RULES, id)
}
