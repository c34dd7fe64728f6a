/** 一次对话的记录和梯形图所说的话。 */
import type { LADDER_WORDS } from '../en/ladder.js'
import type { SameSentences } from '../keyed.js'
import { spaced } from './spacing.js'

export const LADDER_WORDS_ZH: SameSentences<typeof LADDER_WORDS> = {
  'trace.state': ({ end, state, previous }) => `${end} 进入 ${state}（此前为 ${previous}）`,
  'ladder.nothing': '两端之间没有任何往来',
  'ladder.this-end': '本端',
  'ladder.other-end': '另一端',
  'ladder.client': '客户端',
  'ladder.server': '服务器',
  'ladder.first-number': ({ letter, value, whose }) =>
    `${letter} = ${value}（${spaced(whose).trimStart()}的初始序号，ISS）`,
  'ladder.seconds': '时间单位为秒',
  'ladder.one-end': '只能看到本端的内部：另一端只有线路上看得见的',
  'ladder.again': '重传',
  'ladder.lost': '途中丢失',
  'ladder.under-way': '结束时仍在途中',
  'ladder.octets': ({ count }) => `${count} 个八位组`,
  'ladder.later': ({ time }) => `${time} s 之后`,
  'ladder.left-out': ({ count }) => `此处略去 ${count} 步`,
  'ladder.sent-at': ({ from, to, time }) => `从${spaced(from)}到${spaced(to).trimEnd()}，发出于 ${time} s`,
  'ladder.arrives-at': ({ time }) => `到达于 ${time} s`,
  'ladder.comes-at': ({ from, to, time }) => `从${spaced(from)}到${spaced(to).trimEnd()}，到达于 ${time} s`,
  'ladder.enters': ({ end, state, time }) => `${spaced(end).trimStart()}从 ${time} s 起处于 ${state}`,
}
