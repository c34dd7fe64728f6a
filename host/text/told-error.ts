import { EN } from './en.js'
import type { Sentence } from './keyed.js'
import { say } from './say.js'

/** An error whose message can be said in every language; `message` is English. */
export class ToldError extends Error {
  override readonly name = 'ToldError'

  constructor(readonly told: Sentence) {
    super(say(EN, told))
  }
}
