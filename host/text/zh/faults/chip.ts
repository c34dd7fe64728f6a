/** 以太网芯片及其外围元件的故障。 */
import type { FaultTexts } from '../../fault-texts.js'

const WHICH = '八位组的哪一位'
const STUCK = '卡死在什么值'

export const CHIP_FAULT_TEXTS_ZH = {
  'crystal-missing': {
    title: '缺少 25 MHz 晶振',
    symptom: 'ETH 寄存器有应答，CLKRDY 始终不来，PHY 没有动静',
    parameters: {},
  },
  'wrong-revision': {
    title: 'B1 版硅片，SPI 时钟低于 8 MHz',
    symptom: 'MAC 和 MII 寄存器偶尔读错，ETH 寄存器从不（勘误 1）',
    parameters: {},
  },
  'buffer-memory-bad': {
    title: '缓冲存储器有一位卡死',
    symptom: '长帧回来时错一位，短帧没有问题，寄存器完好',
    parameters: { address: '在 8 KB 的何处', bit: WHICH, level: STUCK },
  },
  'phy-dead': {
    title: 'PHY 已坏',
    symptom: 'ETH 和 MAC 寄存器完好，PHY 寄存器都读出 0000h，没有链路',
    parameters: {},
  },
  'memory-data-line': {
    title: '缓冲存储器的一根数据线卡死',
    symptom: '帧的每个八位组都有同一位出错，寄存器完好',
    parameters: { bit: WHICH, level: STUCK },
  },
  'memory-address-line': {
    title: '缓冲存储器的一根地址线卡死',
    symptom: '帧回来时夹着别的帧的八位组，寄存器完好',
    parameters: { line: '十三根中的哪一根' },
  },
  'memory-lines-touch': {
    title: '缓冲存储器的两根数据线相碰',
    symptom: '每个八位组都有两位相同，寄存器完好',
    parameters: { bit: '相邻两根中低的那根' },
  },
  'ledb-strap': {
    title: 'LEDB 接反',
    symptom: '复位后 PHY 处于全双工，不去设置它的驱动会看到迟冲突',
    parameters: {},
  },
  'transmit-weak': {
    title: '芯片的发送器太弱',
    symptom: '这边有链路，对端没有，或者发出的都到不了',
    parameters: { left: '信号还剩多少' },
  },
  'bias-resistor': {
    title: 'RBIAS 处的电阻阻值不对',
    symptom: '发出的信号太弱：网线一长，或遇到某些对端，就什么也到不了',
    parameters: { ohms: '实际阻值，应为 2.32 kΩ' },
  },
  'magnetics-open': {
    title: '模块的变压器有一个绕组断开',
    symptom: '换什么网线都像断了一对线',
    parameters: { winding: '哪个绕组' },
  },
  'crystal-off': {
    title: '晶振的频率不是 25 MHz',
    symptom: '两端都有链路，但两个方向的长帧，或者所有的帧，到达时损坏',
    parameters: { off: '偏差多少' },
  },
  'vcap-missing': {
    title: '缺少 VCAP 处的电容',
    symptom: '寄存器有应答，芯片一发送就自己复位',
    parameters: {},
  },
} satisfies Partial<FaultTexts>
