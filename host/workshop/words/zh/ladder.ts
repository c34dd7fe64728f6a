/** 梯形图及其旁边的文字：两端、中间的盒子、经过的报文段。 */
import type { LADDER_EN } from '../en/ladder.js'
import type { SameKeys } from '../told.js'

export const LADDER_ZH: SameKeys<typeof LADDER_EN> = {
  'ladder.end.client': '客户端',
  'ladder.end.server': '服务器',
  'ladder.lane.sends': '发出',
  'ladder.state': ({ end, state, previous }) => `${end}：从 ${previous} 进入 ${state}。`,
  'ladder.sends': ({ end, flags, formula }) => `${end}发送 ${flags}：${formula}。`,
  'ladder.sends-again': ({ end, flags, formula }) => `${end}重传 ${flags}，因为一直没有收到确认：${formula}。`,
  'ladder.no-link': ({ end }) => `${end}：网卡没有链路，什么也发不出去。`,
  'ladder.link.up': ({ end }) => `${end}：链路已通。`,
  'ladder.link.down': ({ end }) => `${end}：链路断开。`,
  'ladder.box.no-link': ({ end }) => `盒子通往${end}的一侧没有链路：这一帧丢了。`,
  'ladder.row': ({ end, number, what, outcome }) => `第 ${number} 个报文段，来自${end}：${what}；${outcome}。`,
  'ladder.row.unnumbered': ({ end, what, outcome }) => `来自${end}：${what}；${outcome}。`,
  'ladder.segment': ({ flags, formula, values }) => `${flags}，${formula}（${values}）`,
  'ladder.segment.again': ({ flags, formula, values }) => `${flags}（重传），${formula}（${values}）`,
  'ladder.flags.again': ({ flags }) => `${flags}（重传）`,
  'ladder.arp.request': 'ARP：谁有这个地址',
  'ladder.arp.reply': 'ARP：我有',
  'ladder.spoilt': ({ why }) => `途中被改动（${why}）`,
  'ladder.fate.arrived': ({ milliseconds }) => `${milliseconds} ms 后到达`,
  'ladder.fate.held': ({ milliseconds }) => `在盒子里被扣留，${milliseconds} ms 后到达`,
  'ladder.fate.twice': ({ times }) => `盒子发送了两次，已到达 ${times} 次`,
  'ladder.fate.dropped': '被盒子丢弃',
  'ladder.fate.no-link': '没有发出，因为网卡没有链路',
  'ladder.fate.refused': '留在盒子里：盒子的另一侧没有链路',
  'ladder.fate.missing': '没有到达',
  'ladder.fate.under-way': '正在途中',
  'ladder.box': '盒子',
  'ladder.title': '两端之间经过的报文段',
}
