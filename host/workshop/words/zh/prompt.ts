/** 在终端里做任务时的帮助；命令本身在各种语言里相同。 */
import type { PROMPT_EN } from '../en/prompt.js'
import type { SameKeys } from '../told.js'

export const PROMPT_ZH: SameKeys<typeof PROMPT_EN> = {
  'prompt.task': '要做什么，做到哪里了',
  'prompt.look': '现在能看到什么',
  'prompt.set': '列出设置，或改一个',
  'prompt.probe': '列出探头，或放一个：算一次测量',
  'prompt.faults': '列出可能坏的',
  'prompt.repair': '修理它，如果坏的正是它：算一次测量',
  'prompt.hint': '给一个提示；要计数',
  'prompt.again': '从头再来',
  'prompt.save': '写出结果，用来上交',
  'prompt.quit': '结束',
  'prompt.titled': ({ title, text }) => `${title}：${text}`,
  'prompt.over': ({ state, over }) => `${state}；${over}`,
  'prompt.action': ({ action }) => `${action}：算一次测量`,
  'prompt.longest': ({ longest }) => `至多 ${longest} 个字符`,
  'prompt.range': ({ min, max, unit }) => `${min} 到 ${max} ${unit}`,
}
