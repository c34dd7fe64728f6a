/** What a script asks for that this runner does not do: named with its place and what to do, and never passed over. */
import { EN } from '../text/en.js'
import type { Sentence } from '../text/keyed.js'
import { say } from '../text/say.js'
import { ScriptError } from './reader.js'

/** Thrown where a statement is read; whoever has the script adds file and place. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported'

  /** @param at in the script's text, in characters; left out: the statement as a whole */
  constructor(
    readonly sentence: Sentence,
    readonly at?: number,
  ) {
    super(say(EN, sentence))
  }
}

export class UnsupportedStatement extends ScriptError {
  override readonly name = 'UnsupportedStatement'
}

/** A statement that turns out to be wrong only as it runs. */
export class WrongStatement extends Error {
  override readonly name = 'WrongStatement'

  constructor(readonly sentence: Sentence) {
    super(say(EN, sentence))
  }
}
