/** 运行检查的一方对一项检查所说的话。 */
import type { RUN, Slowness } from '../en/run.js'
import type { SameSentences } from '../keyed.js'
import { behind } from './spacing.js'

const tooSlow = ({ waited, elapsed, worst, reason }: Slowness, queued: string): string =>
  `这台计算机太慢：${elapsed} ms 中有 ${waited} ms 让 linkpulse 等着（最长一次 ${worst} ms）${queued}，因此测得的结果不能说明开发板（${reason}）；请结束别的程序，再检查一次`

export const RUN_ZH: SameSentences<typeof RUN> = {
  'run.interrupted': '检查被中断',
  'run.gone': '开发板不再应答',
  'run.time-limit': '在此之前时间已用完',
  'run.needs-failed': ({ check }) => `需要 ${check}，而它失败了`,
  'run.needs-skipped': ({ check }) => `需要 ${check}，而它被跳过了`,
  'run.too-long': ({ seconds }) => `${seconds} s 之内没有结果`,
  'run.too-slow': (slowness) => tooSlow(slowness, ''),
  'run.too-slow-queued': (slowness) => tooSlow(slowness, `，各程序排队等处理器共 ${slowness.queued} ms`),
  'run.out-of-limits': ({ figure, found, limit }) => `${figure}：${found}，${behind('应为', limit)}`,
  'run.out-of-limits-more': ({ figure, found, limit, more }) =>
    `${figure}：${found}，${behind('应为', limit)}（另有 ${more} 项）`,
}
