/** What the scripts of `linkpulse completion` ask: what may stand at the end of a line. */
import type { CommandHelp } from '../command.js'
import { COMMANDS } from '../commands.js'
import { helpLanguage } from '../help.js'
import { SPOKEN_LANGUAGES, withoutFirstLanguage } from '../language.js'
import { print } from '../say.js'
import { type Proposals, propose } from './propose.js'
import { lookUp } from './values.js'

/** A language may stand in front of the command. */
async function proposed(commands: readonly CommandHelp[], words: readonly string[]): Promise<Proposals> {
  const [first, word = ''] = words
  if (first !== '--lang' || words.length !== 2) return propose(commands, withoutFirstLanguage(words), lookUp)
  const languages = SPOKEN_LANGUAGES.filter((language) => language.startsWith(word))
  return { words: languages.map((language) => ({ word: language, help: '' })) }
}

/**
 * Prints a line for each proposal, the word and its help with a tab between. Where files may stand as well, a line in front of
 * them says so: `:files` and the endings of their names, with spaces between.
 * @param words what follows the program's name, up to the cursor
 */
export async function complete(words: readonly string[]): Promise<number> {
  const { of } = await helpLanguage()
  const { words: proposals, files } = await proposed(COMMANDS.map(of), words)
  const lines = proposals.map(({ word, help }) => `${word}\t${help}`)
  if (files !== undefined) lines.unshift([':files', ...files].join(' '))
  print(lines.map((line) => `${line}\n`).join(''))
  return 0
}
