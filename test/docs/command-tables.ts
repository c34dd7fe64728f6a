/** The generated parts of docs/commands.md and docs/commands.zh-CN.md: every command, and what `linkpulse help` says of it. Written by `make docs`, compared by a test. */
import { COMMANDS } from '../../host/node/cli/commands.js'
import { ENGLISH_HELP, explain } from '../../host/node/cli/help.js'
import type { HelpLanguage } from '../../host/node/cli/help-language.js'
import { HELP_ZH } from '../../host/node/cli/zh/help.js'

interface CommandPage {
  readonly file: string
  /** What is generated stands below it. */
  readonly heading: string
  readonly column: string
  readonly language: HelpLanguage
}

export const COMMAND_PAGES: readonly CommandPage[] = [
  { file: 'docs/commands.md', heading: '## Every command', column: 'command', language: ENGLISH_HELP },
  { file: 'docs/commands.zh-CN.md', heading: '## 每个命令', column: '命令', language: HELP_ZH },
]

function table({ column, language }: CommandPage): string {
  const rows = COMMANDS.map(language.of).map(({ name, operands, summary }) => {
    const usage = `${name} ${operands}`.trimEnd()
    return `| [\`${usage}\`](#${name.replaceAll(' ', '-')}) | ${summary} |`
  })
  return [`| ${column} | |`, '|---|---|', ...rows].join('\n')
}

function sections({ language }: CommandPage): string {
  return COMMANDS.map((command) => `### ${command.name}\n\n\`\`\`text\n${explain(command, language)}\`\`\`\n`).join(
    '\n',
  )
}

/** The document with its generated part as the commands say of themselves now. */
export function withCommandTables(page: CommandPage, text: string): string {
  const { file, heading } = page
  const at = text.indexOf(heading)
  if (at < 0) throw new Error(`${file} has no heading "${heading}" any more: its tables go below it`)
  return `${text.slice(0, at)}${heading}\n\n${table(page)}\n\n${sections(page)}`
}
