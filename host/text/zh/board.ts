/** `linkpulse boards NAME` 关于一块板子所说的话。 */
import type { BOARD_WORDS } from '../en/board.js'
import type { SameSentences } from '../keyed.js'

export const BOARD_WORDS_ZH: SameSentences<typeof BOARD_WORDS> = {
  'board-sheet.title': ({ name, title }) => `${name}：${title}`,
  'board-sheet.controller': '控制器',
  'board-sheet.controller-is': ({ part, clock, volts }) => `${part}，${clock}，${volts} V 逻辑`,
  'board-sheet.memory': '存储器',
  'board-sheet.memory-is': ({ flash, ram }) => `闪存 ${flash}，RAM ${ram}`,
  'board-sheet.chip': '以太网芯片',
  'board-sheet.chip-is': ({ revision, clock }) => `ENC28J60 ${revision}，SPI ${clock}，3.3 V`,
  'board-sheet.supply': '供电',
  'board-sheet.supply-is': ({ supply, most }) => `板子自己的 3.3 V 引脚有 ${supply} mA；芯片最多需要 ${most} mA`,
  'board-sheet.serial': '串口',
  'board-sheet.serial-is': ({ baud, lowest, highest, bridge }) => `${baud} 波特（${lowest} 到 ${highest}），${bridge}`,
  'board-sheet.flashing': '烧录',
  'board-sheet.flashing-is': ({ method, baud, name }) => `${method}，${baud} 波特：linkpulse flash ${name} PORT`,
  'board-sheet.address': '地址',
  'board-sheet.address-is': ({ address, station }) => `${address}，MAC 地址 ${station}`,
  'board-sheet.targets': '目标',
  'board-sheet.serial-port': '串口',
  'board-sheet.wiring': '接线（--wiring FILE.svg 画成图）',
  'board-sheet.wire': '导线',
  'board-sheet.board': '板子',
  'board-sheet.chip-end': '芯片',
  'board-sheet.pin': ({ module, pin }) => `${module}（${pin} 脚）`,
  'board-sheet.buffer': '缓冲器',
  'board-sheet.regulator': '3.3 V 稳压器',
  'board-sheet.own-supply': '3.3 V 电源',
}
