/** `linkpulse drill` 所说的话：脚本自己的行和包照原样。 */
import type { DRILL_WORDS } from '../en/drill.js'
import type { SameSentences } from '../keyed.js'

export const DRILL_WORDS_ZH: SameSentences<typeof DRILL_WORDS> = {
  'drill.pass': '通过',
  'drill.fail': '失败',
  'drill.not-run': '未运行',
  'drill.note': ({ note }) => `注：${note}`,
  'drill.surplus': ({ packet }) => `注：没有一行期待 ${packet}`,
  'drill.unsupported': ({ what }) => `不支持：${what}`,
  'drill.ran': ({ file, statements, seconds }) => `${file}  ${statements} 条语句，虚拟时间 ${seconds} s`,
  'drill.expected': '期待的',
  'drill.sent': '发出的',
  'drill.line': ({ line }) => `第 ${line} 行`,
  'drill.story': '经过，时间为虚拟的秒：',
  'drill.before': ({ count }) => `（之前还有 ${count} 条：--trace 全部打印）`,
  'drill.totals': ({ total, parts }) => `${total} 个脚本：${parts.join('，')}`,
  'drill.passed': ({ count }) => `${count} 个通过`,
  'drill.failed': ({ count }) => `${count} 个失败`,
  'drill.were-not-run': ({ count }) => `${count} 个未运行`,
}
