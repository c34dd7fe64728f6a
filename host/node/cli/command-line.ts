/**
 * What a line of words is and does. This file and what it imports at the top are loaded every time; a command's work is imported
 * when it is asked for.
 */
import { shortLines } from '../../text/short-lines.js'
import { PACKAGE_VERSION } from '../version.js'
import type { Arguments } from './arguments.js'
import type { CommandHelp } from './command.js'
import { COMPLETE } from './completion/word.js'
import { isSpoken, languageWord, withoutFirstLanguage } from './language.js'
import { print, tell } from './say.js'
import { lostOutput, readerGone } from './standard-output.js'

/** Exit statuses 0 to 4 as `linkpulse help check` explains them; 70 (sysexits.h EX_SOFTWARE) for a fault of our own. */
const WRONG_USAGE = 2
const OUR_FAULT = 70

async function main(given: readonly string[]): Promise<number> {
  const words = withoutFirstLanguage(given)
  const [first] = words
  if (first === '--version' || first === '-V') {
    print(`${PACKAGE_VERSION}\n`)
    return 0
  }
  if (first === COMPLETE) return (await import('./completion/complete.js')).complete(words.slice(1))
  const { COMMANDS, readLine, unspoken } = await import('./every-command.js')
  const language = languageWord(given)
  if (language !== undefined && !isSpoken(language)) throw unspoken(language)
  const line = readLine(COMMANDS, words)
  return 'given' in line ? work(line.command, line.given) : noCommand(line.group, line.word)
}

async function work(command: CommandHelp, given: Arguments): Promise<number> {
  if (given.has('help')) {
    const { explain, helpLanguage } = await import('./every-command.js')
    print(explain(command, await helpLanguage()))
    return 0
  }
  const end = () => setImmediate(() => process.exit(0))
  if (command.endsWithReader) readerGone.addEventListener('abort', end)
  try {
    const { workOf } = await import('./every-command.js')
    return await (await workOf(command))(given)
  } finally {
    readerGone.removeEventListener('abort', end)
  }
}

/** Help was asked for, or nothing, or what there is not. */
async function noCommand(group: string, word: string | undefined): Promise<number> {
  const { COMMAND_NAMES, commandsUnder, explainGroup, helpLanguage, overview } = await import('./every-command.js')
  const inGroup = commandsUnder(group)
  if (word === undefined || word === '--help' || word === '-h') {
    const say = word === undefined ? tell : print
    const language = await helpLanguage()
    say(inGroup.length > 0 ? explainGroup(group, inGroup, language) : overview(language))
    return word === undefined ? WRONG_USAGE : 0
  }
  const { suggestion } = await import('../../../boards/nearest.js')
  const name = inGroup.length > 0 ? `${group} ${word}` : word
  const names = inGroup.length > 0 ? inGroup.map((command) => command.name) : COMMAND_NAMES
  const [near, all] = [suggestion(name, names), names.join(', ')]
  tell(
    name.startsWith('-')
      ? `linkpulse: "${name}" is not an option${near} (commands: ${all})\n`
      : `linkpulse: "${name}" is not a command${near} (commands: ${all})\n`,
  )
  return WRONG_USAGE
}

/** One clear message, and the exit status the error carries. A stack trace only for whoever asks for it. */
export function report(error: unknown): number {
  const failure = error instanceof Error ? error : new Error(String(error))
  const status = 'exitStatus' in failure && typeof failure.exitStatus === 'number' ? failure.exitStatus : OUR_FAULT
  const apology = status === OUR_FAULT ? ' (this is a fault in linkpulse: set LINKPULSE_DEBUG=1 to see where)' : ''
  // What follows the first line stands indented, so that nothing quoted in it passes for a message of its own.
  tell(`linkpulse: ${shortLines(failure.message).replace(/\n(?! )/g, '\n  ')}${apology}\n`)
  if (process.env.LINKPULSE_DEBUG) tell(`${failure.stack}\n`)
  return status
}

/** The status, unless what was printed did not get where it was sent: then nobody has seen why it is what it is. */
async function afterwards(status: number): Promise<number> {
  // An error of the last words is told a moment later.
  await new Promise((resolve) => setImmediate(resolve))
  const error = lostOutput()
  if (error === undefined) return status
  const { unwritable } = await import('./outputs.js')
  return report(unwritable(error))
}

/** Does what the words of a line say. @returns the exit status; nothing is thrown */
export async function commandLine(words: readonly string[]): Promise<number> {
  return afterwards(await main(words).catch(report))
}
