/** 一个命令的中文：它的每个选项都要有，少一个、多一个都不能通过编译。 */
import type { CommandHelp } from '../command.js'
import type { CommandWords } from '../help-language.js'

/** 每个命令都有的选项，由 `inWords` 加上。 */
const LANG_ZH = '给人看的内容所用的语言（默认：LC_ALL、LC_MESSAGES 或 LANG 的语言）'

type Own<Option extends string> = CommandWords<Exclude<Option, 'lang'>>

export function inWords<Option extends string>(
  help: CommandHelp<Option>,
  words: Own<Option>,
): readonly [CommandHelp, CommandWords] {
  return [help, { ...words, options: { ...words.options, lang: LANG_ZH } }]
}
