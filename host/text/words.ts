/** What a language must have: the same keys in every one, held by the type. */
import type { FigureWords } from './figure-words.js'
import type { SentenceWords } from './keyed.js'

export interface Words {
  /** BCP 47. */
  readonly language: string
  readonly figures: FigureWords
  readonly sentences: SentenceWords
}
