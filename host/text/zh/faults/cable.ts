/** 网线和途中的盒子的故障。 */
import type { FaultTexts } from '../../fault-texts.js'

const PLUGS = { length: '从插头到插头' }
const LEFT = { left: '信号还剩多少' }
const LOOSE = { every: '从一次断开到下一次', away: '断开多久' }
const SHARE = { rate: '占帧的多少，每个方向' }

export const CABLE_FAULT_TEXTS_ZH = {
  'cable-unplugged': { title: '网线没有插上', symptom: '没有链路，接收线对上一片寂静', parameters: {} },
  'cable-straight': {
    title: '用直通线接到了接法相同、又不会自动交叉的对端',
    symptom: '两端都没有链路，可网线完好，用在别处没有问题',
    parameters: {},
  },
  'cable-shorted': {
    title: '网线中两根导线相碰',
    symptom: '两端都没有链路',
    parameters: { pins: '哪两个脚的导线相碰' },
  },
  'cable-too-long': {
    title: '网线太长',
    symptom: '两端都没有链路，可每根导线都完好',
    parameters: PLUGS,
  },
  'cable-split-pair': {
    title: '串绕线对：同一对的两根导线没有互相绞合',
    symptom: '两端都有链路，测线仪也说每根线都在位，但每一帧都与自己冲突',
    parameters: PLUGS,
  },
  'rx-pair-reversed': {
    title: '接收线对的两根接反',
    symptom: '链路脉冲到达时上下颠倒；一个帧也收不到',
    parameters: {},
  },
  'rx-pair-open': { title: '接收线对断了一根', symptom: '这边没有链路，对端却有', parameters: {} },
  'tx-pair-open': {
    title: '发送线对断了一根',
    symptom: '这边有链路，对端没有：发出的都到不了',
    parameters: {},
  },
  'cable-noise': {
    title: '长网线上的噪声使比特翻转',
    symptom: '链路已建立，有的帧到达时 FCS 错误，有的从来得不到回答',
    parameters: { noise: '接收器处的噪声，10 MHz 带宽内的有效值', ...PLUGS },
  },
  'cable-intermittent': {
    title: '插头松动',
    symptom: '链路时有时无',
    parameters: { every: '从一次断开到下一次，平均值', away: '断开多久' },
  },
  'tx-pair-reversed': {
    title: '发送线对的两根接反，而对端不会自动纠正',
    symptom: '这边有链路，对端没有，或者发出的都到不了',
    parameters: {},
  },
  'cable-wire-open': {
    title: '网线断了一根导线',
    symptom: '只有一端有链路；测线仪能找出是哪个脚',
    parameters: { pin: '插头的哪个脚' },
  },
  'cable-wires-swapped': {
    title: '一个插头里有两根导线对调',
    symptom: '没有链路，或只有一端有；测线仪能找出哪两个脚对调了',
    parameters: { pins: '插头的哪两个脚' },
  },
  'rx-noise': {
    title: '接收线对上的噪声使比特翻转',
    symptom: '链路已建立，收到的帧 FCS 错误，发出的能到',
    parameters: { noise: '接收器处的噪声，10 MHz 带宽内的有效值', ...PLUGS },
  },
  'tx-noise': {
    title: '发送线对上的噪声使比特翻转',
    symptom: '链路已建立，收到的帧完好，发出的有一部分到不了',
    parameters: { noise: '接收器处的噪声，10 MHz 带宽内的有效值', ...PLUGS },
  },
  'rx-pair-weak': {
    title: '接收线对的触点锈蚀',
    symptom: '这边没有链路，或者有链路却什么也过不来',
    parameters: LEFT,
  },
  'tx-pair-weak': { title: '发送线对的触点锈蚀', symptom: '这边有链路，发出的都到不了', parameters: LEFT },
  'rx-pair-loose': {
    title: '接收线对的一个触点松动',
    symptom: '这边的链路时有时无，或者帧被截短',
    parameters: LOOSE,
  },
  'tx-pair-loose': {
    title: '发送线对的一个触点松动',
    symptom: '这边的链路一直在，对端的时有时无',
    parameters: LOOSE,
  },
  'cable-bursts': {
    title: '网线旁有调光器或电机',
    symptom: '有的帧到达时 FCS 错误，长的更常见，与市电同步',
    parameters: {
      length: '每串干扰的长度',
      every: '从一串干扰到下一串',
      noise: '接收器处的噪声，10 MHz 带宽内的有效值',
    },
  },
  'box-drops': {
    title: '途中的交换机丢帧',
    symptom: '有的 ping 从来得不到回答，而两端都没有计到错误',
    parameters: SHARE,
  },
  'box-mangles': {
    title: '途中的交换机改动比特，又补上正确的 FCS',
    symptom: '按 FCS 看帧都完好，里面的内容却是错的',
    parameters: SHARE,
  },
  'box-duplicates': {
    title: '途中的盒子把帧发两遍',
    symptom: '有的 ping 得到两次或更多回答',
    parameters: SHARE,
  },
  'box-delays': {
    title: '途中的盒子扣住帧',
    symptom: 'ping 的回答来得晚，此外一切正常',
    parameters: { delay: '延迟，每个方向' },
  },
  'box-reorders': {
    title: '帧在途中的盒子里互相超车',
    symptom: 'ping 的回答次序颠倒，TCP 很慢',
    parameters: SHARE,
  },
  'box-drops-large': {
    title: '途中的盒子丢弃长帧',
    symptom: '短的 ping 有回答，长的从来没有',
    parameters: { octets: '能通过的最大长度' },
  },
} satisfies Partial<FaultTexts>
