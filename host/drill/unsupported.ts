/** What a script asks for that this runner does not do: named with its place and what to do, and never passed over. */
import { ScriptError } from './reader.js'

/** Thrown where a statement is read; the runner adds file and line. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported'
}

export class UnsupportedStatement extends ScriptError {
  override readonly name = 'UnsupportedStatement'
}
