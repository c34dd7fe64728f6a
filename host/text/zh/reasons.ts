/** 各项检查对测得结果的说明：哪里不对，或者为什么没有可测的。 */
import type { PartnerAt, REASONS } from '../en/reasons.js'
import type { SameSentences } from '../keyed.js'

/** 操作系统用英文给出双工方式。 */
const DUPLEX_ZH: Readonly<Record<string, string>> = { half: '半双工', full: '全双工' }

export const REASONS_ZH: SameSentences<typeof REASONS> = {
  'serial.session.silent': ({ limit }) => `${limit} s 之内没有会话：一个八位组也没有返回`,
  'serial.session.garbled': ({ limit, octets }) => `${limit} s 之内没有会话：返回了 ${octets} 个八位组，拼不成信元`,
  'serial.session.loopback': ({ limit, cells }) =>
    `${limit} s 之内没有会话：返回的是我们自己的信元（${cells} 个），说明某处发送与接收连在一起：环回插头、焊锡桥接，或会回送的设备`,
  'serial.session.other-host': ({ limit, cells }) =>
    `${limit} s 之内没有会话：这条线上另有一台主机（来了它的 ${cells} 个信元）：两个程序或两台计算机都在问，没有板子应答`,
  'serial.session.one-way': ({ limit, requests }) =>
    `${limit} s 之内没有会话：听得到开发板，它请求了 ${requests} 次会话，却没有应答我们的请求：我们发的到不了它那里`,
  'serial.session.version': ({ board, version }) =>
    `开发板的固件按第 ${version} 版的方式打开会话：那样，一个方向不通也可能像是有应答，主机死掉时它也不归还借出的东西；请烧写它：linkpulse flash ${board} PORT`,
  'serial.rate.none': ({ wanted, tried }) => `${wanted} 波特没有应答，另外 ${tried} 种波特率也没有`,
  'serial.rate.another': ({ wanted, found }) =>
    `开发板在 ${found} 波特应答，而不是 ${wanted}：请用 --baud ${found}，或写成 serial:PATH@${found}`,
  'serial.baud-change.off': '开发板不在所要求的波特率上，让它切换也会切到别处：先解决那个问题',
  'serial.baud-change.unconfirmed': ({ rate, former }) => `开发板没有确认 ${rate} 波特；线路仍用 ${former}`,
  'serial.identity.firmware': ({ board, firmware }) => `${board}，固件 ${firmware}`,
  'serial.line.errors': ({ errors, octets }) => `${octets} 个八位组中有 ${errors} 个错误，链路已发现并修复，代价是时间`,
  'serial.retransmissions.repeated': '什么也没丢，但有些信元重发过',
  'serial.restarts.anew': ({ count }) => `检查期间开发板重启了 ${count} 次`,
  'serial.restarts.anew-by': ({ count, cause }) => `检查期间开发板重启了 ${count} 次；上次启动的原因是 ${cause}`,
  'serial.reopens': '在浏览器里不行：它只有重新打开串口才能改波特率，而许多板子会因此重启',
  'serprog.no-cells': '经由 serprog 不行，它没有信元：这条线上的错误没有人能发现',
  'serprog.silent': ({ seconds }) => `开发板在 ${seconds} s 之内没有应答 serprog 查询`,
  'serprog.answer': ({ error }) => `开发板对 serprog 查询的应答是：${error}`,

  'spi.clock.unknown': '这个编程器只有一种 SPI 时钟，也不说是多少（没有 S_SPI_FREQ）',
  'spi.pins.old-firmware': '开发板的固件不能逐根操作 SPI 的导线；用 linkpulse flash 换上新的固件',
  'spi.interrupt-pin.unreadable': '这块板子读不到 INT 引脚',
  'spi.interrupt-pin.slow': ({ milliseconds }) =>
    `INT 会到芯片要的电平，但是晚了：不是立刻，而是在 ${milliseconds} ms 之内`,
  'spi.interrupt-pin.no-clock': '没有 25 MHz 时钟，芯片也就没有可中断的事',

  'chip.revision.name': ({ revision }) => `版本 ${revision}`,
  'chip.revision.none': 'ENC28J60 从未有过这个编号；要么是读数在路上坏了，要么不是 ENC28J60',

  'view.desk': '在桌上，对端只应答 ARP 和回显请求，不对它提别的要求；若对端是我们的，请用 --view bench',

  'phy.link.none': ({ seconds }) => `芯片配置之后 ${seconds} s 仍没有链路`,
  'phy.partner.at': ({ interface: name, speed, duplex }: PartnerAt) =>
    `在这台计算机的接口 ${name} 上测得：${speed} Mbit/s，${DUPLEX_ZH[duplex] ?? `双工方式 ${duplex}`}`,
  'phy.partner.not-ours': '对端不是我们的：看看它的电源 LED 和链路 LED',

  'peer.name-it': ({ reason }) => `${reason}；如果你的对端是别的地址，请用 --peer 指明`,
  'peer.none': ({ peer }) => `${peer} 没有对端应答：见 mac.receive`,
  'mac.receive.nobody': ({ peer, requests, milliseconds }) =>
    `${milliseconds} ms 里对 ${peer} 发出 ${requests} 个 ARP 请求，没有应答`,
  'pacing.clock': '这块板子的 SCK 不能慢到足以在恰当的时刻发送',
  'mac.unicast-filter.no-probes': '对端不应答 ARP 探测（RFC 5227）',
  'mac.simultaneous.not-ours': '对端不是我们的：无法要求它此刻发送',

  'network.controller.no-link': '链路没有建立',
  'network.arp.silent': ({ peer, reason }) => `${peer} 没有应答：${reason}`,
  'network.ping.lost': ({ lost, count, peer, reasons }) =>
    `${peer} 的 ${count} 个回显中有 ${lost} 个没有返回（${reasons.join('，')}）`,
  'network.answers.not-ours': '对端不是我们的：无法要求它 ping',
  'network.steady.fault': ({ fault }) => `芯片的故障：${fault}`,
  'network.release.only-bridges': '这块板子只做桥接：没有自己的控制器',
  'network.release.no-change': ({ milliseconds }) => `${milliseconds} ms 之后：开发板没有报告任何状态变化`,
  'network.release.states': ({ milliseconds, states }) =>
    `${milliseconds} ms 之后：${states.map(({ region, state }) => `${region} 处于 ${state}`).join('，')}`,
}
