/**
 * 命令在标准错误上说的话，用中文。各层代码抛出的错误是英文，在抛出之处写成；这里按它的样子认出来，取出其中的值，用中文再说一遍。
 * 不认识的照原样说。`messages.test.ts` 保证源代码里写着的每一条都有中文。
 */
import { CHECKING_MESSAGES } from './messages/checking.js'
import { CHIP_MESSAGES } from './messages/chip.js'
import { DRAWING_MESSAGES } from './messages/drawing.js'
import { FILE_MESSAGES } from './messages/files.js'
import { FLASHING_MESSAGES } from './messages/flashing.js'
import { LINE_MESSAGES } from './messages/line.js'
import { NET_MESSAGES } from './messages/net.js'
import type { MessagePair } from './messages/pair.js'
import { TARGET_MESSAGES } from './messages/target.js'

export const MESSAGES_ZH: readonly MessagePair[] = [
  ...LINE_MESSAGES,
  ...CHECKING_MESSAGES,
  ...TARGET_MESSAGES,
  ...FLASHING_MESSAGES,
  ...FILE_MESSAGES,
  ...DRAWING_MESSAGES,
  ...CHIP_MESSAGES,
  ...NET_MESSAGES,
]

interface Form {
  readonly english: RegExp
  readonly chinese: string
  /** 其中不是值的字符有多少：认出的样子不止一种时，取最具体的。 */
  readonly fixed: number
}

const VALUE = '(.*?)'
const ADDED = '((?:[;,] | \\().*?|)'

let forms: readonly Form[] | undefined

function formOf([english, chinese]: MessagePair): Form {
  const pieces = english.split(/\{\d\}/)
  const escaped = pieces.map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  // 紧跟在另一个值后面的，是可有可无的补充：“; did you mean …”、“, or …”、“ (…)”。
  const form = escaped.reduce(
    (before, piece, at) => `${before}${at > 1 && pieces[at - 1] === '' ? ADDED : VALUE}${piece}`,
  )
  return { english: new RegExp(`^${form}$`, 's'), chinese, fixed: pieces.join('').length }
}

/** 一条消息，不含换行之后的内容。 */
export function messageInChinese(message: string): string {
  forms ??= MESSAGES_ZH.map(formOf).sort((a, b) => b.fixed - a.fixed)
  for (const { english, chinese } of forms) {
    const found = english.exec(message)
    if (found === null) continue
    return chinese.replace(/\{(\d)(?::(or|told))?\}/g, (_, number: string, how: string | undefined) => {
      const value = found[Number(number)]
      if (how === 'or') return value.replaceAll(' or ', ' 或 ')
      return how === 'told' ? messageInChinese(value) : value
    })
  }
  // 前面说明在哪里：一个文件、一条命令、一个选项。
  const [, place, rest] = /^([^“”]+?): (.+)$/s.exec(message) ?? []
  if (rest === undefined) return message
  const told = messageInChinese(rest)
  return told === rest ? message : `${place}：${told}`
}
