/** 串行线路的故障。 */
import type { FaultTexts } from '../../fault-texts.js'

const FLIPS = { rate: '一位被翻转的概率' }

export const SERIAL_FAULT_TEXTS_ZH = {
  'serial-noise': {
    title: '串行线上的噪声使比特翻转',
    symptom: '信元到达时校验不对，要重发；一切都变慢，但没有错误',
    parameters: FLIPS,
  },
  'baud-off-6-percent': {
    title: '板子的波特率偏了百分之几',
    symptom: '到达的八位组带帧错误、比特也不对；会话建立不起来',
    parameters: { error: '偏差多少；负数表示偏慢' },
  },
  'serial-wrong-baud': {
    title: '板子的波特率与这台计算机所设的不同',
    symptom: '两个方向都没有一个信元能听懂；换对了速率，板子马上应答',
    parameters: { baud: '它所用的波特率；默认是常用速率之一' },
  },
  'serial-drops': {
    title: '串行线上有八位组丢失',
    symptom: '信元到达时缺一截，定界丢了又找回；一切都变慢，但没有错误',
    parameters: { rate: '一个八位组丢失的概率' },
  },
  'serial-tx-rx-swapped': {
    title: 'TXD 接到了 TXD，RXD 接到了 RXD',
    symptom: '两端都收不到一个八位组：一根线上有两个输出，另一根上没有人驱动',
    parameters: {},
  },
  'serial-ground-missing': {
    title: '串行线的地没有接上',
    symptom: '每秒出现上百次的乱码，没有人发送时也有八位组',
    parameters: { hum: '两地之间的峰值电压', mains: '市电频率，单位 Hz' },
  },
  'serial-ttl-meets-rs232': {
    title: '板子的 TTL 引脚直接接到了 RS-232 口',
    symptom: '每一位都颠倒，空闲的线路成了一个长长的中断信号；±9 V 可能已烧坏引脚',
    parameters: {},
  },
  'serial-wrong-parity': {
    title: '板子的 UART 设了校验，这台计算机没有设',
    symptom: '板子说的能听懂，对它说的到达时有错误',
    parameters: { parity: '设成了什么' },
  },
  'serial-rx-open': {
    title: '板子的 RXD 断开',
    symptom: '板子自报家门，却什么也不回答',
    parameters: {},
  },
  'serial-tx-open': {
    title: '板子的 TXD 断开',
    symptom: '从来没有东西过来，可板子照着吩咐做了',
    parameters: {},
  },
  'serial-rx-shorted': {
    title: '板子的 RXD 对地短路',
    symptom: '板子自报家门，把线路当成一个长长的中断信号，什么也不回答',
    parameters: {},
  },
  'serial-tx-shorted': {
    title: '板子的 TXD 对地短路',
    symptom: '只来一个长长的中断信号，别无其他',
    parameters: {},
  },
  'serial-inverted': {
    title: '串行线路中有一个反相器',
    symptom: '每一位都颠倒，空闲的线路成了一个长长的中断信号',
    parameters: { way: '哪个方向' },
  },
  'serial-rx-noise': {
    title: '去往板子的线上的噪声使比特翻转',
    symptom: '对板子说的到达时损坏、要重发，它说的没有问题',
    parameters: FLIPS,
  },
  'serial-tx-noise': {
    title: '来自板子的线上的噪声使比特翻转',
    symptom: '板子说的到达时损坏、要重发，对它说的没有问题',
    parameters: FLIPS,
  },
  'serial-insertions': {
    title: '尖峰造出没人发送的八位组',
    symptom: '信元到达时太长，定界丢了又找回；一切都变慢，但没有错误',
    parameters: { rate: '每个八位组后面多出一个的概率' },
  },
  'serial-bursts': {
    title: '串行线旁有电机或继电器',
    symptom: '偶尔有片刻，两个方向都什么也听不懂',
    parameters: { every: '从一串干扰到下一串', length: '一串干扰持续多久' },
  },
  'serial-too-long': {
    title: '串行线缆太长，撑不住这个速率',
    symptom: '边沿太缓，各位混在一起；速率低些就行',
    parameters: { length: '从一端到另一端' },
  },
  'serial-data-bits': {
    title: '板子的 UART 设成了更少的数据位',
    symptom: '两个方向都听不懂：每个八位组缺了最高的几位',
    parameters: { bits: '设成了几位' },
  },
  'serial-flow-stuck': {
    title: '板子的串口在等永远不来的 CTS',
    symptom: '从来没有东西过来，可板子有电，也听得见',
    parameters: {},
  },
  'serial-echo': {
    title: '板子的 TXD 与 RXD 相碰',
    symptom: '这台计算机发什么就读回什么',
    parameters: {},
  },
} satisfies Partial<FaultTexts>
