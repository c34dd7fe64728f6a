/** 板子与第一个通信对象之间的故障，以及可以设定的参数。 */
import type { WAY_FAULTS_EN } from '../en/way-faults.js'
import type { SameKeys } from '../told.js'

export const WAY_FAULTS_ZH: SameKeys<typeof WAY_FAULTS_EN> = {
  'fault.box-drops': '途中的盒子丢帧',
  'fault.box-mangles': '途中的盒子改动比特，又补上正确的 FCS',
  'fault.box-duplicates': '途中的盒子把帧发两遍',
  'fault.box-delays': '途中的盒子扣住帧',
  'fault.box-reorders': '帧在途中的盒子里互相超车',
  'fault.firewall-only-syn': '途中的防火墙只放 SYN 通往服务器',
  'fault.firewall-no-syn-ack': '途中的防火墙不放 SYN-ACK 回到客户端',
  'fault.box-drops-large': '途中的盒子丢弃长帧',
  'fault.partner-no-arp': '对端不应答 ARP',
  'fault.partner-no-ping': '对端的包过滤器不放行 ping',
  'fault.partner-slow': '对端太忙，迟迟不处理',
  'fault.partner-other-network': '对端在另一个 IP 网络',
  'fault.address-taken': '第三台设备占用了板子的 IP 地址',
  'fault.mac-taken': '第三台设备占用了板子的 MAC 地址',

  'param.delay': '延迟',
  'param.octets': '能通过的最大长度',
}
