/** `linkpulse demo` 对各层所说的话。 */
import type { DEMO_WORDS } from '../en/demo.js'
import type { SameSentences } from '../keyed.js'

export const DEMO_WORDS_ZH: SameSentences<typeof DEMO_WORDS> = {
  'demo.application': '应用层',
  'demo.presentation': '表示层',
  'demo.session': '会话层',
  'demo.transport': '传输层',
  'demo.network': '网络层',
  'demo.data-link': '数据链路层',
  'demo.physical': '物理层',
  'demo.client': '客户端',
  'demo.server': '服务器',
  'demo.line': ({ who, words }) => `${who}：${words}`,
  'demo.begins': ({ name, client, server }) => `${name}：客户端在 ${client}，服务器在 ${server}，中间是 10BASE-T`,
  'demo.unpacked': ({ packed, octets, characters }) =>
    `gzip：${packed} 个八位组还原为 ${octets} 个；UTF-8：${octets} 个八位组是 ${characters} 个字符`,
  'demo.cookie': 'HTTP 不记得上一个请求；服务器靠带回来的 cookie 重新认出客户端',
  'demo.tls': ({ version, cipher }) => `${version}，${cipher}：上层的内容在线路上只是没有意义的八位组`,
  'demo.full-handshake': '完整握手：证书、签名、密钥；服务器发给一张下次用的票据',
  'demo.resumed': '凭票据恢复先前的会话：这次不发证书',
  'demo.passive': '一个会话，两条连接；被动模式：服务器说它在哪里等第二条',
  'demo.active': '主动模式：客户端说它在哪里等，服务器连回来',
  'demo.telnet-options': '选项就在数据流里协商：IAC (255)、愿意或要求、哪个选项',
  'demo.telnet-echo': '从这里起每个按键都到服务器再回来：屏幕上的字都走过线路',
  'demo.starttls': '在同一条连接里从明文转入 TLS',
  'demo.starttls-again': '明文里商定的一概作废，会话重新开始',
  'demo.mime': '字符变成八位组 (UTF-8)，再变成任何中继都放行的 ASCII 字母 (base64)',
  'demo.mime-read': ({ subject, body }) => `再从 base64 和 UTF-8 读出：“${subject}”，“${body}”`,
  'demo.pop3-states': '会话有状态：认证、事务、更新，到最后一个状态信件才真正删除',
  'demo.ssh-keys': ({ exchange, hostKey, cipher }) =>
    `密钥由 ${exchange} 商定，服务器以 ${hostKey} 证明身份，此后一切用 ${cipher} 加密`,
  'demo.ssh-channels': '一条连接，多个通道：命令和文件并行',
  'demo.no-session': '没有会话：一问一答，各一个数据报',
  'demo.dns-names': '名字是一串标签，每个前面有它的长度',
  'demo.segments': ({ segments, connections, octets }) =>
    `TCP：${segments} 个报文段，${connections} 条连接，数据 ${octets} 个八位组`,
  'demo.datagrams': ({ datagrams }) => `UDP：${datagrams} 个数据报`,
  'demo.packets': ({ packets }) => `IPv4：${packets} 个分组，每个首部 20 个八位组`,
  'demo.frames': ({ frames, arp, octets }) =>
    `以太网：${frames} 帧，其中 ARP ${arp} 帧；连同地址、填充和 FCS 共 ${octets} 个八位组`,
  'demo.bits': ({ bits, time }) => `10BASE-T：连前导码共 ${bits} 比特，曼彻斯特编码，占线 ${time} ms`,
  'demo.lines': ({ lines }) => `如上 ${lines} 条消息`,
  'demo.capture': ({ frames, path }) => `${frames} 帧写入 ${path}：用 wireshark ${path} 查看`,
  'demo.capture-with-keys': ({ frames, path }) => `${frames} 帧写入 ${path}，附有 TLS 密钥：wireshark ${path} 显示明文`,
}
