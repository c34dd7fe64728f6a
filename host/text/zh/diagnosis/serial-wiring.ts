/** 串口线怎么接，两端是什么。 */
import type { SERIAL_WIRING_DIAGNOSIS } from '../../en/diagnosis/serial-wiring.js'
import type { SameSentences } from '../../keyed.js'

export const SERIAL_WIRING_DIAGNOSIS_ZH: SameSentences<typeof SERIAL_WIRING_DIAGNOSIS> = {
  'serial-tx-rx-swapped.silent': '一个八位组也没有返回，连损坏的也没有：没有人驱动这台计算机所听的那根线。',
  'serial-tx-rx-swapped.any-rate': ({ tried }) => `另外 ${tried} 种波特率也什么都没来，所以不是波特率的问题。`,
  'serial-tx-rx-swapped.remedy':
    '一端的 TXD 接另一端的 RXD。在一端对调两根线，再试一次：不会弄坏什么。两台带 DE-9 插座的' +
    '计算机之间要用零调制解调器线，不能用直通线；那样一个插头的 2 脚通到另一个的 3 脚。',

  'serial-ground-missing.restless': ({ pauses }) =>
    `${pauses} 次没有问任何人的停顿里，每次都有八位组到来：空闲的线路看上去并不空闲。`,
  'serial-ground-missing.no-cell': '在所要求的波特率，以及所有其他波特率上，来的都拼不成信元。',
  'serial-ground-missing.remedy':
    '把板子的 GND 与适配器的 GND 连起来：除 TXD 和 RXD 之外单独一根线（DE-9：5 脚）。用' +
    '万用表（欧姆挡）测量，两端之间应低于 1 Ω。没有它，两端各以自己的零点为准，' +
    '而市电使两个零点相对晃动。',

  'serial-ttl-meets-rs232.garbage': ({ octets }) =>
    `返回了 ${octets} 个八位组，拼不成信元：板子在说话，却没有一位是对的。`,
  'serial-ttl-meets-rs232.any-rate': ({ tried }) => `另外 ${tried} 种波特率也不见好，所以是电平的问题，而不是波特率。`,
  'serial-ttl-meets-rs232.pauses': '有的停顿里没有八位组，所以地线是接上的。',
  'serial-ttl-meets-rs232.remedy':
    '先停下，免得烧坏：RS-232 可达 ±15 V，而板子的引脚只能承受 5 V。看看板子接在什么上面：DE-9 ' +
    '连接器是 RS-232，中间需要电平转换器（MAX232）；请用带 TTL 引脚的 USB 适配器（5 V 或 3.3 V，与板子一致）。' +
    '两者直接相接，每一位都是反的。',

  'serial-wrong-parity.one-way': ({ cells }) => `从开发板来了 ${cells} 个完整的信元，而我们的它一个也没有看懂。`,
  'serial-wrong-parity.undamaged':
    '其中没有一个八位组损坏，所以既不是噪声，也不是波特率。不带校验的接收器会把校验位当作停止位，照常继续；带校验的却在等一个永远不会发来的位。',
  'serial-wrong-parity.remedy':
    '两端都设为 8 个数据位、无校验、1 个停止位。在 sketch 里就是 Serial.begin(rate)，不带 SERIAL_8E1 之类；' +
    '在别的固件里看 UART 的校验位设置（ATmega328P：UCSR0C 中的 UPM01 和 UPM00 为 0）。然后重新烧写：linkpulse flash。',
}
