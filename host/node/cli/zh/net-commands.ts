/** 在命令行上使用协议栈。 */
import { DRILL_COMMAND } from '../commands/drill.command.js'
import { LAB_CHECK_COMMAND } from '../commands/lab/check.command.js'
import { LAB_UP_COMMAND } from '../commands/lab/up.command.js'
import { NET_CAPTURE_COMMAND } from '../commands/net/capture.command.js'
import { NET_GATEWAY_COMMAND } from '../commands/net/gateway.command.js'
import { NET_HTTP_COMMAND } from '../commands/net/http.command.js'
import { NET_NC_COMMAND } from '../commands/net/nc.command.js'
import { NET_PING_COMMAND } from '../commands/net/ping.command.js'
import { NET_STAT_COMMAND } from '../commands/net/stat.command.js'
import { NET_UP_COMMAND } from '../commands/net/up.command.js'
import { inWords } from './command-words.js'
import { BAUD_ZH, BOARD_FILE_ZH, FAULT_ZH, JSON_ZH, LOOK_ZH, SEED_ZH } from './options.js'

const TAP_ZH = '线路的另一端：本机内核的 TAP 设备'
const FRAMES_ZH = '把帧写成 pcapng，供 Wireshark 查看'

const WIRE_ZH = {
  tap: `${TAP_ZH}（默认：模拟的线路，上面有一块板子）`,
  address: '协议栈的地址，如 10.9.0.2/24',
  address6: '同时使用 IPv6：地址如 2001:db8::2/64，或 auto（链路本地地址，以及路由器所通告的）',
  gateway: '出本网络的第一跳',
  'kernel-address': '内核一端的地址（默认：网络中第一个别的地址）',
  dns: '主机以名字给出时，向哪个域名服务器查询：IPv4 或 IPv6 地址',
  memory: '协议栈全部缓冲区的总预算（默认 1048576）',
  trace: '在标准错误上打印每个分组，以及本端的每次状态变化',
  ladder: '把整个对话画成梯形图：两端、每个分组及其序号、状态（.svg、.png）',
  ...LOOK_ZH,
  capture: FRAMES_ZH,
  fault: `模拟的线路和板子：${FAULT_ZH}`,
  seed: SEED_ZH,
}

const GRAPH_ZH = '把环境画出来：有谁在内，网线和故障（.svg、.png）'

const ECN_ZH = '请求显式拥塞通知：路由器给报文段做标记，而不是丢弃它们（RFC 3168）'

const LAB_ZH = [
  '不带 --tap 时，有这个程序就够了：另一端是模拟的 Arduino Uno，地址 192.168.7.2，提供全部服务；这一端是',
  '192.168.7.1，时间是模拟的。带 --tap 和 --address 时，另一端是本机的内核。',
]

export const NET_COMMANDS_ZH = [
  inWords(NET_UP_COMMAND, {
    summary: '把一块板子，或协议栈本身，接到本机内核的 TAP 设备上',
    options: {
      tap: TAP_ZH,
      address: WIRE_ZH.address,
      address6: WIRE_ZH.address6,
      gateway: WIRE_ZH.gateway,
      dhcp: '由线路上的 DHCP 服务器分配地址',
      dhcp6:
        '向 DHCPv6 询问：按路由器的 M、O 标志（auto，默认）、要地址（stateful）、只要域名服务器（stateless）、从不（off）（只用于 stack:）',
      'kernel-address': WIRE_ZH['kernel-address'],
      services: '提供什么：echo,discard,chargen,daytime,http,telnet、all（model: 的默认）或 none（其余的默认）',
      impair:
        '给 stack: 一条不好的线路，如 loss=10,duplicate=5,reorder=25,corrupt=1,mark=5（百分比）,delay=10,jitter=5（ms）',
      advertise: '作为 IPv6 路由器，在某个 --address6 所在的线路上通告前缀，如 2001:db8:1::/64（只用于 stack:）',
      'advertise-dns': '一并通告的域名服务器，如 2001:db8:1::53',
      'advertise-search': '一并通告的搜索域，如 lab.test',
      'dhcp6-server': '同时用 DHCPv6 告诉主机这些内容，并由 --advertise 通告（无状态：不分配地址；只用于 stack:）',
      temporary: '另外从路由器通告的前缀生成临时 IPv6 地址（只用于 stack:）',
      forward: '在几个 --tap 之间路由，每个有自己的 --address 或 --address6（只用于 stack:）',
      memory: WIRE_ZH.memory,
      capture: FRAMES_ZH,
      for: '过了这么久就结束',
      fault: FAULT_ZH,
      seed: SEED_ZH,
      baud: BAUD_ZH,
      'board-file': BOARD_FILE_ZH,
    },
    notes: [
      'TARGET 是 stack:（我们的 TCP/IP 协议栈，没有芯片）、model:BOARD（模拟的板子，由它自己的控制器运行协议栈），',
      '或 avr:BOARD（协议栈在这里运行，隔着串行桥接驱动芯片）。模拟板子的网线接到 TAP 设备上。',
      '真实的板子（一个串口）就在它所插的线路上：不要给 --tap。',
      '',
      '能应答时打印一行 `ready 10.9.0.2/24 on lp0`，然后实时运行，直到被中断（Ctrl-C）。',
      '例如：sudo linkpulse net up stack: --tap lp0 --address 10.9.0.2/24 --services echo,http',
      '然后：ping 10.9.0.2; curl http://10.9.0.2/; linkpulse net stat',
      '',
      '退出码：0 时间已到或被中断，1 没有取得地址，2 用法错误，3 TAP 设备或板子打不开，或丢失。',
    ],
  }),
  inWords(NET_GATEWAY_COMMAND, {
    summary: '让模拟的板子访问本机所在的网络，不需要 root，也不需要 TAP 设备',
    options: {
      allow: '本机及其网络中允许访问的：127.0.0.1:8000、10.1.0.0/16、[fd00::1]:80、printer.lan:631',
      'only-allowed': '其余一概不能访问，互联网也不能',
      forward: '通到板子的本机端口，如 8080:80 或 udp:127.0.0.1:5353:192.168.7.2:53',
      dns: '代替本机解析器的域名服务器，如 127.0.0.1:5353',
      address: '板子的地址，如 10.9.0.2/24（默认：它自己的，如 192.168.7.2/24）',
      dhcp: '由网关分配地址',
      ipv6: '同时使用 IPv6：网关通告一个自己的网络',
      services: '板子提供什么：echo,discard,chargen,daytime,http,telnet、all（model: 的默认）或 none（avr: 的默认）',
      memory: WIRE_ZH.memory,
      capture: FRAMES_ZH,
      for: '过了这么久就结束',
      fault: FAULT_ZH,
      seed: SEED_ZH,
      baud: BAUD_ZH,
      'board-file': BOARD_FILE_ZH,
    },
    notes: [
      'TARGET 是 model:BOARD 或 avr:BOARD。它的网线通到本进程里的一个网关：网关是它的路由器和域名服务器，用本机的套接字',
      '转送它发出的一切：TCP、UDP、域名，以及由系统的 ping 代问的回显请求。',
      '',
      '本机的环回地址和所在的网络一律拒绝，除非用 --allow 列出；对板子来说，环回就是网关自己的地址。',
      '转发在 127.0.0.1 上监听，除非另外给出地址。',
      '',
      '板子能应答时打印一行 `ready 192.168.7.2/24`，然后实时运行，直到被中断（Ctrl-C）。',
      '例如：linkpulse net gateway model:uno --forward 8080:80',
      '然后：curl http://127.0.0.1:8080/; linkpulse net stat',
      '',
      '退出码：0 时间已到或被中断，2 用法错误，3 端口打不开，或板子丢失。',
    ],
  }),
  inWords(NET_PING_COMMAND, {
    summary: '用我们的协议栈 ping 一台主机',
    options: {
      count: '多少个（默认 5）',
      size: '每个带多少数据，至多 65507（默认 56）',
      interval: '相邻两个之间的时间（默认 1）',
      timeout: '等待应答多久（默认 1）',
      ...WIRE_ZH,
    },
    notes: [...LAB_ZH, '', '退出码：0 全部返回，1 有的没有返回，2 用法错误，3 TAP 设备打不开。'],
  }),
  inWords(NET_NC_COMMAND, {
    summary: '像 netcat 那样，经过我们的协议栈连接标准输入和标准输出',
    options: {
      listen: '改为等待到 PORT 的连接（与 --tap 一起用）',
      udp: '用 UDP，不用 TCP',
      wait: '两个方向都这么久没有数据就放弃',
      ecn: ECN_ZH,
      ...WIRE_ZH,
    },
    notes: [
      ...LAB_ZH,
      '',
      '标准输入结束只关闭这一个方向（FIN）；另一端还发送的内容照样打印。',
      '退出码：0 两个方向都已关闭，1 连接失败，2 用法错误，3 TAP 设备打不开。',
    ],
  }),
  inWords(NET_HTTP_COMMAND, {
    summary: '用我们的协议栈经 HTTP/1.1 取一个网页',
    options: {
      output: '正文写到哪里（默认：标准输出）',
      include: '先打印状态行和首部字段',
      ecn: ECN_ZH,
      ...WIRE_ZH,
    },
    notes: [...LAB_ZH, '', '退出码：0 完整取到，1 没有，2 用法错误，3 TAP 设备打不开。'],
  }),
  inWords(NET_CAPTURE_COMMAND, {
    summary: '像 tcpdump 那样，看正在运行的 `linkpulse net up` 的帧',
    options: {
      output: '改为写 pcapng，供 Wireshark 查看（- 是标准输出）',
      count: '到这么多帧后结束',
      for: '过了这么久就结束',
    },
    notes: [
      'NAME 是某个 `linkpulse net up` 的 TAP 设备（或目标）；只有一个时可以不写。',
      '例如：linkpulse net capture -o - | wireshark -k -i -',
      '',
      '退出码：0 帧数或时间已到，或被中断，2 用法错误，3 没有这样的 `net up`。',
    ],
  }),
  inWords(NET_STAT_COMMAND, {
    summary: '显示协议栈的计数器、按用途列出的内存、邻居、路由和连接',
    options: { json: JSON_ZH, seed: SEED_ZH },
    notes: [
      'NAME 是正在运行的 `linkpulse net up` 的 TAP 设备（或目标）；只有一个时可以不写。',
      '一个也没有运行，或 NAME 是 model:BOARD 时，显示的是模拟实验室里刚应答过一些流量的一块板子。',
      '',
      '退出码：0 已显示，2 用法错误，3 没有这样的 `net up`。',
    ],
  }),
  inWords(LAB_UP_COMMAND, {
    summary: '按文件搭起一个实验环境：板子、主机、设备、网线、故障、服务器、抓包、步骤',
    options: {
      for: '多久，按环境自己的时间（默认：照文件）',
      pace: '时间走得多快（默认：照文件；没有写怎样结束的，与挂钟同步）',
      seed: '另用一个种子，不用文件里的',
      captures: '文件里的抓包写到哪个目录，没有就建立（默认：当前目录）',
      graph: GRAPH_ZH,
      ...LOOK_ZH,
      json: '改为把每件事打印成一行 JSON，其中写明 schema',
      'board-file': BOARD_FILE_ZH,
    },
    notes: [
      'FILE 是 YAML 或 JSON；可以写些什么见 docs/labs.md，编辑器凭 schema (schema/lab.json) 补全。',
      '步骤做完、条件成立或时间一到就结束；三样都没有写的，一直运行到被中断 (Ctrl-C)。',
      '例如：linkpulse lab up docs/labs/two-networks.yaml',
      '',
      '退出码：0 照文件结束，1 有一步与预期不符，2 文件或用法错误，4 还没做完时间就到了，',
      '130 在结束之前被中断（抓包仍是完整的）。',
    ],
  }),
  inWords(LAB_CHECK_COMMAND, {
    summary: '不运行，只说一个实验环境文件对不对，以及所有不对的地方',
    options: {
      graph: GRAPH_ZH,
      ...LOOK_ZH,
      json: '把环境打印成 JSON，其中写明 schema：`lab up` 也能读它',
      'board-file': BOARD_FILE_ZH,
    },
    notes: ['不对的地方都写明行和列，一次全说。', '', '退出码：0 没有问题，2 有问题，或用法错误。'],
  }),
  inWords(DRILL_COMMAND, {
    summary: '在虚拟时间里对我们的 TCP/IP 协议栈运行 packetdrill 脚本',
    options: {
      strict: '脚本结束时若剩下没有哪一行期待的分组，就算失败',
      trace: '通过的脚本也打印发生了什么',
      like: '标准留给实现者的选择，照哪个协议栈来做：ours（默认）、linux、freebsd',
      'ignore-sysctl': '脚本的 sysctl 在这里设不了时仍然运行，只作说明',
      ip_version: '用这个地址族运行脚本，与 packetdrill 相同；ipv4-mapped-ipv6 的套接字属于 IPv6，包属于 IPv4',
      local_ip: '协议栈的地址',
      remote_ip: '对端的地址',
      gateway_ip: '协议栈的路由器',
      netmask_ip: '协议栈所在网络的掩码',
      mtu: '链路的 MTU；这里给的先于脚本里写的',
      against: '对别人的协议栈运行脚本：一个会说 docs/drill.md 里的行协议的程序',
      define: '脚本里的一个词代表什么，同 packetdrill 的 -D',
      json: JSON_ZH,
      capture: FRAMES_ZH,
    },
    notes: [
      '不支持的语句会指出文件、行、列和该怎么办；这样的脚本不会运行。',
      '语言见 docs/drill.md。例如：linkpulse drill handshake.pkt --trace',
      '',
      '退出码：0 脚本全部通过，1 有一处期待落空，2 用法错误，或没有脚本失败，但有的有语法错误，或用了不支持的东西。',
    ],
  }),
]
