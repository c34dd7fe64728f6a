/** A JSON text that somebody else wrote, as a value. */
import { tooDeepLine } from './nesting.js'

/** Room for what is wrong to be named with its place: no document of ours has so many levels. */
const DEEPEST = 32

/**
 * @param levels what is said of the levels that such a document has, as `a board has 3 levels`
 * @param refuse makes an error of what is wrong with the text, and where
 * @throws what `refuse` makes
 */
export function readJson(text: string, levels: string, refuse: (problem: string) => Error): unknown {
  const line = tooDeepLine(text, DEEPEST)
  if (line !== undefined) {
    throw refuse(`line ${line}: brackets in more than ${DEEPEST} others; ${levels}, take out what is too many`)
  }
  if (text.trim() === '') throw refuse('nothing is written here; begin with {')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw refuse(`not JSON: ${error instanceof Error ? error.message : String(error)}; correct the text there`)
  }
}
