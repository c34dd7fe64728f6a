/** 目标怎么写，串口怎么打开，编程器怎么应答。 */
import type { Phrase } from '../../../../text/phrases.js'

export const TARGET_MESSAGES: readonly Phrase[] = [
  [
    'the targets are model:BOARD (a simulated board, for example model:uno), avr:BOARD (the compiled firmware on an emulated one, for example avr:uno), a serial port by its path (for example /dev/ttyACM0), serial:PATH@RATE, rfc2217://HOST:PORT (a serial port across a network), serprog:PATH (a programmer that speaks serprog), and for a check replay:FILE (what `check --record FILE` recorded)',
    '目标有：model:BOARD（模拟的板子，如 model:uno）、avr:BOARD（编译好的固件在仿真板上运行，如 avr:uno）、串口的路径（如 /dev/ttyACM0）、serial:PATH@RATE、rfc2217://HOST:PORT（隔着网络的串口）、serprog:PATH（会说 serprog 的编程器），检查时还有 replay:FILE（`check --record FILE` 录制的）',
  ],
  [
    '{1} is a recording: it answers what the recorded check asked, and nothing else; run it with `linkpulse check {2}`',
    '{1} 是录制文件：只回答录制时的检查所问的；请用 `linkpulse check {2}` 运行',
  ],
  ['{1} has nothing after it, and "{2}" follows: it is no board', '{1} 后面什么也没有，而这里跟着“{2}”：它不是板子'],
  [
    '{1} is the TCP/IP stack without a board, for `linkpulse net up`; {2}',
    '{1} 是没有板子的 TCP/IP 协议栈，用于 `linkpulse net up`；{2:told}',
  ],
  [
    '{1}: needs the name of a board, for example {2}:uno; `linkpulse boards` lists them',
    '{1}: 需要板子的名字，如 {2}:uno；`linkpulse boards` 列出全部',
  ],
  ['{1} needs the path of a recording, for example {2}board.lpr', '{1} 需要录制文件的路径，如 {2}board.lpr'],
  ['"{1}" is not a target; {2}', '“{1}”不是目标；{2:told}'],
  [
    '{1} does not name a port across a network; write {2}//HOST:PORT, for example {3}',
    '{1} 没有指明隔着网络的串口；写成 {2}//HOST:PORT，如 {3}',
  ],
  ['{1} names no host; write {2}//HOST:PORT, for example {3}', '{1} 没有写主机；写成 {2}//HOST:PORT，如 {3}'],
  [
    '{1} names no port: RFC 2217 has no usual one; write the one the server listens on, for example {2}//{3}:2217',
    '{1} 没有写端口：RFC 2217 没有通用端口；请写服务器监听的端口，如 {2}//{3}:2217',
  ],
  [
    'the port in {1} must be from 1 to 65535, not {2}; for example {3}',
    '{1} 里的端口必须是 1 到 65535，而不是 {2}；如 {3}',
  ],
  ['{1} names no port; give its path, for example {2}', '{1} 没有写串口；请给路径，如 {2}'],
  [
    '"{1}" in {2} is not a rate; give symbols a second, for example serial:/dev/ttyACM0@115200',
    '{2} 里的“{1}”不是速率；请给每秒码元数，如 serial:/dev/ttyACM0@115200',
  ],
  ['the rate in {1} must be from 300 to 4000000 symbols a second', '{1} 里的速率必须是每秒 300 到 4000000 个码元'],

  ['the port {1} vanished before it was open; {2}', '串口 {1} 在打开之前就不见了；{2:told}'],
  ['the pseudo-terminal {1} is gone; {2}', '伪终端 {1} 已经没有了；{2:told}'],
  [
    'a board that is served (`linkpulse serve`) has its port as long as it is served: serve it anew and take the path it prints; of a real board, check the plug',
    '由 `linkpulse serve` 提供的板子，只在提供期间有串口：重新提供，用它打印的路径；真实的板子请检查插头',
  ],
  ['there is no port {1}; {2}', '没有串口 {1}；{2:told}'],
  ['{1} is not a serial port; {2}', '{1} 不是串口；{2:told}'],
  [
    'the ports of this machine are {1}. Plug the board in and look again with `linkpulse ports`, or use model:uno',
    '本机的串口有 {1}。插上板子，再用 `linkpulse ports` 看看，或用 model:uno',
  ],
  [
    'this machine has no serial ports. Plug the board in and look again with `linkpulse ports`, or use model:uno',
    '本机没有串口。插上板子，再用 `linkpulse ports` 看看，或用 model:uno',
  ],
  [
    '{1} is in use by another program (a serial monitor, another linkpulse); close it there, then try again',
    '{1} 正被另一个程序使用（串口监视器，另一个 linkpulse）；先在那里关掉，再试一次',
  ],
  [
    'no permission to open {1}; on Linux add yourself to its group (`sudo usermod -a -G dialout $USER`, or uucp), then log in again',
    '没有打开 {1} 的权限；在 Linux 上把自己加进它的组（`sudo usermod -a -G dialout $USER`，或 uucp），然后重新登录',
  ],
  ['{1} could not be opened: {2}', '{1} 打不开：{2:told}'],
  [
    'the port {1} vanished while it was in use; check the cable and the supply of the board, then run the check again',
    '串口 {1} 在使用中不见了；检查线缆和板子的电源，再检查一次',
  ],
  [
    'the connection to {1} was lost while it was in use; check the network, and the server on {2}, then run the check again',
    '到 {1} 的连接在使用中断开；检查网络和 {2} 上的服务器，再检查一次',
  ],
  [
    '{1}: the connection broke while the port was being set ({2}); look at what the server says of it, then try again',
    '{1}：设置串口时连接断开（{2:told}）；看看服务器怎么说，再试一次',
  ],
  [
    '{1}: the server refuses binary transmission (RFC 856), so octets would be changed on their way; {2}',
    '{1}：服务器拒绝二进制传输（RFC 856），八位组在途中会被改变；{2:told}',
  ],
  [
    '{1}: the server closed the connection{2}; if somebody else has the port, end that program, then try again',
    '{1}：服务器关闭了连接{2}；如果串口被别人占用，先结束那个程序，再试一次',
  ],
  [
    '{1}: what answers is Telnet without RFC 2217: it refuses COM-PORT-OPTION{2}; {3}',
    '{1}：应答的是不带 RFC 2217 的 Telnet：它拒绝 COM-PORT-OPTION{2}；{3:told}',
  ],
  [
    '{1}: no answer to RFC 2217 within {2} s{3}: what listens there does not speak Telnet (a raw TCP port?); {4}',
    '{1}：{2} s 内没有对 RFC 2217 的应答{3}：那里监听的不是 Telnet（是裸 TCP 端口？）；{4:told}',
  ],
  [
    '{1}: no sound answer to SET-BAUDRATE within {2} s; what listens there does not speak RFC 2217 as it should ({3})',
    '{1}：{2} s 内没有对 SET-BAUDRATE 的正确应答；那里监听的没有照 RFC 2217 来（{3:told}）',
  ],
  [
    '{1}: the server does not set {2} baud (its port is at {3}); name a rate that its port has, with --baud or as rfc2217://HOST:PORT@RATE',
    '{1}：服务器没有设成 {2} 波特（它的串口是 {3}）；请用 --baud 或 rfc2217://HOST:PORT@RATE 给出它的串口支持的速率',
  ],
  [
    '{1}: the server was asked for {2} and {3}; set its port to 8 data bits, no parity, 1 stop bit',
    '{1}：向服务器要求 {2}，而它 {3:told}；请把它的串口设为 8 个数据位、无校验、1 个停止位',
  ],
  ['did not answer', '没有应答'],
  ['answered with its code {1}', '以代码 {1} 应答'],
  [
    'another program listens on port {1} of {2} already; end it, or name another port',
    '另一个程序已在监听 {2} 的端口 {1}；结束它，或换一个端口',
  ],
  ['no permission to listen on port {1}; name one from 1024 up', '没有监听端口 {1} 的权限；请用 1024 以上的'],
  [
    '{1} is no address of this machine; leave it out to listen on this machine only',
    '{1} 不是本机的地址；不写它就只在本机监听',
  ],
  [
    'octets were lost inside {1}: another program has it open; end that program, then try again',
    '{1} 里丢了八位组：另一个程序打开着它；先结束那个程序，再试一次',
  ],
  ['the pseudo-terminal {1} failed: {2}; start again', '伪终端 {1} 出错：{2:told}；请重新开始'],
  ['{1} answered a question about time with something else', '{1} 没有按问的时间来应答'],
  [
    'the programmer at {1} fell out of step and does not answer any more; check its cable and supply, then run the check again',
    '{1} 上的编程器失步，不再应答；检查它的线缆和电源，再检查一次',
  ],
  ['{1} refused {2} baud: {3}', '{1} 拒绝 {2} 波特：{3:told}'],
  [
    'no programmer answers on {1} {2}: not one octet came back; {3}',
    '{1} {2} 没有编程器应答：一个八位组也没有返回；{3:told}',
  ],
  [
    'what answers on {1} {2} does not speak serprog: asked to synchronise, it said {3}; {4}',
    '{1} {2} 应答的不说 serprog：要它同步，它说 {3}；{4:told}',
  ],
  [
    'name the rate it has, as in serprog:{1}@57600, and check that its firmware speaks serprog',
    '请写明它的速率，如 serprog:{1}@57600，并确认它的固件会说 serprog',
  ],
  [
    'the programmer on {1} speaks serprog version {2}, and version {3} is known here; update its firmware',
    '{1} 上的编程器用 serprog 第 {2} 版，而这里只会第 {3} 版；请更新它的固件',
  ],
  [
    '{1} on {2} has no SPI (no S_CMD_O_SPIOP, or not among its bus types); the ENC28J60 needs a programmer that does',
    '{2} 上的 {1} 没有 SPI（没有 S_CMD_O_SPIOP，或总线类型里没有它）；ENC28J60 需要有 SPI 的编程器',
  ],
  ['the programmer on {1} left a question unanswered; {2}', '{1} 上的编程器有一个问题没有应答；{2:told}'],
  ['the programmer on {1} answered a question {2}; {3}', '{1} 上的编程器对一个问题的应答{2:told}；{3:told}'],
  ['check its cable and its rate, then try again', '检查它的线缆和速率，再试一次'],
  ['with NAK', '是 NAK'],
  ['with what serprog does not know', '不是 serprog 的内容'],
  ['too late', '来得太迟'],
]
