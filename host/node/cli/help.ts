/** What `linkpulse help` says. */
import type { CommandHelp } from './command.js'
import { COMMANDS } from './commands.js'
import type { HelpLanguage } from './help-language.js'
import { LANGUAGE } from './language.js'

/** The English of a command is its declaration (`NAME.command.ts`). */
export const ENGLISH_HELP: HelpLanguage = {
  frame: {
    title: 'linkpulse: a network interface you can see through',
    usage: 'Usage: ',
    command: 'COMMAND',
    option: 'OPTION',
    version: 'print the version',
    explainIt: 'explain it',
    help: 'what a command takes',
    begin: 'Begin with `linkpulse check`: it needs no hardware.',
    columns: ({ length }) => length,
    explainsOne: (word) => `\`linkpulse help ${word} COMMAND\` explains one.`,
  },
  of: (command) => command,
}

/** That of this process. */
export async function helpLanguage(): Promise<HelpLanguage> {
  return LANGUAGE === 'zh' ? (await import('./zh/help.js')).HELP_ZH : ENGLISH_HELP
}

/** Characters of the longest command with its operands. */
const WIDEST = Math.max(...COMMANDS.map(({ name, operands }) => `${name} ${operands}`.length))

/** `linkpulse` without arguments, and `linkpulse --help`. */
export function overview(language = ENGLISH_HELP): string {
  const { title, usage, command, option, version, help, begin } = language.frame
  return `${title}

${usage}linkpulse ${command} [${option}]...

${listing(COMMANDS, language)}
${row('--version', version, language)}${row(`help ${command}`, help, language)}

${begin}
`
}

function listing(commands: readonly CommandHelp[], language: HelpLanguage): string {
  return commands
    .map(language.of)
    .map(({ name, operands, summary }) => row(`${name} ${operands}`.trimEnd(), summary, language))
    .join('')
}

function row(words: string, summary: string, { frame: { columns } }: HelpLanguage): string {
  return `  ${words}${' '.repeat(Math.max(0, WIDEST - columns(words)))}  ${summary}\n`
}

/** The commands of two words that begin with `word`. */
export function explainGroup(word: string, commands: readonly CommandHelp[], language = ENGLISH_HELP): string {
  const { usage, command, option, explainsOne } = language.frame
  return `${usage}linkpulse ${word} ${command} [${option}]...\n\n${listing(commands, language)}\n${explainsOne(word)}\n`
}

export function explain(command: CommandHelp, language = ENGLISH_HELP): string {
  const { name, operands, options, summary, notes } = language.of(command)
  const rows = Object.entries(options).map(([option, { value, help, multiple, short }]) => {
    const shown = `${short === undefined ? '' : `-${short}, `}--${option}${value === undefined ? '' : ` ${value}`}${multiple ? ' ...' : ''}`
    return `  ${shown.padEnd(24)} ${help}\n`
  })
  const usage = `linkpulse ${name} ${operands}`.trimEnd()
  let text = `${usage}${rows.length > 0 ? ` [${language.frame.option}]...` : ''}\n\n${summary}\n`
  if (rows.length > 0) text += `\n${rows.join('')}`
  if (notes !== undefined) text += `\n${notes.map((line) => `${line}\n`).join('')}`
  return text
}
