/** 控制器与芯片之间各根导线的故障。 */
import type { FaultTexts } from '../../fault-texts.js'

const none = {}
const FLOATS = { floats: '芯片的输入漂向哪里' }
const LIKE_FLOATING = '每个寄存器读起来都像悬空的线'
const NO_EFFECT = '写什么都不起作用'
const ALL_FF = '每个寄存器都读出 FFh'
const ELSE = '寄存器读错，写进去的做了别的事'

export const WIRING_FAULT_TEXTS_ZH = {
  'miso-open': { title: 'MISO 断开', symptom: `${ALL_FF}，而 INT 引脚仍随写入的内容动作`, parameters: none },
  'cs-stuck-high': { title: '片选从不变低', symptom: `${ALL_FF}，${NO_EFFECT}`, parameters: none },
  'cs-stuck-low': {
    title: '片选对地短路',
    symptom: '芯片把一切当成一条没有尽头的命令：读数从不改变',
    parameters: none,
  },
  'mosi-miso-swapped': { title: 'MOSI 与 MISO 接反', symptom: `${ALL_FF}，${NO_EFFECT}`, parameters: none },
  'int-open': {
    title: 'INT 断开',
    symptom: '寄存器正常，但 INT 输入从不变低，帧处理得晚',
    parameters: none,
  },
  'spi-noise': {
    title: 'SPI 导线太长',
    symptom: '寄存器和存储器里偶尔有个别位出错',
    parameters: { rate: '一位被读错的概率' },
  },
  'miso-stuck-low': {
    title: 'MISO 对地短路',
    symptom: '每个寄存器都读出 00h，而 INT 仍随写入的内容动作',
    parameters: none,
  },
  'miso-stuck-high': {
    title: 'MISO 与电源短路',
    symptom: `${ALL_FF}，而 INT 仍随写入的内容动作`,
    parameters: none,
  },
  'mosi-open': {
    title: 'MOSI 断开',
    symptom: `无论问什么，芯片都当作读寄存器 00h，${NO_EFFECT}`,
    parameters: FLOATS,
  },
  'mosi-stuck-low': {
    title: 'MOSI 对地短路',
    symptom: '无论问什么，芯片都当作读寄存器 00h',
    parameters: none,
  },
  'mosi-stuck-high': {
    title: 'MOSI 与电源短路',
    symptom: '无论问什么，芯片都当作复位，别的什么也不做',
    parameters: none,
  },
  'sck-open': { title: 'SCK 断开', symptom: `${LIKE_FLOATING}，${NO_EFFECT}`, parameters: none },
  'sck-stuck-low': { title: 'SCK 对地短路', symptom: `${LIKE_FLOATING}，${NO_EFFECT}`, parameters: none },
  'sck-stuck-high': { title: 'SCK 与电源短路', symptom: `${LIKE_FLOATING}，${NO_EFFECT}`, parameters: none },
  'cs-open': { title: '片选断开', symptom: '芯片充耳不闻，或什么都听，看它的输入漂向哪里', parameters: FLOATS },
  'int-stuck-low': { title: 'INT 对地短路', symptom: '寄存器正常，控制器看到永不结束的中断', parameters: none },
  'int-stuck-high': {
    title: 'INT 与电源短路',
    symptom: '寄存器正常，但 INT 输入从不变低，帧处理得晚',
    parameters: none,
  },
  'reset-held': {
    title: '芯片的 RESET 对地短路',
    symptom: `${LIKE_FLOATING}，可 SPI 的导线全都完好`,
    parameters: none,
  },
  'reset-glitch': {
    title: '芯片的 RESET 受到尖峰干扰',
    symptom: '先正常一阵，随后寄存器回到复位值，什么也收不到',
    parameters: { every: '从一个尖峰到下一个', length: '变低多久' },
  },
  'spi-wire-loose': {
    title: 'SPI 的一根导线接触不良',
    symptom: '能工作，但每隔几秒寄存器有片刻读出乱值',
    parameters: { wire: '哪一根', every: '从一次断开到下一次', away: '断开多久' },
  },
  'sck-mosi-shorted': { title: 'SCK 与 MOSI 相碰', symptom: ELSE, parameters: none },
  'mosi-miso-shorted': {
    title: 'MOSI 与 MISO 相碰',
    symptom: '读寄存器时，它的回答与同时发出的零在一根线上相遇',
    parameters: none,
  },
  'sck-miso-shorted': {
    title: 'SCK 与 MISO 相碰',
    symptom: '为 1 的位使时钟停住，寄存器读错',
    parameters: none,
  },
  'sck-cs-shorted': {
    title: 'SCK 与片选相碰',
    symptom: '没有一条指令能到第二位：每来一个时钟，芯片就重新被选中',
    parameters: none,
  },
  'cs-mosi-shorted': { title: '片选与 MOSI 相碰', symptom: ELSE, parameters: none },
  'cs-miso-shorted': {
    title: '片选与 MISO 相碰',
    symptom: '芯片被选中时 MISO 为低：每个寄存器都读出 00h',
    parameters: none,
  },
  'miso-int-shorted': {
    title: 'MISO 与 INT 相碰',
    symptom: '有中断待处理时寄存器读出 00h，而读取又造出中断',
    parameters: none,
  },
  'mosi-int-shorted': {
    title: 'MOSI 与 INT 相碰',
    symptom: 'INT 随所发的内容变低，有中断待处理时指令会变样',
    parameters: none,
  },
  'sck-mosi-swapped': { title: 'SCK 与 MOSI 接反', symptom: ELSE, parameters: none },
  'sck-cs-swapped': { title: 'SCK 与片选接反', symptom: LIKE_FLOATING, parameters: none },
  'mosi-cs-swapped': { title: 'MOSI 与片选接反', symptom: ELSE, parameters: none },
  'sck-miso-swapped': { title: 'SCK 与 MISO 接反', symptom: LIKE_FLOATING, parameters: none },
  'miso-int-swapped': {
    title: 'MISO 与 INT 接反',
    symptom: '寄存器读出 FFh 或 00h，看有没有中断待处理；INT 随读出的内容动作',
    parameters: none,
  },
  'spi-mode': {
    title: '控制器用了与芯片不同的 SPI 模式',
    symptom: '寄存器读出来错开一位，写进去的到了别处',
    parameters: { mode: '控制器所用的模式' },
  },
  'spi-bit-order': {
    title: '控制器先发最低位',
    symptom: '寄存器读出来像镜像，写进去的到了别处',
    parameters: none,
  },
  'sck-rings': {
    title: 'SCK 的边沿振铃，有的被芯片数了两次',
    symptom: '偶尔有指令错开一位，写进去的不是原来要写的',
    parameters: { rate: '一个时钟被数两次的概率' },
  },
  'cs-glitches': {
    title: '片选受到尖峰干扰',
    symptom: '偶尔有指令中途结束，余下的被当成另一条',
    parameters: { rate: '每个时钟的概率' },
  },
  'miso-weak': {
    title: 'MISO 上芯片的 3.3 V 对控制器的输入来说太低',
    symptom: '一偶尔被读成零，零从不被读成一',
    parameters: { rate: '一被读成零的概率' },
  },
} satisfies Partial<FaultTexts>
