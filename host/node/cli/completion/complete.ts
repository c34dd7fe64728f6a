/** What the scripts of `linkpulse completion` ask: what may stand at the end of a line. */
import { COMMANDS } from '../commands.js'
import { helpLanguage } from '../help.js'
import { print } from '../say.js'
import { propose } from './propose.js'
import { lookUp } from './values.js'

/**
 * Prints a line for each proposal, the word and its help with a tab between. Where files may stand as well, a line in front of
 * them says so: `:files` and the endings of their names, with spaces between.
 * @param words what follows the program's name, up to the cursor
 */
export async function complete(words: readonly string[]): Promise<number> {
  const { of } = await helpLanguage()
  const { words: proposals, files } = await propose(COMMANDS.map(of), words, lookUp)
  const lines = proposals.map(({ word, help }) => `${word}\t${help}`)
  if (files !== undefined) lines.unshift([':files', ...files].join(' '))
  print(lines.map((line) => `${line}\n`).join(''))
  return 0
}
