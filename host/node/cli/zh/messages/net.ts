/** 协议栈与 TAP 设备。 */
import type { Phrase } from '../../../../text/phrases.js'

export const NET_MESSAGES: readonly Phrase[] = [
  [
    '{1} or {2}: one at a time, but with --tap NAME, for clients of your own',
    '{1} 或 {2}：一次一个；要几个同时给自己的客户端用，请加 --tap NAME',
  ],
  ['--{1} goes with --tap NAME: add it, or leave --{2} out', '--{1} 与 --tap NAME 一起用：请加上它，或去掉 --{2}'],
  [
    '{1} is on port {2}, and another of them too; give one of these at a time',
    '{1} 在端口 {2} 上，其中还有一个也在；这几个请一次给一个',
  ],
  [
    '--impair is for the wire between our own two; leave it out with --tap',
    '--impair 用于我们自己两端之间的线路；与 --tap 一起时请去掉',
  ],
  ['--board avr:{1} goes without --tap; give --board {2}', '--board avr:{1} 不与 --tap 一起用；请给 --board {2}'],
  [
    '{1} has no cable that could lead to a gateway in this process: name a simulated board, as model:uno or avr:uno',
    '{1} 没有能通到本进程里的网关的网线：请给一块模拟的板子，如 model:uno 或 avr:uno',
  ],
  [
    "a network of /{1} has no address for a gateway beside the board's: use one of /29 or larger",
    '/{1} 的网络里除板子外没有给网关的地址：请用 /29 或更大的网络',
  ],
  [
    '{1} has no room for addresses to give: use a network of /29 or larger',
    '{1} 没有可供分配的地址：请用 /29 或更大的网络',
  ],
  [
    '"{1}" is nothing that can be allowed: write a network as 10.1.0.0/16, an address as 192.168.1.5, or a name, with :PORT behind it or in brackets as [fd00::1]:80',
    '“{1}”不是可以允许的东西：请写网络如 10.1.0.0/16、地址如 192.168.1.5，或名字，后面可加 :PORT；IPv6 带端口时加方括号，如 [fd00::1]:80',
  ],
  [
    '"{1}" is no port forward: write [tcp:|udp:][127.0.0.1:]PORT:[BOARD-ADDRESS:]PORT, as 8080:80, and an address of IPv6 in brackets',
    '“{1}”不是端口转发：请写 [tcp:|udp:][127.0.0.1:]PORT:[BOARD-ADDRESS:]PORT，如 8080:80；IPv6 地址加方括号',
  ],
  [
    '"{1}" is no list of name servers: write addresses as 127.0.0.1, 127.0.0.1:5353 or [::1]:5353',
    '“{1}”不是域名服务器的列表：请写地址，如 127.0.0.1、127.0.0.1:5353 或 [::1]:5353',
  ],
  ['cannot listen on {1} ({2}); {3}', '不能在 {1} 上监听（{2}）；{3:told}'],
  ['choose a port of 1024 or more', '请选 1024 或更大的端口'],
  ['choose another port, or 0 for any that is free', '请选别的端口，或用 0 表示任何空闲的'],
  ['the gateway is {1}; Ctrl-C ends it', '网关是 {1}；按 Ctrl-C 结束'],
  ['forwarded: {1}', '转发：{1}'],
  [
    'there is no ping on this machine: the gateway answers echoes for hosts outside itself',
    '本机没有 ping：对外部主机的回显请求由网关自己应答',
  ],
  [
    '{1} is simulated, and its cable goes to a TAP device of this machine: add --tap NAME, for example --tap lp0 --address 10.9.0.2/24',
    '{1} 是模拟的，它的网线接到本机的 TAP 设备上：请加 --tap NAME，如 --tap lp0 --address 10.9.0.2/24',
  ],
  ['nothing uses the serial line of {1} here; leave --baud out', '这里没有用到 {1} 的串行线；去掉 --baud'],
  [
    '{1} is a real board, on the wire it is plugged into; leave --tap out',
    '{1} 是真实的板子，就在它所插的线路上；去掉 --tap',
  ],
  [
    '--fault {1} breaks something simulated, and {2} is a real port; leave it out',
    '--fault {1} 弄坏的是模拟的东西，而 {2} 是真实的串口；去掉它',
  ],
  [
    '{1} needs one address on its wire: --address ADDRESS/PREFIX, or --dhcp',
    '{1} 在线路上需要一个地址：--address ADDRESS/PREFIX，或 --dhcp',
  ],
  [
    'no `linkpulse net up` of yours is running; start one, for example: sudo linkpulse net up stack: --tap lp0 --address 10.9.0.2/24 (and ask with sudo too)',
    '没有你的 `linkpulse net up` 在运行；请启动一个，如：sudo linkpulse net up stack: --tap lp0 --address 10.9.0.2/24（查询时也要 sudo）',
  ],
  [
    "--{1} is for the kernel's wire: add --tap NAME, or leave --{2} out to use the lab",
    '--{1} 用于内核的线路：请加 --tap NAME，或去掉 --{2} 使用模拟的实验室',
  ],
  ['"{1}" is not a URL: write it like http://192.168.7.2/', '“{1}”不是 URL：请写成 http://192.168.7.2/ 那样'],
  ['{1} is not spoken here, only http:', '这里不支持 {1}，只支持 http:'],
  [
    'nobody connects to this end of the lab: use -l with --tap and --address',
    '实验室里没有人会连到这一端：-l 请与 --tap、--address 一起用',
  ],
  ['nc needs a host and a port: linkpulse net nc HOST PORT', 'nc 需要主机和端口：linkpulse net nc HOST PORT'],
  ['with -l, nc waits on its own address: leave "{1}" out', '带 -l 时 nc 在自己的地址上等待：去掉“{1}”'],
  ['"{1}" is not a port: give a number from 1 to 65535', '“{1}”不是端口：请给 1 到 65535 的数'],
  [
    '--ecn asks the other end of a TCP connection: leave it out with -l and -u',
    '--ecn 向 TCP 连接的另一端提出请求：带 -l 或 -u 时请去掉它',
  ],
  [
    '--advertise {1}: the stack has no address in it; give a --tap one with --address6, as --address6 {2}1/{3}',
    '--advertise {1}：协议栈没有属于它的地址；请用 --address6 给某个 --tap 一个，如 --address6 {2}1/{3}',
  ],
  [
    '--advertise-dns and --advertise-search go with --advertise PREFIX: add it',
    '--advertise-dns 和 --advertise-search 与 --advertise PREFIX 一起用：请加上它',
  ],
  ['{1}: the router {2} says something else than is advertised here: {3}', '{1}：路由器 {2} 所通告的与这里的不同：{3}'],
  ['--{1} {2}, and the target is {3}; leave it out', '--{1} {2:told}，而目标是 {3}；去掉它'],
  ['is for a board', '用于板子'],
  ['is for a bare stack; a board has --fault', '用于协议栈本身；板子有 --fault'],
  ['is for a bare stack with several --tap', '用于带几个 --tap 的协议栈本身'],
  [
    'a bare stack needs a wire: add --tap NAME, for example --tap lp0 --address 10.9.0.2/24',
    '协议栈本身需要一条线路：请加 --tap NAME，如 --tap lp0 --address 10.9.0.2/24',
  ],
  [
    'a board has one jack: give one --tap, not {1}; several are for stack:',
    '板子只有一个插座：请给一个 --tap，而不是 {1} 个；几个是用于 stack: 的',
  ],
  ['--tap {1}: each device once', '--tap {1}：每个设备只能给一次'],
  [
    '--dhcp has the address assigned, and --address gives one: leave one of them out',
    '--dhcp 由别人分配地址，--address 自己给出：去掉其中一个',
  ],
  [
    'the stack has no address on {1}: add --address ADDRESS/PREFIX (for example --address 10.9.0.2/24), or --dhcp',
    '协议栈在 {1} 上没有地址：请加 --address ADDRESS/PREFIX（如 --address 10.9.0.2/24），或 --dhcp',
  ],
  [
    '{1} --address6 and {2} --tap: give at most one for each device',
    '{1} 个 --address6 和 {2} 个 --tap：每个设备最多给一个',
  ],
  [
    '{1} --address and {2} --tap: give as many of one as of the other',
    '{1} 个 --address，{2} 个 --tap：两者个数要相同',
  ],
  ["the kernel's end of {1} is not ready ({2}); run: {3}", '{1} 的内核一端没有就绪（{2:told}）；请运行：{3:told}'],
  ['{1}: {2}, this machine {3}', '{1}：{2}，本机 {3}'],
  [
    'cannot make the control socket {1}: {2}; set XDG_RUNTIME_DIR to a folder of your own',
    '不能建立控制套接字 {1}：{2:told}；请把 XDG_RUNTIME_DIR 设为自己的目录',
  ],
  [
    'several `linkpulse net up` are running; name one of them by its TAP device or process: {1}',
    '有几个 `linkpulse net up` 在运行；请用 TAP 设备或进程号指明一个：{1:told}',
  ],
  [
    'no `linkpulse net up` of yours is known as {1} ({2}); one that was started with sudo is asked with sudo',
    '没有你的 `linkpulse net up` 叫做 {1}（{2:told}）；用 sudo 启动的要用 sudo 查询',
  ],
  ['{1} does not answer; is its process stopped?', '{1} 没有应答；它的进程停住了吗？'],
  [
    '--wire {1}: this computer has no such interface{2} (there are {3})',
    '--wire {1}：这台计算机没有这个接口{2:told}（有 {3}）',
  ],
  [
    '--kernel-address takes an address like 10.9.0.1 or 10.9.0.1/24, or none; not "{1}"{2}',
    '--kernel-address 取 10.9.0.1 或 10.9.0.1/24 那样的地址，或 none；而不是“{1}”{2:told}',
  ],
  [' (with --dhcp its prefix length is needed)', '（带 --dhcp 时需要前缀长度）'],
  [
    "--kernel-address {1} is no address for the kernel's end: {2}; give a host's, or none",
    '--kernel-address {1} 不能作内核一端的地址：{2:told}；请给主机的地址，或 none',
  ],
  [
    "--kernel-address {1} is the address of the stack itself; give the kernel's end another one of its network, or none",
    '--kernel-address {1} 是协议栈自己的地址；请给内核一端同一网络的另一个地址，或 none',
  ],
  ['--wire needs Linux; {1} has no packet sockets. Leave it out', '--wire 需要 Linux；{1} 没有数据包套接字。去掉它'],
  ['--wire {1}: {2}: {3}', '--wire {1}：{2}：{3:told}'],
  [
    '--tap needs Linux; {1} has no TAP devices. Leave it out for the lab host',
    '--tap 需要 Linux；{1} 没有 TAP 设备。去掉它，就用模拟实验室里的主机',
  ],
  [
    '"{1}" cannot name a network device: 1 to 15 characters, without blanks, "/" and ":"',
    '“{1}”不能作网络设备的名字：1 到 15 个字符，不含空格、“/”和“:”',
  ],
  ['{1} does not exist: load the driver with sudo modprobe tun', '{1} 不存在：请用 sudo modprobe tun 加载驱动程序'],
  ['cannot open {1}: {2}', '打不开 {1}：{2:told}'],
  ['cannot make the TAP device {1}: {2}', '不能建立 TAP 设备 {1}：{2:told}'],
  ['cannot make the TAP device {1}: errno {2}', '不能建立 TAP 设备 {1}：errno {2}'],
  [
    'it needs root or CAP_NET_ADMIN. Run it with sudo, or make the device yours once: sudo ip tuntap add dev {1} mode tap user $USER',
    '需要 root 或 CAP_NET_ADMIN。请用 sudo 运行，或一次性把设备归为己有：sudo ip tuntap add dev {1} mode tap user $USER',
  ],
  ['{1} is in use by another program; end it or choose another name', '{1} 正被另一个程序使用；结束它，或换一个名字'],
  ['{1} exists and is no TAP device; choose another name', '{1} 已存在，且不是 TAP 设备；请换一个名字'],
  [
    'reading from {1} failed for good: errno {2}; was the device deleted?',
    '从 {1} 再也读不出来：errno {2}；设备被删除了吗？',
  ],
  [
    '--wire {1}: the interface has no IPv4 address, so that nobody answers there; sudo ip addr add 192.168.7.1/24 dev {2} && sudo ip link set {3} up',
    '--wire {1}：这个接口没有 IPv4 地址，那里没有人应答；sudo ip addr add 192.168.7.1/24 dev {2} && sudo ip link set {3} up',
  ],
  [
    "--wire {1}: that is no Ethernet interface; name the one that the board's cable goes into",
    '--wire {1}：那不是以太网接口；请指明板子的网线所插的接口',
  ],
  [
    '--impair does not know "{1}": give some of {2}, {3}, with commas between{4}',
    '--impair 不认识“{1}”：请给 {2}、{3} 中的几个，用逗号隔开{4:told}',
  ],
  ['--impair takes {1}=0 to {2}={3} (percent), not "{4}"', '--impair 取 {1}=0 到 {2}={3}（百分比），不取“{4}”'],
  ['--impair takes {1}=0 to {2}={3} (milliseconds), not "{4}"', '--impair 取 {1}=0 到 {2}={3}（毫秒），不取“{4}”'],
  ["the lab's link does not come up", '实验室的链路没有建立'],
  [
    '{1}: "{2}" is not an IP address: write it like 192.168.7.2 or 2001:db8::2, or name a server that knows it with --dns ADDRESS',
    '{1}：“{2}”不是 IP 地址：请写成 192.168.7.2 或 2001:db8::2 那样，或用 --dns ADDRESS 给出知道它的服务器',
  ],
  [
    '--dhcp6-server goes with --advertise PREFIX, which tells hosts to ask it: add it',
    '--dhcp6-server 与 --advertise PREFIX 一起用，由后者让主机来询问：请加上它',
  ],
  [
    '--dhcp6-server has nothing to tell: add --advertise-dns or --advertise-search',
    '--dhcp6-server 没有可告诉的内容：请加上 --advertise-dns 或 --advertise-search',
  ],
  ['--dhcp6 "{1}" is not known: give one of {2}', '--dhcp6 不认得“{1}”：请给出其中之一：{2}'],
  ['{1}: no DHCPv6 server has answered for {2} s; asking goes on', '{1}：{2} s 内没有 DHCPv6 服务器应答；继续询问'],
  ['{1}: {2} is lent by DHCPv6', '{1}：DHCPv6 借给了 {2}'],
  [
    '{1}: {2} is lost, which DHCPv6 lent: {3}; it is not used any more, and servers are asked for another until one answers',
    '{1}：DHCPv6 借来的 {2} 失去了：{3:told}；不再使用，继续向服务器要另一个，直到有应答',
  ],
  ['its time is over, and no server has extended it', '期限已到，没有服务器延长'],
  ['the server takes it back, or it is of another link', '服务器收回了它，或它属于别的链路'],
  [
    'another station has it, which the server was told (DHCPv6 Decline)',
    '另一个站占用了它，已告知服务器（DHCPv6 Decline）',
  ],
  ['{1}: no router names a name server any more', '{1}：已没有路由器给出域名服务器'],
  ['{1}: routers name {2} to ask for names', '{1}：路由器给出的域名服务器：{2}'],
  [
    '{1}: routers name {2} to ask for names, and to look for them in {3}',
    '{1}：路由器给出的域名服务器：{2}，搜索域：{3}',
  ],
  ['{1} has no address: {2}; check the name, and --dns', '{1} 没有地址：{2}；请检查名字和 --dns'],
  [
    '--dns "{1}" is not an IP address: write it like 192.168.7.2 or 2001:db8::2',
    '--dns “{1}”不是 IP 地址：请写成 192.168.7.2 或 2001:db8::2 那样',
  ],
  [
    '--dns {1} is an address of IPv6, which the stack does not speak: add --address6 auto, or an address of its own',
    '--dns {1} 是 IPv6 地址，而协议栈没有使用 IPv6：请加上 --address6 auto，或给它自己的地址',
  ],
  ['"{1}" is not an IPv4 address: write it like 192.168.7.2', '“{1}”不是 IPv4 地址：请写成 192.168.7.2 那样'],
  [
    '"{1}" is not an IPv4 address with its prefix length: write it like 192.168.7.2/24',
    '“{1}”不是带前缀长度的 IPv4 地址：请写成 192.168.7.2/24 那样',
  ],
  [
    "an interface cannot have the address {1}: {2}; give one of its network's hosts",
    '接口不能用地址 {1}：{2:told}；请给它所在网络的主机地址',
  ],
  [
    '{1} cannot be a gateway: {2}; give the address of a router on the link',
    '{1} 不能作网关：{2:told}；请给链路上路由器的地址',
  ],
  ['{1}: {2} claims the address {3} too; {4}', '{1}：{2} 也声称占用地址 {3}；{4:told}'],
  ['it is not used until nobody else has it', '在别人不再占用之前，不使用这个地址'],
  ['it is kept, and they were told', '保留这个地址，并已告知对方'],
  ['{1}: nobody else has the address {2} any more; it is in use again', '{1}：不再有别人占用地址 {2}；重新使用'],
  ['{1}: no DHCP server has answered for {2} s; asking goes on', '{1}：{2} s 内没有 DHCP 服务器应答；继续询问'],
  [
    '{1}: the lease of {2} is lost: {3}; the address is not used any more, and a server is asked for one until it answers',
    '{1}：{2} 的租约已失去：{3:told}；不再使用这个地址，并一直向服务器申请，直到有应答',
  ],
  ['its time is over, and no server extended it', '租期已到，没有服务器续租'],
  ['the server refused to extend it (DHCP NAK)', '服务器拒绝续租（DHCP NAK）'],
  [
    'another station has the address, which the server was told (DHCP DECLINE)',
    '另一个站占用了这个地址，已告知服务器（DHCP DECLINE）',
  ],
  ['{1}: {2} is leased {3} by {4}; it is in use', '{1}：{4} 租给了 {2}（{3:told}）；开始使用'],
  ['for {1} s', '为期 {1} s'],
  ['for ever', '永久'],
  ['the ladder of {1} frames is drawn in {2}', '{1} 帧的梯形图已画在 {2} 中'],
  [
    'the cable goes to {1}; give it an address: ip addr add 192.168.7.1/24 dev {2} && ip link set {3} up',
    '网线接到了 {1}；请给它一个地址：ip addr add 192.168.7.1/24 dev {2} && ip link set {3} up',
  ],
  [
    '{1} has an address of IPv4 in any case, beside those of IPv6: add --address ADDRESS/PREFIX, for example --address 10.9.0.2/24, or --dhcp',
    '{1} 除了 IPv6 地址总还有一个 IPv4 地址：请加上 --address ADDRESS/PREFIX，例如 --address 10.9.0.2/24，或 --dhcp',
  ],
  ['{1}: the stack speaks IPv6 alone', '{1}：协议栈只用 IPv6'],
]
