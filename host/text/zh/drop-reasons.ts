/** ENC28J60 为什么不再处理一帧。 */
import type { DROP_WORDS } from '../en/drop-reasons.js'
import type { SameSentences } from '../keyed.js'

export const DROP_WORDS_ZH: SameSentences<typeof DROP_WORDS> = {
  'drop.disabled': '接收已关闭（ECON1.RXEN 为 0）',
  'drop.phy-off': 'PHY 已关闭',
  'drop.no-link': '没有链路',
  'drop.inverted': '线对接反了',
  'drop.loopback': 'PHY 处于环回',
  'drop.collision': '冲突',
  'drop.fragment': '比任何帧都短',
  'drop.too-long': '太长',
  'drop.fcs': 'FCS 错误',
  'drop.filter': '没有一个接收过滤器要它',
  'drop.control': '它是 MAC 控制帧',
  'drop.full': '环里放不下（EIR.RXERIF）',
  'drop.count': 'EPKTCNT 已到 255，不能再计（EIR.RXERIF）',
  'drop.reset': '中途复位',
  'drop.dma': '正在计算 DMA 校验和',
  'drop.deaf': '接收逻辑失聪',
  'drop.own': '自己的帧丢失',
  'drop.cancelled': '驱动程序撤回了它',
  'drop.stalled': '发送逻辑停滞',
}
