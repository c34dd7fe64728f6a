/** What `linkpulse help` says. */
import type { CommandHelp } from './command.js'
import { COMMANDS } from './commands.js'

/** Characters of the longest command with its operands. */
const WIDEST = Math.max(...COMMANDS.map(({ name, operands }) => `${name} ${operands}`.length))

/** `linkpulse` without arguments, and `linkpulse --help`. */
export function overview(): string {
  return `linkpulse: a network interface you can see through

Usage: linkpulse COMMAND [OPTION]...

${listing(COMMANDS)}
${row('--version', 'print the version')}${row('help COMMAND', 'what a command takes')}

Begin with \`linkpulse check\`: it needs no hardware.
`
}

function listing(commands: readonly CommandHelp[]): string {
  return commands.map(({ name, operands, summary }) => row(`${name} ${operands}`.trimEnd(), summary)).join('')
}

function row(words: string, summary: string): string {
  return `  ${words.padEnd(WIDEST)}  ${summary}\n`
}

/** The commands of two words that begin with `word`. */
export function explainGroup(word: string, commands: readonly CommandHelp[]): string {
  return `Usage: linkpulse ${word} COMMAND [OPTION]...\n\n${listing(commands)}\n\`linkpulse help ${word} COMMAND\` explains one.\n`
}

export function explain(command: CommandHelp): string {
  const options = Object.entries(command.options).map(([name, { value, help, multiple, short }]) => {
    const shown = `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}${multiple ? ' ...' : ''}`
    return `  ${shown.padEnd(24)} ${help}\n`
  })
  const usage = `linkpulse ${command.name} ${command.operands}`.trimEnd()
  let text = `${usage}${options.length > 0 ? ' [OPTION]...' : ''}\n\n${command.summary}\n`
  if (options.length > 0) text += `\n${options.join('')}`
  if (command.notes !== undefined) text += `\n${command.notes.map((line) => `${line}\n`).join('')}`
  return text
}
