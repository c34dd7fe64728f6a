/** What to do about a finding, in the words of a language. */
import type { RuleId } from '../sketch/sketch.js'

export interface RemedyWords {
  readonly remedies: Readonly<Record<RuleId, string>>
  /** In front of one. */
  readonly toDo: string
}

export function remedyText({ remedies, toDo }: RemedyWords, rule: RuleId): string {
  return `${toDo}${remedies[rule]}`
}
