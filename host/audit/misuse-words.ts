/** The rule of a misuse, in words that are said in any language. */
import { keyed, type LocalizableText } from '../text/keyed.js'
import type { Misuse } from './audit.js'
import { HABITS, type HabitId } from './driver-habits.js'

export function misuseInWords(rule: Misuse['rule']): LocalizableText {
  return isHabit(rule) ? keyed(`audit.habit.${rule}`) : keyed(`rule.${rule}`)
}

function isHabit(rule: Misuse['rule']): rule is HabitId {
  return Object.hasOwn(HABITS, rule)
}
