/** `linkpulse net stat` 在各个数字前后所说的话；计数器和用途的名称与它的文档相同。 */
import type { NET_STAT_WORDS } from '../en/net-stat.js'
import type { SameSentences } from '../keyed.js'
import { behind } from './spacing.js'

export const NET_STAT_WORDS_ZH: SameSentences<typeof NET_STAT_WORDS> = {
  'net-stat.lab': ({ board }) => `实验室里的 ${board}`,
  'net-stat.up': ({ target, seconds }) => `${target}，已运行 ${seconds} s`,
  'net-stat.more': ({ count }) => `还有 ${count} 个（--json 列出全部）`,
  'net-stat.given-up': '声称占用：已放弃，并重新申请',
  'net-stat.kept': '也曾声称占用：保留',
  'net-stat.interface': ({ name, addresses, mac, link, mtu }) =>
    `接口 ${name}：${addresses}，MAC 地址 ${mac}，${behind('链路', link)}，MTU ${mtu}`,
  'net-stat.no-address': '没有地址',
  'net-stat.link.up': '已建立',
  'net-stat.link.down': '断开',
  'net-stat.no-neighbours': '没有邻居',
  'net-stat.routes': '路由',
  'net-stat.route': ({ interface: name }) => `在 ${name} 上`,
  'net-stat.route-by': ({ gateway, interface: name }) => `经 ${gateway}，在 ${name} 上`,
  'net-stat.memory': ({ used, limit, share, peak }) =>
    `内存：${limit} 个八位组中用了 ${used} 个（${share} %），至今最多 ${peak} 个`,
  'net-stat.refused': ({ purpose }) => `被拒绝：${purpose}`,
  'net-stat.times': ({ count }) => `${count} 次`,
  'net-stat.connections': '连接',
  'net-stat.gateway': ({ addresses }) => `网关 ${addresses}`,
  'net-stat.gateway-allowed': '本机及其网络中允许访问的',
  'net-stat.gateway-nothing': '没有',
  'net-stat.gateway-internet': '其余的',
  'net-stat.gateway-reached': '可以访问互联网',
  'net-stat.gateway-refused': '拒绝',
  'net-stat.gateway-echoes': '对外部主机的回显请求',
  'net-stat.gateway-ping': '由本机的 ping 代问',
  'net-stat.gateway-itself': '由网关自己应答：本机没有 ping',
  'net-stat.gateway-forwards': '转发',
  'net-stat.gateway-forward': ({ board, count }) => `到 ${board}，打开 ${count} 个`,
  'net-stat.gateway-open': '经网关打开的（板子、外部）',
  'net-stat.gateway-octets': ({ sent, received }) => `发送 ${sent}，接收 ${received}`,
  'net-stat.gateway-counted': '网关的计数',
  'net-stat.counted': '计数（为 0 的略去）',
  'net-stat.lost-by': '丢失于',
  'net-stat.service': '服务',
}
