/** 网线，以及它另一端的设备。 */
import type { CABLE_DIAGNOSIS } from '../../en/diagnosis/cable.js'
import type { SameSentences } from '../../keyed.js'

export const CABLE_DIAGNOSIS_ZH: SameSentences<typeof CABLE_DIAGNOSIS> = {
  'silent-pair.no-link': ({ reason }) => `${reason}；而交换机至多需要 5.5 s。`,
  'silent-pair.nothing-received': ({ readings }) => `读了 ${readings} 次 PHSTAT2，从未看到正在接收：这个线对是安静的。`,

  'cable-unplugged.phy': 'PHY 有应答，没有休眠，设置也正确。',
  'cable-unplugged.partner': '对端有电，同样看不到链路：两个方向都不通。',
  'cable-unplugged.remedy':
    '把网线两端都插到“咔哒”一声，看对端的链路 LED 亮不亮。换一根网线、换一个插口再试。' +
    '芯片只支持 10BASE-T，自己不会交叉：没有 auto-MDIX 的对端需要交叉线；' +
    '固定设为 100 或 1000 Mbit/s 的对端要改成自动。',

  'rx-pair-open.one-way': '对端看到了链路：芯片发出的能到达，对端发出的到不了。',
  'rx-pair-open.remedy':
    '接收线对断了一根：RJ-45 插头的 3、6 脚。用网线测试仪或万用表检查网线（插头到插头每脚应低于 1 Ω），' +
    '有问题就换掉；如果网线完好，再看插座、网络变压器到 TPIN+ 和 TPIN-（芯片 13、12 脚）之间有没有虚焊。',

  'partner-off.dark': '对端没有电：它的 LED 一个也不亮。',
  'partner-off.remedy':
    '打开对端的电源，看它的链路 LED 亮不亮。它若在休眠，就唤醒它；它的端口若在设置里被禁用，就启用。',

  'tx-pair-open.one-way': '本端有链路，而有电的对端看不到链路：芯片发出的一概到不了。',
  'tx-pair-open.unanswered': ({ reason }) => `帧发出去了，什么也没有返回：${reason}。`,
  'tx-pair-open.remedy':
    '发送线对断了一根：RJ-45 插头的 1、2 脚。逐脚检查网线（插头到插头应低于 1 Ω），有问题就换掉；如果网线完好，再看' +
    '插座、网络变压器到 TPOUT+ 和 TPOUT-（芯片 17、16 脚）之间有没有虚焊，以及变压器的中心抽头上有没有 3.3 V。',

  'cable-intermittent.lost': ({ count }) => `链路建立之后，使用中又断开了 ${count} 次。`,
  'cable-intermittent.registers': '芯片的寄存器一直都在，所以不是它的电源。',
  'cable-intermittent.remedy':
    '插头松动，或网线里有一根断线：检查运行时，在每个插头附近晃动网线，同时看链路 LED。换掉网线；如果' +
    '链路仍时有时无，再看插座的卡扣和触点，以及它在板上的焊点。',

  'partner-full-duplex.clean': ({ clean, rounds }) =>
    `${rounds} 轮中有 ${clean} 轮两端同时发送而什么也没丢：半双工的对端本该发生碰撞。`,
  'partner-full-duplex.broken': ({ broken, rounds }) =>
    `两端同时发送时，${rounds} 轮中有 ${broken} 轮芯片中断了发送：对端在该等待的时候抢着发。`,
  'partner-full-duplex.undamaged': '一次只有一端发送时，一切完好到达，所以不是网线。',
  'partner-full-duplex.remedy':
    '把对端的端口设为自动，或 10 Mbit/s 半双工。强制全双工时它不听就发；芯片不会协商，因而是半双工，会把它的每一帧当作' +
    '碰撞。如果对端只能保持原样，就把两边都手动设为全双工。',

  'rx-pair-reversed.pulses': ({ reversed, readings }) =>
    `${readings} 次读数中有 ${reversed} 次 PHSTAT2.PLRITY 置位：链路脉冲到达时极性颠倒。`,
  'rx-pair-reversed.no-link': '凭这样的脉冲，链路建立不起来。',
  'rx-pair-reversed.frames': '链路建立了，而帧不能正常到达。',
  'rx-pair-reversed.remedy':
    '接收线对的两根线接反了：RJ-45 插头的 3、6 脚（T568B 中为白绿与绿）。把两个插头并排对照，' +
    '或者用网线测试仪；换掉网线。如果网线完好，就是模块上 TPIN+ 与 TPIN-（芯片 13、12 脚）接反了。' +
    '芯片自己的极性纠正不起作用（勘误 7）。',

  'cable-noise.wrong-fcs': ({ wrong, sent }) => `${sent} 帧中有 ${wrong} 帧到达时 FCS 有误：在来的路上有比特翻转。`,
  'cable-noise.unanswered': ({ lost, sent }) => `${sent} 个中有 ${lost} 个没有应答：对端把收到的坏帧丢掉了。`,
  'cable-noise.set-up': '链路已建立，芯片的两部分双工方式一致，所以不是设置问题。',
  'cable-noise.sends': '芯片发送时没有碰撞。',
  'cable-noise.remedy':
    '先换网线：破损或串绕的线对就是这个样子。让它远离市电、电机和荧光灯，长度不超过 100 m。' +
    '然后检查模块上的四个 49.9 Ω 电阻和 RBIAS（B5、B7 版为 2.32 kΩ，更早的为 2.7 kΩ），并确认发送时电源保持在 3.1 V 以上。',
}
