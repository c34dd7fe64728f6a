/** 对端的故障。 */
import type { FaultTexts } from '../../fault-texts.js'

const FRAMES = { every: '从一个帧到下一个' }
const LONG = { ...FRAMES, octets: '帧的长度，含 FCS' }

export const PARTNER_FAULT_TEXTS_ZH = {
  'partner-full-duplex': {
    title: '对端被强制设为全双工',
    symptom: 'ping 能通，一有负载，这边就有迟冲突，那边就有 FCS 错误',
    parameters: {},
  },
  'partner-off': { title: '对端没有开机', symptom: '没有链路，可网线两端都插着', parameters: {} },
  'partner-100-only': {
    title: '对端只设了 100 Mb/s',
    symptom: '两端都没有链路，可对端与别人能通',
    parameters: {},
  },
  'partner-silent': { title: '对端的发送器坏了', symptom: '这边没有链路，对端却有', parameters: {} },
  'partner-jabber': {
    title: '对端发个不停',
    symptom: '接收 LED 一直亮着，什么也发不出去',
    parameters: { signal: '每次信号持续多久' },
  },
  'partner-pause-flood': {
    title: '对端不停地发暂停帧',
    symptom: '接收 LED 一直亮着，一切都慢，全双工的站停住不动',
    parameters: FRAMES,
  },
  'partner-runts': {
    title: '对端发送短于 64 个八位组的帧',
    symptom: '板子能工作，别的站丢弃对端的短帧，线路比应有的更忙',
    parameters: LONG,
  },
  'partner-slow': {
    title: '对端很忙，回答得晚',
    symptom: 'ping 有回答，但每次都要等一会儿',
    parameters: { delay: '过多久才处理一个帧' },
  },
  'partner-no-ping': {
    title: '对端的包过滤器不放行 ping',
    symptom: 'ARP 找得到对端，ping 没有回答',
    parameters: {},
  },
  'partner-no-arp': { title: '对端不应答 ARP', symptom: '两端都有链路，却没有人找得到对端', parameters: {} },
  'partner-deaf': {
    title: '对端的接收器坏了',
    symptom: '这边有链路，对端没有：发出的它都听不见',
    parameters: {},
  },
  'partner-restarts': {
    title: '对端反复重启',
    symptom: '链路时有时无，间隔很长',
    parameters: { every: '从一次启动到下一次', away: '断电多久' },
  },
  'partner-bad-fcs': {
    title: '对端的网卡给一部分帧加上错误的 FCS',
    symptom: '收到的帧 FCS 错误，而网线完好',
    parameters: { rate: '占它所发的帧的多少' },
  },
  'partner-giants': {
    title: '对端发送长于 1518 个八位组的帧',
    symptom: '板子能工作，别的站丢弃对端的长帧，线路比应有的更忙',
    parameters: LONG,
  },
  'broadcast-storm': {
    title: '网络里充斥着广播',
    symptom: '板子忙于与谁都无关的事，回答得晚，或不回答',
    parameters: FRAMES,
  },
  'network-flooded': {
    title: '交换机把给别人的帧也发到这里',
    symptom: '板子能工作，但线路上挤满了给别人的帧',
    parameters: LONG,
  },
  'partner-same-mac': {
    title: '对端的 MAC 地址与板子的相同',
    symptom: '两端都有链路，但谁也不信听到的来自别人',
    parameters: {},
  },
  'partner-same-address': {
    title: '对端的 IP 地址与板子的相同',
    symptom: '两端都有链路，对这个地址的询问各自回答自己',
    parameters: {},
  },
  'partner-other-network': {
    title: '对端在另一个 IP 网络',
    symptom: '两端都有链路，ping 没有回答',
    parameters: {},
  },
  'address-taken': {
    title: '第三台设备占用了板子的 IP 地址',
    symptom: '一会儿是板子回答，一会儿是另一台',
    parameters: {},
  },
  'mac-taken': {
    title: '第三台设备占用了板子的 MAC 地址',
    symptom: '发给其中一台的，两台都收到，或到了另一台',
    parameters: {},
  },
} satisfies Partial<FaultTexts>
