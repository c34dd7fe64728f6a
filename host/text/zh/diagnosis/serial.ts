/** 这台计算机与开发板之间。 */
import type { SERIAL_DIAGNOSIS } from '../../en/diagnosis/serial.js'
import type { SameSentences } from '../../keyed.js'

export const SERIAL_DIAGNOSIS_ZH: SameSentences<typeof SERIAL_DIAGNOSIS> = {
  'no-power.silent': ({ cells }) => `向开发板发了 ${cells} 个会话信元，一个八位组也没有返回，连损坏的也没有。`,
  'no-power.any-rate': ({ tried }) => `另外 ${tried} 种波特率也没有应答。`,
  'no-power.remedy':
    '看看板子的电源 LED 亮不亮。用万用表测量它的供电引脚与 GND 之间有没有 5 V（或 3.3 V）。' +
    '换一根 USB 线（许多只供电，或数据不好）、换一个插口，并确认就是这个串口：linkpulse ports。',

  'baud-off-6-percent.answers': ({ rate, deviation }) =>
    `本端用 ${rate} 波特时开发板有应答：与所要求的波特率相差 ${deviation} %；而 UART 至多容许 4.5 %。`,
  'baud-off-6-percent.asked': '在所要求的波特率上，一个信元也没有看懂。',
  'baud-off-6-percent.garbled': ({ octets }) => `返回了 ${octets} 个八位组，却拼不成信元：采样的时刻不对。`,
  'baud-off-6-percent.remedy':
    '板子的时钟不是编译固件时所用的。检查固件是否按板上的晶振' +
    '（16 MHz 上印着 16.000）编译，熔丝位选的是否是晶振而不是内部振荡器，然后' +
    '重新烧写：linkpulse flash。损坏的陶瓷谐振器也会这样漂移；换掉它。如果上面给出了波特率，' +
    '在此期间可以用它连接板子：serial:PATH@RATE。',

  'serial-wrong-baud.answers': ({ rate, asked }) =>
    `本端用 ${rate} 波特时开发板有应答，而问它时用的是 ${asked}：没有哪个时钟会偏这么多，所以是一端设成了别的波特率。`,
  'serial-wrong-baud.no-session': '在所要求的波特率上没有建立会话。',
  'serial-wrong-baud.remedy': ({ rate }) =>
    `用板子所用的波特率：--baud ${rate}，或 serial:PATH@${rate}。如果它本该用所要求的波特率，那么它的固件是按别的` +
    '波特率或别的时钟编译的（熔丝 CKDIV8 使 AVR 以晶振的八分之一运行）：重新烧写：linkpulse flash。',

  'serial-noise.no-session': '有些信元完整到达，但损坏的太多，会话打不开。',
  'serial-noise.checks': ({ cells, rate }) =>
    `${cells} 个信元没有通过校验：每百万八位组 ${rate} 个错误，而完好的线路一个也没有。`,
  'serial-noise.both-ways': '两个方向都受影响，所以是线路，而不是某一端的发送器。',
  'serial-noise.understood': '完整到达的信元都能看懂，所以波特率是对的，是个别比特翻转了。',
  'serial-noise.remedy':
    '让串口线远离电机、继电器和市电线，缩短它，并用单独的线把两端的 GND 连起来。' +
    '用万用表（欧姆挡）确认 GND 两端之间低于 1 Ω。换线缆和 USB 适配器；' +
    '如果还有错误，就降低波特率：serial:PATH@57600。',

  'serial-drops.headers': ({ skipped }) =>
    `出错的信元头比载荷多，为重新找到信元跳过了 ${skipped} 个八位组：八位组是丢了，而不只是损坏。`,
  'serial-drops.overrun': ({ count }) => `开发板的接收器溢出 ${count} 次：八位组来得比固件取走的快。`,
  'serial-drops.understood': '到达的都能看懂，所以波特率是对的。',
  'serial-drops.remedy':
    '八位组在途中丢失：有缓冲区溢出。把适配器直接插到计算机上，不要经过集线器；关掉使用这个串口的其他程序；并降低' +
    '波特率：serial:PATH@115200。若是自己的板子，确认接收中断被推迟的时间不超过两个八位组。',

  'brown-out.starts': ({ count, time }) => `${time} s 里开发板重启了 ${count} 次。`,
  'brown-out.detector': '它自己说出了原因：欠压检测器发现电源太低。',
  'brown-out.remedy':
    '用更强的电源给板子供电：换一个 USB 插口、不经集线器，或用单独的适配器。运行时测量板上的 5 V；低于 4.5 V 就是线或电源太弱。' +
    '通常是模块的 180 mA 造成的：给它一个单独的稳压器。',
}
