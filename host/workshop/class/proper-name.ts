/** A learner's name, which others are shown. */
import { LONGEST_NAME } from './facts.js'

const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u

/** A name as it is shown to others, or undefined where it can be none: something to be seen, and nothing that hides or turns what stands beside it. */
export function properName(given: string): string | undefined {
  const name = given.normalize('NFC').trim().replace(/\s+/g, ' ')
  return name === '' || [...name].length > LONGEST_NAME || HIDDEN.test(name) ? undefined : name
}
