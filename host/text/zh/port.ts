/** 串口上是谁。 */
import type { PORT_WORDS } from '../en/port.js'
import type { SameSentences } from '../keyed.js'

export const PORT_WORDS_ZH: SameSentences<typeof PORT_WORDS> = {
  'port.who.bridge': '我们的一块桥接板',
  'port.who.boot-loader': 'Arduino 引导程序（它应答 STK500）',
  'port.who.nmea': 'GPS 接收机，或别的使用 NMEA 0183 的设备',
  'port.who.modem': '接受 AT 命令的调制解调器',
  'port.who.login': '登录提示：一台计算机的控制台',
  'port.who.sketch': '打印文字的程序，像 Arduino sketch 那样',
  'port.who.loopback': '环回：发出什么就返回什么，TXD 和 RXD 连在一起',
  'port.who.another-rate': '某个设备，用的波特率或格式不在监听之列',
  'port.who.inverted': '极性颠倒的线路：TTL 引脚上是 RS-232 电平，或 RS-232 口上是 TTL 电平',
  'port.who.noise': '噪声：八位组不停地来，像是没有接地线',
  'port.who.swapped': '所听的导线上没有人，像是 TX 与 RX 接反了',
  'port.who.silence': '一片寂静：没有人说话',
  'port.who.no-permission': '没有打开这个串口的权限',
  'port.who.busy': '串口忙：另一个程序打开着它',
  'port.who.missing': '没有这个串口',
  'port.who.vanished': '串口不见了',
  'port.who.not-a-port': '不是串口',
  'port.who.unopened': '串口打不开',

  'port.heard.refused': ({ reason }) => `${reason}。`,
  'port.heard.nothing': ({ seconds }) => `${seconds} s 里一个八位组也没有来。`,
  'port.heard.no-answer': ({ count }) => `问了 ${count} 次，没有任何应答。`,
  'port.heard.rests-low': '线路空闲时为低，而空闲的线路应为高：没有人驱动它，或者它的极性颠倒了。',
  'port.heard.alive': '控制线是接通的，说明另一端有设备且有电：没有接上的是数据线。',
  'port.heard.cells': ({ cells }) => `${cells} 个串行链路的信元，两项校验都正确。`,
  'port.heard.own-cells': ({ cells }) => `这台计算机的 ${cells} 个信元返回来了：别人不会这样说话。`,
  'port.heard.session': ({ board, firmware, version }) =>
    `它${board === '' ? '没有报名字' : `自称 ${board}`}，固件 ${firmware}，会话版本 ${version}。`,
  'port.heard.version': '这不是这个 linkpulse 的会话版本。',
  'port.heard.nmea': ({ count, addresses }) => `${count} 条校验和正确的 NMEA 语句：${addresses}。`,
  'port.heard.login': '它要求输入名字或口令。',
  'port.heard.modem-answer': ({ answer }) => `它对 AT 的应答是 ${answer}。`,
  'port.heard.modem': ({ words }) => `它说的是调制解调器的话：${words}。`,
  'port.heard.text': ({ octets }) => `来了 ${octets} 个八位组的文字。`,
  'port.heard.own': ({ octets }) => `发出的返回来了，${octets} 个八位组，此外什么也没有。`,
  'port.heard.echoes': '命令模式下的调制解调器，或者 shell，也会把收到的内容送回来。',
  'port.heard.in-sync': '它对 STK500 的 GET_SYNC 应答 14 10：已同步。',
  'port.heard.signature': ({ signature }) => `它的控制器的签名是 ${signature}。`,
  'port.heard.garbled': ({ octets, rates }) =>
    `来了 ${octets} 个八位组，不是任何已知的语言；监听所用的波特率是 ${rates}。`,
  'port.heard.framing': ({ framing, breaks }) => `串口数到 ${framing} 个帧错误和 ${breaks} 个中断信号。`,
  'port.heard.low-at-rest': '线路空闲时为低，而两个字符之间应为高：接收器设得慢时，看到的几乎都以 0 结尾。',
  'port.heard.upright': ({ text }) => `把极性反过来，它说的是“${text}”。`,
  'port.heard.no-rate': '常用的波特率都解释不通，所以可能是电平的问题，而不是波特率。',
  'port.heard.hum': '八位组随市电的节奏到来，每秒一百个左右。',
  'port.heard.other-rate': ({ rate, first }) => `波特率不同：它用 ${rate} 波特，而起初是按 ${first} 监听的。`,
  'port.heard.parity': ({ framing }) => `格式不同：它发的是 ${framing}，而监听用的是 8N1。`,
  'port.heard.parity-bit': '每个八位组都有意义，而许多没有停止位：它发送校验位（8E1 或 8O1），而监听用的是 8N1。',

  'port.session': ({ who, said }) => `没有建立会话：${who}${said === '' ? '' : `；它说“${said}”`}`,
  'port.is': ({ who }) => `串口上是：${who}。`,
  'port.said': ({ said }) => `它说：${said}`,
  'port.no-other-rate': '已经知道串口上是谁，那不是我们的板子',

  'port.next.bridge': ({ port }) => `linkpulse check ${port}`,
  'port.next.bridge-old': ({ port, board }) => `给它烧写这个版本的固件，然后检查：linkpulse flash ${board} ${port}`,
  'port.next.boot-loader': ({ port, board }) => `没有桥接固件：linkpulse flash ${board} ${port}`,
  'port.next.sketch': ({ port, board }) => `没有桥接固件：linkpulse flash ${board} ${port}（会取代板上现有的程序）`,
  'port.next.nmea': '这不是我们的板子。到别的串口上找：在插上板子之前和之后各运行一次 linkpulse ports。',
  'port.next.modem': '这不是我们的板子。到别的串口上找：在插上板子之前和之后各运行一次 linkpulse ports。',
  'port.next.login': '这是一台等人登录的计算机，不是我们的板子：不要烧写它。到别的串口上找板子：linkpulse ports。',
  'port.next.loopback':
    '取下连接 TXD 和 RXD 的插头或跳线帽。如果没有，就是两根线相碰：看看插头，拔下线缆后测量两线之间。',
  'port.next.another-rate': ({ port }) =>
    `如果知道它的波特率，就写出来：linkpulse doctor ${port}@RATE。晶振与固件编译时所用的不同，板子也会这样：重新烧写。并确认两端的 GND 相连。`,
  'port.next.inverted':
    '先停下，免得烧坏：RS-232 可达 ±15 V，而板子的引脚只能承受 5 V。DE-9 连接器需要电平转换器（MAX232）；板子要用带 TTL 引脚的 USB 适配器。',
  'port.next.noise': '除 TXD 和 RXD 之外，再用一根单独的线把板子的 GND 与适配器的 GND 连起来。然后再看一次。',
  'port.next.swapped':
    '在一端对调 TXD 和 RXD 两根线：不会弄坏什么。两个 DE-9 插座之间要用零调制解调器线。然后再看一次。',
  'port.next.silence':
    '看看板子的电源 LED 亮不亮；换一根 USB 线（许多只供电）、换一个插口，并确认就是这个串口：linkpulse ports。如果供电正常，可能是 TX 与 RX 接反了：在一端对调这两根线。',
  'port.next.ask': ({ port }) => `再问一问它：linkpulse doctor ${port} --probe`,

  'port.probe.cell': ({ rates }) => `与桥接板打开会话的那个 64 个八位组的信元，波特率 ${rates}`,
  'port.probe.attention': '一个空行，以及“AT”加回车，波特率 115200 和 9600：登录提示和调制解调器会应答',
  'port.probe.boot-loader':
    'STK500 的 GET_SYNC（30 20），波特率 115200 和 57600，每次之前在 DTR 和 RTS 上给一个脉冲，Arduino 会因此重启',
}
