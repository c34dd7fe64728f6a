/** What a language must have: the same keys in every one, held by the type. */
import type { FigureWords } from './figure-words.js'

export interface Words {
  readonly figures: FigureWords
}
