/** `linkpulse audit` 对一份录下的波形所说的话。 */
import type { AUDIT_WORDS } from '../en/audit.js'
import type { SameSentences } from '../keyed.js'

export const AUDIT_WORDS_ZH: SameSentences<typeof AUDIT_WORDS> = {
  'audit.recording': ({ file, channels, seconds, changes }) =>
    `${file}：${channels} 个通道，${seconds} s，电平变化 ${changes} 次`,
  'audit.guessed': ({ list }) => `${list}（猜的；不对时请指明：--cs、--sck、--mosi、--miso）`,
  'audit.spi': ({ transactions, octets, megahertz }) =>
    `${transactions} 次传输，${octets} 个字节，SCK 最高 ${megahertz} MHz`,
  'audit.revision': ({ revision }) => `硅片版本 ${revision}`,
  'audit.no-revision': ({ model }) => `驱动从不读硅片版本：与 ${model} 比较`,
  'audit.not-set-up': '录制开始时驱动已经设置好芯片：只判断不需要前情的部分。请从复位开始录。',
  'audit.misuse': '驱动违反数据手册之处：',
  'audit.no-misuse': '驱动违反数据手册之处：没有。',
  'audit.rule': ({ count, rule, source, at, example }) => `${count} × ${rule} [${source}]；最早在 ${at} ms：${example}`,
  'audit.differences': '芯片的应答与模型不同之处：',
  'audit.no-differences': '芯片的应答与模型不同之处：没有。',
  'audit.difference': ({ count, where, at, values, meaning }) =>
    `${count} × ${where}，最早在 ${at} ms${values}：${meaning}`,
  'audit.values': ({ chip, model }) => `（芯片 ${chip}，模型 ${model}）`,
  'audit.means.network': '由网线上发生的事决定，SPI 的录制看不到：由此看不出故障',
  'audit.means.open-bits': '数据手册没有规定的位；没有错',
  'audit.means.dummy-octet': 'MAC 或 MII 寄存器的值之前的那个字节，数据手册没有规定；没有错',
  'audit.means.revision': '硅片是另一个版本；没有错',
  'audit.means.unknown-revision': 'EREVID 不是任何生产过的版本：仿制品，或接线有问题；请看还有什么不同',
  'audit.means.erratum-1': '这种硅片在 8 MHz 以下访问 MAC 和 MII 寄存器不可靠（DS80349C 第 1 条）：请提高 SCK',
  'audit.means.erratum-2': 'SRC 之后 PHY 最长有 1 ms 没有时钟（DS80349C 第 2 条）：请等 1 ms',
  'audit.means.erratum-5': '接收缓冲区不从 0000h 开始，芯片把包放到了别处（DS80349C 第 5 条）：请把 ERXST 设为 0',
  'audit.means.erratum-6': '有包在等，PKTIF 却没有置位（DS80349C 第 6 条）：请改读 EPKTCNT',
  'audit.means.erratum-14': 'ERXRDPT 是偶数，芯片弄坏了一个包（DS80349C 第 14 条）：只写奇数',
  'audit.means.erratum-15': '有一次迟到冲突，LATECOL 没有显示（DS80349C 第 15 条）：请读状态向量',
  'audit.means.refused-frame': '芯片收下了按寄存器应当丢弃的帧；请看还有什么不同',
  'audit.means.contradicting-header': '驱动当作包头读的不是包头：它读的地方没有包，或者芯片或接线弄坏了它',
  'audit.means.bad-frame-check': '芯片说这一帧收得好，驱动读到的 FCS 却不对：SO 受干扰，或 SCK 太快',
  'audit.means.wire-stuck-low': 'SO 总是 0：断开或与地短路、芯片没有供电、或一直处于复位',
  'audit.means.wire-stuck-high': 'SO 总是 1：断开或与电源短路、CS 没有到达芯片、或一直处于复位',
  'audit.means.wire-stuck-bit': '每个字节里有一位从不变化：采样的时刻不对，或电平转换太慢',
  'audit.means.wire-shifted': '字节错开了一位：对芯片来说 SCK 多了或少了一个边沿；需要模式 0,0 和干净的边沿',
  'audit.means.wire-bit-errors': '时而有单个位出错：SO 或 SCK 受干扰；请缩短导线、在旁边加地线、或放慢时钟',
  'audit.means.wire-int-silent': '有包在等，INTIE 和 PKTIE 都已置位，INT 却从不下降：这根线断开了，或被拉在高电平',
  'audit.means.unexplained': '已知的都解释不了：别的芯片、仿制品、或录制本身有问题；请与第二份录制比较',
  'audit.int': ({ count }) => `INT 下降 ${count} 次。`,
  'audit.frames': ({ received, sent }) => `帧：收到 ${received} 个，发出 ${sent} 个。`,
  'audit.unread': ({ count }) => `另有 ${count} 个由芯片计入而从未读出。`,
  'audit.uart': ({ channel, rate, format, octets }) => `${channel}：UART，${rate} baud ${format}，${octets} 个字节`,
  'audit.uart-inverted': '空闲时为低电平：在 RS-232 接口上录的，或经过反相器',
  'audit.uart-measured': ({ measured, percent }) => `测得 ${measured} baud（${percent} %）`,
  'audit.uart-off': '发送方的速率偏差太大，接收方读不对：请检查它的时钟和分频',
  'audit.uart-volts': ({ low, high }) => `电平 ${low} V 和 ${high} V`,
  'audit.uart-few': '字节太少，速率和格式看不准；知道的话请给 --baud 和 --format',
  'audit.uart-frame-errors': ({ count, at }) =>
    `${count} × 没有停止位或起始位；最早在 ${at} ms：速率或格式不同、中断信号、或线路受干扰`,
  'audit.uart-parity-errors': ({ count, at }) => `${count} × 校验位不对；最早在 ${at} ms：线路受干扰，或格式不同`,
  'audit.uart-glitches': ({ count, at }) =>
    `${count} × 字节里有短于一位的脉冲；最早在 ${at} ms：线路受干扰，这个字节可能不对`,
  'audit.wrong': '结论：有问题，见上。',
  'audit.right': '结论：没有发现问题。',
}
