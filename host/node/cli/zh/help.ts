/** `linkpulse help` 的中文。 */
import { columnsOf } from '../../../text/columns.js'
import type { CommandHelp, OptionHelp } from '../command.js'
import type { CommandWords, HelpLanguage } from '../help-language.js'
import { BOARD_COMMANDS_ZH } from './board-commands.js'
import { LISTING_COMMANDS_ZH } from './listing-commands.js'
import { NET_COMMANDS_ZH } from './net-commands.js'
import { PORT_COMMANDS_ZH } from './port-commands.js'

const WORDS_ZH: ReadonlyMap<CommandHelp, CommandWords> = new Map([
  ...BOARD_COMMANDS_ZH,
  ...PORT_COMMANDS_ZH,
  ...NET_COMMANDS_ZH,
  ...LISTING_COMMANDS_ZH,
])

/** @throws Error 对没有中文的命令：那是我们自己的错 */
function inChinese(command: CommandHelp): CommandHelp {
  const words = WORDS_ZH.get(command)
  if (words === undefined) throw new Error(`${command.name} 没有中文说明`)
  const { summary, options, notes } = words
  const told: Record<string, OptionHelp> = {}
  for (const [name, option] of Object.entries(command.options)) told[name] = { ...option, help: options[name] }
  return { ...command, summary, options: told, ...(notes === undefined ? {} : { notes }) }
}

export const HELP_ZH: HelpLanguage = {
  frame: {
    title: 'linkpulse：一张“看得透”的网络接口',
    usage: '用法：',
    command: '命令',
    option: '选项',
    version: '打印版本号',
    explainIt: '说明它',
    help: '说明一个命令怎么用',
    begin: '从 `linkpulse check` 开始：不需要任何硬件。',
    columns: columnsOf,
    explainsOne: (word) => `\`linkpulse help ${word} 命令\` 说明其中一个。`,
  },
  of: inChinese,
}
