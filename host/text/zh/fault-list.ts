/** `linkpulse faults` 在各类故障前后所说的话；故障本身的词句在 `faults.ts`。 */
import type { FAULT_LIST_WORDS } from '../en/fault-list.js'
import type { SameSentences } from '../keyed.js'
import { behind } from './spacing.js'

export const FAULT_LIST_WORDS_ZH: SameSentences<typeof FAULT_LIST_WORDS> = {
  'faults.hint':
    '用 `linkpulse check model:uno --fault NAME` 弄坏一处，或说明坏到什么程度：`--fault cable-noise:0.32V`、' +
    '`--fault brown-out:every=30s,volts=2.4V`。`linkpulse faults NAME` 说明其中一类的全部。',
  'faults.harmless': '不影响任何 ping',
  'faults.usual': ({ value }) => behind('默认', value),
  'faults.brief': ({ name, range, usual, suffers }) =>
    `${name}：${range}（${suffers === '' ? usual : `${usual}；${suffers}`}）`,
  'faults.range-and-usual': ({ range, usual }) => `${range}；${usual}`,
  'faults.choices': ({ choices }) => `${choices.join('、')} 之一`,
  'faults.range': ({ min, max }) => `${min} 到 ${max}`,
  'faults.range-whole': ({ min, max }) => `整数，${min} 到 ${max}`,
  'faults.suffers': ({ from }) => `影响使用：${from}`,
  'faults.from-choices': ({ choices }) => choices.join('、'),
  'faults.from-higher': ({ value }) => `${value} 及以上`,
  'faults.from-lower': ({ value }) => `${value} 及以下`,
  'faults.from-away': ({ value }) => `两个方向 ${value} 及以上`,
  'faults.place': ({ layer, side }) => `层：${layer}；${behind('要修的是', side)}`,
  'faults.boards': ({ boards }) => `只见于 ${boards.join('、')}`,
  'faults.targets': ({ targets }) => `只见于目标 ${targets.join('、')}`,
  'faults.layer.computer': '计算机（computer）',
  'faults.layer.supply': '供电（supply）',
  'faults.layer.serial': '串行线路（serial）',
  'faults.layer.wiring': '导线（wiring）',
  'faults.layer.chip': '芯片（chip）',
  'faults.layer.cable': '网线（cable）',
  'faults.layer.partner': '对端（partner）',
  'faults.layer.timing': '时序（timing）',
  'faults.side.board': '板子',
  'faults.side.chip': '芯片',
  'faults.side.wire': '导线或线缆',
  'faults.side.partner': '对端',
  'faults.side.computer': '这台计算机',
}
