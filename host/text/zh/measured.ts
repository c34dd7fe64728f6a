/** 测量值及其限值怎么读。 */
import type { MEASURED } from '../en/measured.js'
import type { SameSentences } from '../keyed.js'
import { behind } from './spacing.js'

export const MEASURED_ZH: SameSentences<typeof MEASURED> = {
  'measured.nothing': '无',
  'measured.not': '未测得',
  'measured.quantity': ({ amount, unit }) => `${amount} ${unit}`,
  'measured.octets': ({ amount }) => `${amount} 个八位组`,
  'measured.cells': ({ amount }) => `${amount} 个信元`,
  'limit.range': ({ min, max }) => `${min} 到 ${max}`,
  'limit.at-most': ({ max }) => `至多 ${max}`,
  'limit.at-least': ({ min }) => `至少 ${min}`,
  'limit.must-be': ({ limit }) => behind('应为', limit),
}
