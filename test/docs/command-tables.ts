/** The generated part of docs/commands.md: every command, and what `linkpulse help` says of it. Written by `make docs`, compared by a test. */
import { COMMANDS } from '../../host/node/cli/commands.js'
import { explain } from '../../host/node/cli/help.js'

const HEADING = '## Every command'

function table(): string {
  const rows = COMMANDS.map(({ name, operands, summary }) => {
    const usage = `${name} ${operands}`.trimEnd()
    return `| [\`${usage}\`](#${name.replaceAll(' ', '-')}) | ${summary} |`
  })
  return ['| command | |', '|---|---|', ...rows].join('\n')
}

function sections(): string {
  return COMMANDS.map((command) => `### ${command.name}\n\n\`\`\`text\n${explain(command)}\`\`\`\n`).join('\n')
}

/** The document with its generated part as the commands say of themselves now. */
export function withCommandTables(text: string): string {
  const at = text.indexOf(HEADING)
  if (at < 0) throw new Error(`docs/commands.md has no heading "${HEADING}" any more: its tables go below it`)
  return `${text.slice(0, at)}${HEADING}\n\n${table()}\n\n${sections()}`
}
