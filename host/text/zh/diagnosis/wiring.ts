/** 控制器与芯片之间的导线。 */
import type { WIRING_DIAGNOSIS } from '../../en/diagnosis/wiring.js'
import type { SameSentences } from '../../keyed.js'

export const WIRING_DIAGNOSIS_ZH: SameSentences<typeof WIRING_DIAGNOSIS> = {
  'miso.all-ones': ({ count }) => `${count} 次读数全是 FFh，连恒为 0 的位也是 1：没有谁把 MISO 拉低。`,
  'miso.all-zeros': ({ count }) => `${count} 次读数全是 00h，连复位后为 1 的位也是 0：没有谁把 MISO 拉高。`,
  'miso.echoes': ({ count }) => `${count} 次读数全是命令的重复：MISO 只是感应到了相邻的 MOSI。`,
  'chip.does-not-hear': '芯片听不到命令，就像片选从不拉低那样。',

  'miso-open.obeyed':
    '要芯片把 INT 拉低，它就拉低；要它拉高，它就拉高：它有电，听得到片选，也看得懂 MOSI。断的只是回来的路。',
  'miso-open.remedy':
    '检查模块的 SO（芯片 6 脚）到控制器 MISO（Uno 的 12 号引脚）的线：重新插好，然后' +
    '断电测量；应低于 1 Ω。看 SO 处有没有虚焊。如果线是好的，就把' +
    '其他模块从总线上拔掉：其中一个可能拉住了 MISO。',

  'cs-stuck-high.deaf': '要芯片发出中断，它却没有动 INT：它根本听不到命令。',
  'cs-stuck-high.rests': 'INT 空闲时为高，有电而空闲的芯片就是这样。',
  'cs-stuck-high.remedy':
    '检查控制器的片选（Uno 的 10 或 8 号引脚：板子设置里写的必须是实际接线的那个）到模块 CS 的线。' +
    '检查运行时，用万用表测 CS，应不时低于 3.3 V；如果一直是 3.3 V，就是线断了，或接在了别的引脚上。',

  'mosi-miso-swapped.remedy':
    '按模块的丝印核对两根数据线：SI 接控制器的 MOSI（Uno 的 11 号引脚），SO 接 MISO（12 号引脚）。' +
    '模块上印的是芯片的 SI 和 SO，控制器上印的是 MOSI 和 MISO；对调它们，再检查一次。',

  'cs-stuck-low.remedy':
    '什么也不运行时，用万用表测模块的 CS：应为 3.3 V。若为 0 V，就是对地短路，或被一个' +
    '从未设为输出的引脚拉低：芯片于是把一切当作一条没完没了的命令。',

  'int-open.unseen': '芯片自己的寄存器显示有中断（EIR.DMAIF 为 1，EIE 已使能），而控制器处的 INT 仍为高。',
  'int-open.answers': '它的寄存器应答正确，所以它有电，也听得到命令。',
  'int-open.remedy':
    '断电检查模块的 INT（芯片 4 脚）到控制器（Uno 的 2 号引脚）的线：应低于 1 Ω。' +
    '修好之前，驱动程序会轮询芯片：一切照常，只是稍晚一点。',

  'spi-too-fast.slow': ({ clock, right }) => `在 ${clock} MHz 时，${right} % 的应答是对的。`,
  'spi-too-fast.fast': ({ econ2 }) => `全速时 ECON2 读出 ${econ2}，应为 80h：位还没有到就被采样了。`,
  'spi-too-fast.remedy':
    '把控制器与模块之间的导线缩短到 15 cm 以内，SCK 与 GND 的线并排走。非长不可的，就在板子文件里降低 SPI ' +
    '时钟（spiClock）；B1 和 B4 版需要 8 MHz，之后的版本更慢也行。',

  'spi-noise.few-wrong': ({ differing, answers, pointers, written, octets, all }) =>
    `多数应答是对的，少数不对：${answers} 次读数中有 ${differing} 次，${written} 个指针中有 ${pointers} 个，存储器的 ${all} 个八位组中有 ${octets} 个返回有误。`,
  'spi-noise.typical': '复位后第一次或第二次读，ECON2 就是应有的 80h：电源、片选和导线的次序都对。',
  'spi-noise.remedy':
    '把 SPI 导线缩短到 15 cm 以内，SCK 与 GND 绞在一起，并在模块的电源上并 100 nF。确认 5 V 的控制器能把' +
    '模块 2.6 V 的高电平读作高；SO 上加电平转换器会有帮助。然后降低 SPI 时钟。',
}
