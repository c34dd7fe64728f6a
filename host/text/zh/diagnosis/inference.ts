/** 对任何原因都会说的话：一个数值怎样支持它，它留下什么没有解释，先做什么。 */
import type { INFERENCE_WORDS } from '../../en/diagnosis/inference.js'
import type { SameSentences } from '../../keyed.js'
import { behind, spaced } from '../spacing.js'

export const INFERENCE_WORDS_ZH: SameSentences<typeof INFERENCE_WORDS> = {
  'evidence.pass': '通过',
  'evidence.warn': '有警告',
  'evidence.fail': '失败',
  'evidence.skip': '被跳过',
  'evidence.was': ({ value }) => behind('为', value),
  'evidence.of': ({ title, figure }) => `${title}：${figure}`,
  'evidence.times': ({ what, was, times }) => `“${what}”${was}：若是它，出现这种情况的可能性是其他原因的 ${times} 倍。`,
  'evidence.more-than': ({ what, was, times }) =>
    `“${what}”${was}：若是它，出现这种情况的可能性是其他原因的 ${times} 倍以上。`,
  'evidence.nothing-else': '没有哪个数值特别突出：全部合起来看，它最相符。',

  'unknown.evidence': ({ nearest }) =>
    `列表里没有哪一项能很好地解释它；最接近的是 ${nearest}，而它解释不了下面列出的。`,
  'unknown.evidence-healthy': '完好的板子不是这样，列表里的故障也都不是这样。',
  'unknown.remedy': ({ side }) =>
    `${behind('先查看', side)}：相符的情况大多在那里。然后一次只换一样（网线、对端、适配器、模块、电源），再检查；换了哪一样情况不同，坏的就是哪一样。`,

  'unexplained.figure': ({ what, was, cause }) => `“${what}”${was}，而${spaced(cause)}几乎从不这样。`,
  'unexplained.healthy': '完好的板子',

  'side.board': '开发板',
  'side.chip': '以太网芯片',
  'side.wire': '导线和线缆',
  'side.partner': '网线另一端的设备',
  'side.computer': '这台计算机',

  'remedy.supply':
    '板子工作时，用电压表在各供电引脚上测量电源：控制器处 5 V（或 3.3 V），以太网芯片处 3.1 V 到 3.6 V，任意两个地之间小于 0.1 V。',
  'remedy.serial':
    '看看串口线和两端的设置（波特率、8 个数据位、无校验、1 个停止位）：先换线缆，再换适配器，线缆不要超过 2 m。',
  'remedy.wiring':
    '断开板子的电源，用欧姆表逐根检查控制器与以太网芯片之间的导线（CS、SCK、MOSI、MISO、INT、RESET、3.3 V、GND）：两端之间低于 1 Ω，与相邻的线不通。',
  'remedy.chip':
    '芯片工作时测量它的 3.3 V，看看周围的元件（晶振、RBIAS、VCAP、网络变压器）及其焊点；然后在同样的导线上换一个模块试试。',
  'remedy.cable': '换一根确知完好、短于 100 m 的网线；然后看看两端的插头和插座。',
  'remedy.partner':
    '换一个对端：同一根网线，接另一台计算机或普通的 10/100 交换机。如果情况消失，就看原来那个对端的设置，以及那里还有谁在发送。',
  'remedy.computer':
    '关掉使用这个串口或让计算机忙碌的其他程序，把适配器从集线器上拔下，直接插到计算机上；然后换一台计算机试试。',
  'remedy.timing': '放慢（SPI 时钟、波特率）再检查：如果情况消失，就缩短导线，或保持较慢的速率。',

  'question.board-led': '开发板的电源 LED 亮着吗？',
  'question.partner-led': '对端插口上的链路 LED 亮着吗？',
  'question.other-cable': '换一根网线，情况会消失吗？',
  'question.other-partner': '网线接到另一个对端（交换机、另一台计算机），情况会消失吗？',
  'question.other-adapter': '换一根串口线或 USB 适配器，情况会消失吗？',
  'question.cs-volts': '检查运行时：电压表接在模块的 CS 与地之间，是否显示约 3 V，并不时略微下降？',
  'question.chip-volts': '模块的 3.3 V 与地之间，发送时电压表是否也显示至少 3.1 V？',

  'next.check': ({ check, title }) => `运行 ${check}（${title}）。`,
  'next.repeat': ({ check, title }) => `把 ${check} 再运行一次（${title}）。`,
  'next.sound': '完好的板子',
  'next.why': ({ causes, bits, of }) =>
    `就所花的时间而言，它最能区分 ${causes.join('、')}：未定的 ${of} 比特中，它给出 ${bits} 比特。`,
}
