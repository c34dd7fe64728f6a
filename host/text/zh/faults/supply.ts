/** 供电和时钟快慢方面的故障。 */
import type { FaultTexts } from '../../fault-texts.js'

const SAG = { every: '从一次跌落到下一次', length: '一次跌落持续多久' }

export const SUPPLY_FAULT_TEXTS_ZH = {
  'no-power': {
    title: '板子没有电',
    symptom: '串口能打开，却从来没有应答；没有一个 LED 亮',
    parameters: {},
  },
  'brown-out': {
    title: '板子的供电每隔几秒跌落一次',
    symptom: '板子每隔几秒重启一次，复位原因是欠压',
    parameters: { ...SAG, volts: '供电还剩多少' },
  },
  'chip-brown-out': {
    title: '芯片的 3.3 V 在工作中跌落',
    symptom: '先正常一阵，随后寄存器回到复位值，什么也收不到',
    parameters: { ...SAG, volts: '3.3 V 还剩多少' },
  },
  'supply-low': {
    title: '芯片的 3.3 V 太低',
    symptom: '每个寄存器读起来都像悬空的线，芯片是凉的',
    parameters: { volts: '实际电压' },
  },
  'supply-weak': {
    title: '芯片的 3.3 V 带不动负载',
    symptom: '寄存器正常，芯片一发送就复位：Uno 的 3.3 V 引脚只有 50 mA，芯片要 180 mA',
    parameters: { resistance: '供电的内阻' },
  },
  'supply-ripple': {
    title: '芯片的 3.3 V 有纹波',
    symptom: '芯片每秒复位许多次，或者像没事一样工作',
    parameters: { ripple: '峰谷之差', frequency: '起落的频率' },
  },
  'spi-slow': {
    title: '控制器的 SPI 时钟太慢',
    symptom: '一切都对，网络一忙，接收缓冲就溢出',
    parameters: { clock: 'SCK 的频率' },
  },
  'spi-too-fast': {
    title: 'SPI 时钟太快，导线跟不上',
    symptom: '全速时读数错开一位，时钟慢些就对了',
    parameters: { carries: '导线能承受板子所用时钟的多少' },
  },
} satisfies Partial<FaultTexts>
