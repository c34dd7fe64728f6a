/** `linkpulse net ping` 所说的话。 */
import type { PING_WORDS } from '../en/ping.js'
import type { SameSentences } from '../keyed.js'

export const PING_WORDS_ZH: SameSentences<typeof PING_WORDS> = {
  'ping.begins': ({ address, size }) => `ping ${address}，数据 ${size} 个八位组`,
  'ping.answered': ({ size, address, sequence, timeToLive, time }) =>
    `来自 ${address} 的 ${size} 个八位组：序号 ${sequence}，ttl ${timeToLive}，时间 ${time} ms`,
  'ping.failed': ({ sequence, reason }) => `序号 ${sequence}：${reason}`,
  'ping.says': ({ reason, address }) => `${reason}（${address} 所说）`,
  'ping.no answer': '没有应答',
  'ping.unreachable': '不可达',
  'ping.time exceeded': '超时（TTL 用完）',
  'ping.refused': '被拒绝',
  'ping.altered': '内容被改动',
  'ping.sum': ({ sent, back }) => `发出 ${sent} 个，返回 ${back} 个`,
  'ping.times': ({ sum, shortest, mean, longest }) => `${sum}；最短 ${shortest}，平均 ${mean}，最长 ${longest} ms`,
}
