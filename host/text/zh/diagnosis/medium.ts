/** 看上去像没接网线的网线，以及虽然在那里却添乱的对端。 */
import type { MEDIUM_DIAGNOSIS } from '../../en/diagnosis/medium.js'
import type { SameSentences } from '../../keyed.js'

export const MEDIUM_DIAGNOSIS_ZH: SameSentences<typeof MEDIUM_DIAGNOSIS> = {
  'dead-both-ways.untold': '两端都有电，都看不到链路：从这一端分不清是网线或对端如此，还是插头没插上。',
  'busy-line.readings': ({ busy, readings }) => `没有向谁请求任何东西，${readings} 次读数中却有 ${busy} 次线路忙。`,

  'cable-straight.remedy':
    '把两个插头并排看：颜色顺序相同就是直通线。开发板的接法与计算机一样（MDI，在 1、2 脚发送）：接到没有 ' +
    'auto-MDIX 的计算机要用交叉线（1、2 脚对 3、6 脚），接集线器或交换机用直通线。中间加一台交换机，两种情况都行。',
  'partner-100-only.remedy':
    '把对端的端口设为自动，或 10 Mbit/s 半双工：芯片只支持 10BASE-T。许多 1 Gbit/s 及以上的端口已不再' +
    '支持它；中间加一台旧的 10/100 交换机。',
  'cable-shorted.remedy':
    '拔下网线两端，在一个插头上测量相邻的针脚之间：1 MΩ 以上是分开的，几欧姆就是两根导线相碰。' +
    '重新压接插头，或换一根网线；看看有没有钉子或骑马钉穿过它。',
  'cable-too-long.remedy': ({ frames, pulses }) =>
    `网线不要超过 100 m。5e 类网线超过约 ${frames} m，帧就打不开接收器的静噪；超过约 ${pulses} m，` +
    '链路测试脉冲也打不开：在两者之间，就会有链路而什么也传不过去。先用短网线试试。路程更长的，在中间加一台交换机，或用光纤。',

  'partner-silent.one-way':
    '对端看到了链路，而它什么也没有发来：要么它的发送器坏了，要么来这边的线对断了，后者更有可能。',
  'partner-silent.remedy':
    '用这根网线和这块板子接另一个对端试试：如果那里链路能建立，就是这个对端的发送器、变压器或插口坏了。如果' +
    '不能，就是网线或板子的接收线对坏了。',

  'cable-split-pair.own-collisions':
    '芯片只听时线路是安静的，自己的帧却一个也发不出去：它与自己碰撞，从发送线对串到了接收线对。',
  'cable-split-pair.last-attempt': ({ collisions }) =>
    `最后一次尝试以 ${collisions} 次碰撞告终，而没有别人会造成它们。`,
  'cable-split-pair.conductors': '两端都看到了链路：每根导线都通到了该去的地方。',
  'cable-split-pair.remedy':
    '看看插头：3、6 脚上的导线必须是同一种颜色（T568B 中为白绿与绿），中间 4、5 脚是蓝色。只测' +
    '通断的测试仪看不出来。重新压接插头，或换一根网线。',

  'partner-jabber.endless': '其中没有任何帧：它是一个没完没了的信号。',
  'partner-jabber.waits': '芯片等不到它结束，什么也发不出去。',
  'partner-jabber.remedy':
    '拔下对端：接收 LED 必须熄灭。网卡不停顿地发送超过 20 ms 到 150 ms，必须自行切断（IEEE 802.3 14.2.1.6）；' +
    '不切断的就是坏了：先重启它，再更换它。如果中间有集线器，就逐个端口拔掉试试。',

  'partner-pause-flood.count': ({ count, time }) => `${time} ms 里来了 ${count} 个暂停帧（类型 8808h，操作码 0001h）。`,
  'partner-pause-flood.remedy':
    '拔下对端，或关掉它的流量控制。接收存储器满而挂死的网卡会一直发暂停帧，直到重启；凡是听到它们的' +
    '全双工交换机端口都会停下。这里它们只是占用线路，因为芯片是半双工，而暂停帧在半双工中没有作用。',

  'partner-runts.count': ({ count, time }) => `${time} ms 里来了 ${count} 个不足 64 个八位组的帧。`,
  'partner-runts.no-pauses': '它们不是暂停帧。',
  'partner-runts.remedy':
    '谁发送不足 64 个八位组的帧，谁就没有填充：看看对端的驱动程序，或它的填充选项。芯片从 18 个八位组起就接收（DS39662 6.5），别的' +
    '设备会丢掉它们。如果它们是 FCS 有误的碎片，那就是碰撞留下的：看看对端是不是全双工，网线是不是太长。',
}
