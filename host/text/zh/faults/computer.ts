/** 这台计算机和它的串口上可能坏的，以及别的设备。 */
import type { FaultTexts } from '../../fault-texts.js'

const BAUD = { baud: '它发送的波特率' }

export const COMPUTER_FAULT_TEXTS_ZH = {
  'adapter-latency': {
    title: 'USB 适配器迟迟才交出八位组',
    symptom: '一切正常，只是每次询问都慢这么多',
    parameters: { timer: '两次交付之间的时间' },
  },
  'computer-slow': {
    title: '这台计算机很忙，适配器的缓冲区溢出',
    symptom: '板子说的话里偶尔缺八位组，一切都会停顿片刻',
    parameters: {
      away: '这台计算机多久不来取',
      every: '从一次停顿到下一次',
      buffer: '适配器能存多少',
    },
  },
  'adapter-loose': {
    title: '适配器的 USB 插头接触不良',
    symptom: '每隔几秒，两个方向都有片刻不通',
    parameters: { every: '从一次断开到下一次', away: '断开多久' },
  },
  'port-gps': {
    title: '这个串口上是一台 GPS 接收机',
    symptom: '每秒来一段文字，问什么都不回答',
    parameters: BAUD,
  },
  'port-modem': {
    title: '这个串口上是一台调制解调器',
    symptom: '发出去的会原样回来，后面偶尔跟着 ERROR',
    parameters: BAUD,
  },
  'port-login': {
    title: '这个串口上是另一台计算机的控制台',
    symptom: '有东西在问用户名和密码',
    parameters: BAUD,
  },
  'port-loopback': {
    title: '这个串口上是一个环回插头',
    symptom: '发什么就回来什么，一字不差',
    parameters: {},
  },
  'port-boot-loader': {
    title: '这个串口上是一块没有程序的 Arduino',
    symptom: '只回答烧录器的询问',
    parameters: { baud: '它的引导程序的波特率' },
  },
  'port-sketch': {
    title: '这个串口上是一块装着别的程序的 Arduino',
    symptom: '每秒来一段文字，问什么都不回答',
    parameters: BAUD,
  },
} satisfies Partial<FaultTexts>
