/**
 * 命令在标准错误上说的话，用中文。各层代码抛出的错误是英文，在抛出之处写成；这里按它的样子认出来，用中文再说一遍。
 * 不认识的照原样说。`test/cli/messages.test.ts` 保证源代码里写着的每一条都有中文。
 */
import { type Phrase, phrasebook } from '../../../text/phrases.js'
import { IMAGE_MESSAGES } from '../../../text/zh/image-messages.js'
import { AUDIT_MESSAGES } from './messages/audit.js'
import { CAMPAIGN_MESSAGES } from './messages/campaign.js'
import { CHECKING_MESSAGES } from './messages/checking.js'
import { CHIP_MESSAGES } from './messages/chip.js'
import { DRAWING_MESSAGES } from './messages/drawing.js'
import { DRILLING_MESSAGES } from './messages/drilling.js'
import { EXTCAP_MESSAGES } from './messages/extcap.js'
import { FILE_MESSAGES } from './messages/files.js'
import { FLASHING_MESSAGES } from './messages/flashing.js'
import { LAB_MESSAGES } from './messages/lab.js'
import { LINE_MESSAGES } from './messages/line.js'
import { NET_MESSAGES } from './messages/net.js'
import { SCENARIO_MESSAGES } from './messages/scenario.js'
import { TARGET_MESSAGES } from './messages/target.js'

export const MESSAGES_ZH: readonly Phrase[] = [
  ...LINE_MESSAGES,
  ...CHECKING_MESSAGES,
  ...TARGET_MESSAGES,
  ...FLASHING_MESSAGES,
  ...FILE_MESSAGES,
  ...IMAGE_MESSAGES,
  ...DRAWING_MESSAGES,
  ...CHIP_MESSAGES,
  ...DRILLING_MESSAGES,
  ...NET_MESSAGES,
  ...LAB_MESSAGES,
  ...SCENARIO_MESSAGES,
  ...CAMPAIGN_MESSAGES,
  ...EXTCAP_MESSAGES,
  ...AUDIT_MESSAGES,
]

const tell = phrasebook(MESSAGES_ZH, { or: ' 或 ' })

/** 一条消息，不含换行之后的内容。 */
export function messageInChinese(message: string): string {
  const told = tell(message)
  if (told !== undefined) return told
  // 前面说明在哪里：一个文件、一条命令、一个选项。
  const [, place, rest] = /^([^“”]+?): (.+)$/s.exec(message) ?? []
  if (rest === undefined) return message
  const behind = messageInChinese(rest)
  return behind === rest ? message : `${place}：${behind}`
}
