import { EN } from './en.js'
import type { Sentence } from './keyed.js'
import { say } from './say.js'

/** An error whose message can be said in every language; `message` is English. */
export class LocalizableError extends Error {
  override readonly name = 'LocalizableError'

  constructor(readonly sentence: Sentence) {
    super(say(EN, sentence))
  }
}
