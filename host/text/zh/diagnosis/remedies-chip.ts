/** 对芯片、它周围的元件和它的 3.3 V 做什么：最省事的先看。 */
import type { CHIP_REMEDIES } from '../../en/diagnosis/remedies-chip.js'
import type { SameSentences } from '../../keyed.js'

export const CHIP_REMEDIES_ZH: SameSentences<typeof CHIP_REMEDIES> = {
  'memory-data-line.remedy':
    '再检查一次：每个八位组都错在同一位，而寄存器完全正常，说明是芯片自己的存储器。更换模块；导线造不成这种情况。',
  'memory-address-line.remedy':
    '再检查一次：八位组在两处出现，而寄存器完全正常，说明是芯片自己的存储器。更换模块；导线造不成这种情况。',
  'memory-lines-touch.remedy':
    '再检查一次：相邻两位总是相等，而寄存器完全正常，说明是芯片自己的存储器。更换模块；导线造不成这种情况。',
  'ledb-strap.remedy':
    '让驱动程序自己写 PHCON1.PDPXMD 和 MACON3.FULDPX：那样 LEDB 的接法就不要紧了。否则把 LEDB 上的 LED 反过来接（数据手册 2.6：每次复位时由它的方向决定双工方式）。',
  'transmit-weak.remedy':
    '换一根网线，换对端的另一个端口。带载测量模块的 3.3 V；看看 TPOUT 处的 49.9 Ω 电阻和磁珠。如果都完好，更换模块。',
  'bias-resistor.remedy':
    '看 RBIAS（14 脚）上的电阻：B5、B7 版为 2.32 kΩ 1 %，B1、B4 版为 2.7 kΩ。断电测量，不对就更换。',
  'magnetics-open.remedy':
    '先换网线和端口。然后断电测量插座：1 与 2 脚、3 与 6 脚之间经过变压器各为几欧姆。如果有一个不通，更换模块。',
  'crystal-off.remedy':
    '看芯片旁边的晶振上印的是不是 25.000。测量 CLKOUT（复位后为 6.25 MHz），误差不得超过 50 ppm。更换晶振或模块。',
  'vcap-missing.remedy':
    '找 VCAP（1 脚）上的电容：对地 10 µF、低 ESR，这个引脚上不得再接别的。芯片发送时在那里应测得 2.5 V。',
  'supply-low.remedy':
    '测量模块的 3.3 V：必须在 3.1 到 3.6 V 之间。用单独的稳压器供电（AMS1117-3.3，输入 5 V），不要用控制器的引脚。',
  'supply-weak.remedy':
    '用单独的 3.3 V 稳压器给模块供电：它需要 180 mA，而 Uno 的 3.3 V 引脚只有 50 mA。缩短电源线，在模块处并上 100 µF。',
  'supply-ripple.remedy':
    '换一个电源（计算机的 USB），看情况是否消失。在模块的 3.3 V 上并 100 µF 和 100 nF；用示波器的交流耦合看一看。',
  'spi-slow.remedy':
    '看看固件设的 SPI 时钟：应为控制器时钟的一半（SPI2X、SPI_CLOCK_DIV2），在 Uno 上是 8 MHz。用我们的桥接固件的，请重新烧写。',
}
