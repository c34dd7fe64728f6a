/** 对导线、途中的设备和对端做什么：最省事的先看。 */
import type { NETWORK_REMEDIES } from '../../en/diagnosis/remedies-network.js'
import type { SameSentences } from '../../keyed.js'

const TESTER = '先换一根网线。网线测试仪能显示哪些脚'
const AWAY = '换一根短些的网线，让它远离市电、电机和开关电源。'
const OTHER = '换一根网线，换对端的另一个端口，清洁插座的触点。如果还是这样，'
const WIGGLE = '检查反复运行时，在两端晃动插头。换一根网线；'
const STRAIGHT = '把板子直接接到对端，绕过途中的设备。'

export const NETWORK_REMEDIES_ZH: SameSentences<typeof NETWORK_REMEDIES> = {
  'tx-pair-reversed.remedy': `${TESTER}对调了：1 与 2。重新压接那个插头，或换一个能纠正极性的对端。`,
  'cable-wire-open.remedy': `${TESTER}不通：1、2、3、6 脚必须直通。把插头的触点压紧，或重新压接。`,
  'cable-wires-swapped.remedy': `${TESTER}对调了。对照两个插头里的颜色，把不对的那个重新压接。`,
  'rx-noise.remedy': `${AWAY}如果还是这样，换对端的另一个端口：它的发送器可能太弱。`,
  'tx-noise.remedy': `${AWAY}如果还是这样，看看模块的插座，以及 TPOUT 处的 49.9 Ω 电阻。`,
  'rx-pair-weak.remedy': `${OTHER}从插座的 3、6 脚经变压器测到 TPIN+ 和 TPIN−：应为几欧姆。`,
  'tx-pair-weak.remedy': `${OTHER}从插座的 1、2 脚经变压器测到 TPOUT+ 和 TPOUT−：应为几欧姆。`,
  'rx-pair-loose.remedy': `${WIGGLE}然后看插座里 3、6 号触点有没有弯，后面有没有虚焊。`,
  'tx-pair-loose.remedy': `${WIGGLE}然后看插座里 1、2 号触点有没有弯，后面有没有虚焊。`,
  'cable-bursts.remedy': '关掉附近的调光器、电机和电焊机，看情况是否消失。让网线离市电一掌远，或改用屏蔽线。',
  'box-drops.remedy': `${STRAIGHT}如果这样就正常，更换那台交换机、它的电源，或换一个端口。`,
  'box-mangles.remedy': `${STRAIGHT}如果这样就正常，更换途中的设备：它的存储器坏了，而 FCS 看不出来。`,
  'box-duplicates.remedy': `${STRAIGHT}找一找有没有第二条通路（两台交换机之间有两根网线、无线网桥），以及端口镜像。`,
  'box-delays.remedy': `${STRAIGHT}看看还有什么要经过它（慢速链路、隧道、限速），以及它的队列。`,
  'box-reorders.remedy': `${STRAIGHT}找一找有没有两条链路按帧而不是按流分担负载。`,
  'box-drops-large.remedy': `${STRAIGHT}然后把它的 MTU 设为 1500：隧道或 VLAN 可能占去其中几个八位组。`,
  'partner-slow.remedy':
    '看看对端在忙什么（处理器、交换分区），再从另一台计算机 ping 它。换一个对端，或同一个对端没有负载时，会立刻应答。',
  'partner-no-ping.remedy':
    '从另一台计算机 ping 对端。让它的防火墙应答回显请求（Windows：“文件和打印机共享（回显请求）”；Linux：iptables -L、net.ipv4.icmp_echo_ignore_all）。',
  'partner-no-arp.remedy':
    '确认对端的接口有地址（ip addr）、应答 ARP（arp_ignore、arptables、NOARP），并且所问的地址就是它的。',
  'partner-deaf.remedy': '看对端插口上的链路灯：它不亮，而板子的亮。换一根网线，再换对端的另一个端口：它的接收器坏了。',
  'partner-restarts.remedy': '看对端的指示灯和日志：它在重启。先看它的电源，再看端口的设置（节能、环路保护）。',
  'partner-bad-fcs.remedy':
    '换一根网线；如果还有错误，换对端的另一个端口或网卡：它的发送器会损坏帧。驱动程序被要求不带 FCS 时也会这样。',
  'partner-giants.remedy': '把对端接口的 MTU 设为 1500，关掉巨型帧；确认这个端口不加 VLAN 标签。',
  'broadcast-storm.remedy':
    '逐根拔网线，看什么时候停止：两台交换机之间接了两根网线就会形成风暴。再用 Wireshark 看是谁在发；或者把板子放到路由器后面。',
  'network-flooded.remedy':
    '看看交换机的这个端口是否开了端口镜像，地址表是否已满，或者老化是否关掉了。从不发送的站，发给它的帧会泛洪到所有端口：让它不时 ping 一下。',
  'partner-same-mac.remedy':
    '给板子一个自己的 MAC 地址：烧写得一样的两块板子，地址也一样。在板子文件里是 network.station；第二位十六进制数字保持为 2、6、A 或 E。',
  'partner-same-address.remedy':
    '给板子和对端不同的 IP 地址（--address，或板子文件里的 network.address），或者由 DHCP 服务器分配。',
  'partner-other-network.remedy':
    '给板子和对端同一网络的地址（前缀相同），或指明那里的对端：--peer ADDRESS、--address ADDRESS/PREFIX。',
  'address-taken.remedy':
    '拔下板子，再 ping 它的地址：有应答的也用着这个地址（arp -n 显示 MAC 地址）。给其中一个换一个地址。',
  'mac-taken.remedy':
    '拔下板子，看它的 MAC 地址是否还能听到（arp -n、交换机的地址表）。烧写得一样的两块板子，地址也一样：给其中一块换一个。',
}
