/** 对 SPI 的各根导线做什么：最省事的先看。 */
import type { WIRE_REMEDIES } from '../../en/diagnosis/remedies-wires.js'
import type { SameSentences } from '../../keyed.js'

const METER = '断电，用万用表测量'
const ENDS = `${METER}两端之间：应低于 1 Ω。`
const SUPPLY_ROW = '看有没有焊锡，有没有线插到了电源那一排。'
const APART = `${METER}两者之间：应高于 10 kΩ。`
const ROWS = '逐根对照模块上的丝印和控制器的引脚（`linkpulse boards NAME`）'
const EXCHANGE = '把这两根对调，再检查一次。'

export const WIRE_REMEDIES_ZH: SameSentences<typeof WIRE_REMEDIES> = {
  'miso-stuck-low.remedy': `把其他模块从总线上拔掉：其中一个可能把 MISO 拉低了。然后${METER}模块的 SO 与地之间：低于 100 Ω 就是短路，看 SO 与相邻引脚之间有没有焊锡。`,
  'miso-stuck-high.remedy': `${METER}模块的 SO 与 3.3 V 之间：低于 100 Ω 就是短路。看 SO 与相邻引脚之间有没有焊锡，有没有线插错了排。`,
  'mosi-open.remedy': `把控制器 MOSI（Uno 的 11 号引脚）到模块 SI 的线重新插好。${ENDS}`,
  'mosi-stuck-low.remedy': `${METER}模块的 SI 与地之间：低于 100 Ω 就是短路。看有没有焊锡，控制器的同一引脚上有没有别的输出。`,
  'mosi-stuck-high.remedy': `${METER}模块的 SI 与 3.3 V 之间：低于 100 Ω 就是短路。${SUPPLY_ROW}`,
  'sck-open.remedy': `把控制器 SCK（Uno 的 13 号引脚）到模块 SCK 的线重新插好。${ENDS}`,
  'sck-stuck-low.remedy': `${METER}模块的 SCK 与地之间：低于 100 Ω 就是短路。Uno 上 13 号引脚的 LED 挂在同一根线上；那不是短路。`,
  'sck-stuck-high.remedy': `${METER}模块的 SCK 与 3.3 V 之间：低于 100 Ω 就是短路。${SUPPLY_ROW}`,
  'cs-open.remedy': `确认片选线接在板子设置所写的引脚上（Uno 的 10 或 8 号），并重新插好。${ENDS}`,
  'int-stuck-low.remedy': `把 INT 线从控制器上拔下：如果它的输入这时为高，短路就在模块上。${METER} INT 与地之间：看 INT 与相邻引脚之间有没有焊锡。`,
  'int-stuck-high.remedy': `确认 INT 线没有插在电源那一排。${METER}模块的 INT 与 3.3 V 之间：低于 100 Ω 就是短路。`,
  'reset-held.remedy':
    '通电时测量模块的 RESET：应为 3.3 V。把它的线拔下：如果这时升高，就是控制器的引脚或导线把它拉低了；如果仍为低，看 RST 处有没有焊锡。',
  'reset-glitch.remedy':
    'RESET 线要短，并远离 SCK 和电源；在模块处 RST 对 3.3 V 接 10 kΩ，对地接 100 nF。没有谁驱动它的，就把线拔下。',
  'spi-wire-loose.remedy':
    '检查反复运行时，逐根晃动 SPI 的导线，看动哪根会失败；把那根重新插好或更换。在面包板上就换一个孔，并看排针处有没有虚焊。',
  'sck-mosi-shorted.remedy': `看模块的 SCK 与 SI 处有没有导线或焊锡相碰。${APART}`,
  'mosi-miso-shorted.remedy': `看模块的 SI 与 SO 处有没有导线或焊锡相碰，它们是挨着的。${APART}`,
  'sck-miso-shorted.remedy': `看模块的 SCK 与 SO 处有没有导线或焊锡相碰。${APART}`,
  'sck-cs-shorted.remedy': `看模块的 SCK 与 CS 处有没有导线或焊锡相碰。${APART}`,
  'cs-mosi-shorted.remedy': `看模块的 CS 与 SI 处有没有导线或焊锡相碰。${APART}`,
  'cs-miso-shorted.remedy': `看模块的 CS 与 SO 处有没有导线或焊锡相碰。${APART}`,
  'miso-int-shorted.remedy': `看模块的 SO 与 INT 处有没有导线或焊锡相碰，它们是挨着的。${APART}`,
  'mosi-int-shorted.remedy': `看模块的 SI 与 INT 处有没有导线或焊锡相碰。${APART}`,
  'sck-mosi-swapped.remedy': `${ROWS}：SCK 与 MOSI 接反了，Uno 的 13 与 11 号引脚很容易接反。${EXCHANGE}`,
  'sck-cs-swapped.remedy': `${ROWS}：SCK 与 CS 接反了。${EXCHANGE}`,
  'mosi-cs-swapped.remedy': `${ROWS}：MOSI 与 CS 接反了，Uno 的 11 与 10 号引脚很容易接反。${EXCHANGE}`,
  'sck-miso-swapped.remedy': `${ROWS}：SCK 与 MISO 接反了，Uno 的 13 与 12 号引脚很容易接反。${EXCHANGE}`,
  'miso-int-swapped.remedy': `${ROWS}：MISO 与 INT 接反了。${EXCHANGE}`,
  'spi-mode.remedy':
    '看看固件设的 SPI 模式：芯片用模式 0（CPOL 0，CPHA 0；数据手册 4.1）。用我们的桥接固件的，请重新烧写；用自己的，每次传输以 SPISettings(…, SPI_MODE0) 开始。',
  'spi-bit-order.remedy':
    '看看固件设的位序：芯片最高位在先（DORD = 0，MSBFIRST）。用我们的桥接固件的，请重新烧写；总线上的其他设备也可能改了它。',
  'sck-rings.remedy':
    '把 SPI 导线缩短到 10 cm，SCK 旁边加一根地线。在控制器处给 SCK 串联 47 到 100 Ω，再用较慢的 SPI 时钟检查。',
  'cs-glitches.remedy': '让片选线远离 SCK 并缩短；在模块处 CS 对 3.3 V 接 10 kΩ。确认固件里没有别处驱动这个引脚。',
  'miso-weak.remedy':
    '测量模块的 3.3 V：应高于 3.1 V。5 V 的控制器从 3.0 V 起才读作 1：缩短 MISO，把其他模块从总线上拔掉，或加一片 74HCT125 作电平转换。',
}
