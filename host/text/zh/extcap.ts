/** `linkpulse extcap` 的话：给人看，也由 Wireshark 给人看。 */

import type { EXTCAP_WORDS } from '../en/extcap.js'
import type { SameSentences } from '../keyed.js'

export const EXTCAP_WORDS_ZH: SameSentences<typeof EXTCAP_WORDS> = {
  'extcap.installed': '已写入：',
  'extcap.next':
    '重新启动 Wireshark，或刷新它的接口列表（F5）：linkpulse 就在其中。`tshark -D` 也会列出。各种链路的分组都不需要别的设置；要标出错误的 FCS，请打开“Validate the Ethernet checksum”（tshark：-o eth.check_fcs:TRUE）。',
  'extcap.removed': ({ path }) => `已删除：${path}`,
  'extcap.kept': ({ path }) => `没有动它，因为不是 linkpulse 写的：${path}`,
  'extcap.nothing': '没有可删除的',
  'extcap.title': ({ where, link }) => `linkpulse ${where}：${link}`,
  'extcap.made': '模拟的板子',
  'extcap.serve': ({ target, where }) => `serve ${target}，在 ${where}`,
  'extcap.net': ({ target, where }) => `net up ${target}，在 ${where}`,
  'extcap.link.all': '全部',
  'extcap.link.ethernet': '以太网',
  'extcap.link.serial-link': '串行链路的信元',
  'extcap.link.spi': 'SPI 事务',
  'extcap.setting.board': '板子',
  'extcap.setting.fault': '故障',
  'extcap.setting.fault.more': '写名称，以空格分隔，如 miso-open；`linkpulse faults` 列出有哪些',
  'extcap.setting.seed': '种子',
  'extcap.setting.peer': '网线接到',
  'extcap.setting.activity': '做什么',
  'extcap.peer.host': '一台主机',
  'extcap.peer.nothing': '什么也不接（拔掉）',
  'extcap.activity.ping': '每秒一次 ping 和一次询问',
  'extcap.activity.checks': '把整套检查做一遍，尽快做完',
  'extcap.activity.none': '什么也不做，只有板子自己的动作',
}
