/** 芯片本身，以及它运行所需要的。 */
import type { CHIP_DIAGNOSIS } from '../../en/diagnosis/chip.js'
import type { SameSentences } from '../../keyed.js'

export const CHIP_DIAGNOSIS_ZH: SameSentences<typeof CHIP_DIAGNOSIS> = {
  'crystal-missing.stopped': ({ waited }) => `唤醒芯片之后 ${waited} ms，CLKRDY 仍为 0；而晶振起振只要 0.3 ms。`,
  'crystal-missing.answers': '芯片有应答，ETH 寄存器能保持写入的值，它们不需要时钟：电源和导线完好。',
  'crystal-missing.remedy':
    '看看芯片旁边的 25 MHz 晶振（23、24 脚）：在不在，两端焊好没有，两个小电容在不在？用' +
    '示波器或频率计，运行时 CLKOUT（3 脚）应为 6.25 MHz。摔过的晶振内部常常断裂：换一个。',

  'chip-brown-out.reset': '没有人复位芯片，寄存器却回到了复位值：它的电源跌落过。',
  'chip-brown-out.trouble': ({ count, reason }) => `芯片工作时出了 ${count} 次问题：${reason}。`,
  'chip-brown-out.wires': '导线完好：写入的都原样返回。',
  'chip-brown-out.controller': '控制器自己没有重启。',
  'chip-brown-out.remedy':
    '模块在 3.3 V 下需要 180 mA，且不得低于 3.1 V：发送时测量它的 3.3 V 引脚与 GND 之间。Uno、Mega ' +
    '或 Nano 的 3.3 V 引脚标称只有 50 mA：请用单独的稳压器给模块供电（AMS1117-3.3，输入 5 V），旁边加 10 µF 和 100 nF。',

  'buffer-memory-bad.checksum': ({ checksum }) =>
    `芯片自行填充存储器，读出的校验和是 ${checksum}，正确的是 F807h；这与任何导线无关。`,
  'buffer-memory-bad.where': ({ count, first, bits }) =>
    `有 ${count} 个八位组出错，第一个在 ${first}，出错的位是 ${bits}。`,
  'buffer-memory-bad.registers': '它的寄存器完全正常。',
  'buffer-memory-bad.remedy':
    '再检查两次，第二次在芯片热了之后：还是同一地址，说明芯片已损坏（静电，或不耐 5 V 的引脚' +
    '上加了 5 V），必须更换。地址变来变去，说明电源低于 3.1 V：测量它。',

  'phy-dead.silent': ({ reason }) => `PHY 没有应答：${reason}。`,
  'phy-dead.identifier': ({ id1, id2 }) => `PHID1 和 PHID2 读出 ${id1} 和 ${id2}，应为 0083h 和 1400h。`,
  'phy-dead.analogue': 'MAC 寄存器能保持写入的值，25 MHz 时钟也在运行：没有声响的只是芯片的模拟部分。',
  'phy-dead.remedy':
    '把开发板断电再上电一次：时钟没有起来的 PHY 会恢复。如果还是这样，检查 VDDRX、VDDTX 和 VDDPLL（19、15、20 脚）上的 3.3 V，以及 RBIAS（14 脚）对地' +
    '的电阻：B5、B7 版为 2.32 kΩ，更早的为 2.7 kΩ；如果都对，就是芯片损坏了（网线遭雷击会这样）：更换它。',

  'wrong-revision.clock': ({ erevid, revision, clock }) =>
    `EREVID 读出 ${erevid}，即版本 ${revision}，而 SPI 运行在 ${clock} MHz：低于 8 MHz 时它的 MAC 寄存器不可靠（勘误 1）。`,
  'wrong-revision.registers': 'MAC 或 MII 寄存器确实读回有误，而 ETH 寄存器都能保持。',
  'wrong-revision.remedy':
    '让 SPI 运行在 8 MHz 或以上（如果控制器能做到，改板子文件里的 spiClock），或用 CLKOUT 给控制器提供时钟；否则把芯片换成 B5 或 B7 版。' +
    '版本的字母和数字印在芯片型号下面。',
}
