/** 脚本运行的经过，以及哪里不合：英文写在发生之处（`host/drill/`），这里按它的样子再说一遍；包、调用和名称照原样。 */
import { type Phrase, phrasebook } from '../phrases.js'

const STORY: readonly Phrase[] = [
  ['the peer sends {1}', '对端发送 {1}'],
  ['the peer sends {1} (peer {2})', '对端发送 {1}（对端 {2}）'],
  ['the stack sends {1}', '协议栈发送 {1}'],
  ['the stack sends {1} (peer {2})', '协议栈发送 {1}（对端 {2}）'],
  ['{1} blocks', '{1} 阻塞'],
  ['{1} returns {2}', '{1} 返回 {2}'],
  ['a connection between {1} and {2} is in {3}', '{1} 与 {2} 之间的连接处于 {3}'],
  ['the connection goes from {1} to {2}', '连接从 {1} 进入 {2}'],
  ['the connection between {1} and {2} goes from {3} to {4}', '{1} 与 {2} 之间的连接从 {3} 进入 {4}'],
]

const VERDICTS: readonly Phrase[] = [
  ['the script ends, and no line expects what the stack sent at {1}', '脚本结束，没有一行期待协议栈在 {1} 发出的包'],
  ['it was sent at {1}, and expected at {2}', '它在 {1} 发出，期待在 {2}'],
  ['it was sent at {1}, and expected at {2} to {3}', '它在 {1} 发出，期待在 {2} 到 {3}'],
  ['the stack sent another packet at {1}', '协议栈在 {1} 发出了别的包'],
  ['nothing was sent by {1}', '到 {1} 为止什么也没有发出'],
  ['only {1} octets of it were sent by {2}', '到 {2} 为止只发出了其中 {1} 个八位组'],
  [
    '{1}() blocks: say when it returns (0.1...0.2 {2}(…)), or make the socket non-blocking',
    '{1}() 阻塞：请写明它何时返回（0.1...0.2 {2}(…)），或把套接字设为非阻塞',
  ],
  ['{1}() returned {2}, not {3}', '{1}() 返回 {2}，而不是 {3}'],
  ['{1}() returned at {2}, and was to return at {3}', '{1}() 在 {2} 返回，应在 {3} 返回'],
  ['{1}() still blocks at {2}', '{1}() 在 {2} 仍然阻塞'],
  ['{1} does not hold', '{1} 不成立'],
  ['it never does', '它从不成立'],
]

const DIFFERENCES: readonly Phrase[] = [
  ['it is {1}, not {2}', '它是 {1}，不是 {2}'],
  ['it has {1} octets, not {2}', '它有 {1} 个八位组，不是 {2} 个'],
  ['its ECN field is {1}', '它的 ECN 字段是 {1}'],
  ['its traffic class is 0x{1}', '它的流量类别是 0x{1}'],
  ['its time to live is {1}', '它的生存时间是 {1}'],
  ['it has no flow label', '它没有流标签'],
  ['its flow label is the same as before', '它的流标签与之前相同'],
  ['its flow label is another than before', '它的流标签与之前不同'],
  ['it goes to port {1}', '它去往端口 {1}'],
  ['it comes from port {1}', '它来自端口 {1}'],
  ['its id is {1}, not {2}', '它的 id 是 {1}，不是 {2}'],
  ['its flags are {1}, not {2}', '它的标志是 {1}，不是 {2}'],
  ['it begins at {1}, not {2}', '它从 {1} 开始，不是 {2}'],
  ['it has {1} octets of data, not {2}', '它有 {1} 个八位组的数据，不是 {2} 个'],
  ['its ack is {1}, not {2}', '它的 ack 是 {1}，不是 {2}'],
  ['its win is {1}, not {2}', '它的 win 是 {1}，不是 {2}'],
  ['its urg is {1}, not {2}', '它的 urg 是 {1}，不是 {2}'],
  ['it has an acknowledgement number without ACK', '它没有 ACK 却有确认号'],
  ['its options are {1}, not {2}', '它的选项是 {1}，不是 {2}'],
  ['its type is {1}, not {2}', '它的类型是 {1}，不是 {2}'],
  ['its code is {1}, not {2}', '它的代码是 {1}，不是 {2}'],
  ['its mtu is {1}, not {2}', '它的 mtu 是 {1}，不是 {2}'],
  ['it quotes {1} octets', '它引用了 {1} 个八位组'],
  ['it quotes {1}, not {2}', '它引用的是 {1}，不是 {2}'],
  ['it quotes a segment that begins at {1}, not {2}', '它引用的报文段从 {1} 开始，不是 {2}'],
  ['it quotes a datagram of {1} octets, not {2}', '它引用的数据报有 {1} 个八位组，不是 {2} 个'],
  ['its total length says {1} octets, and there are {2}', '它的总长度说是 {1} 个八位组，实际有 {2} 个'],
  ['its payload length says {1} octets, and there are {2}', '它的净荷长度说是 {1} 个八位组，实际有 {2} 个'],
  ['it has no UDP checksum', '它没有 UDP 校验和'],
  ['its IPv4 header checksum is wrong', '它的 IPv4 首部校验和不对'],
  ['its TCP checksum is wrong', '它的 TCP 校验和不对'],
  ['its data offset is {1} words', '它的数据偏移是 {1} 个字'],
  ['octets follow the end of its options', '选项结束之后还有八位组'],
  ['its option {1} has a length of {2}', '它的选项 {1} 长度是 {2}'],
  ['its UDP length says {1} octets, and there are {2}', '它的 UDP 长度说是 {1} 个八位组，实际有 {2} 个'],
  ['its UDP checksum is wrong', '它的 UDP 校验和不对'],
  ['its ICMP checksum is wrong', '它的 ICMP 校验和不对'],
  ['it carries octet {1} of the stream, and only {2} were written', '它带着流的第 {1} 个八位组，而只写了 {2} 个'],
  ['octet {1} of the stream is {2}, and {3} was written', '流的第 {1} 个八位组是 {2}，写的是 {3}'],
  [
    "octet {1} of the stream is {2}, and the script's segments had {3} there",
    '流的第 {1} 个八位组是 {2}，脚本的报文段里那里是 {3}',
  ],
  ['it came from {1}', '它来自 {1}'],
  ['the peer is {1}', '对端是 {1}'],
  ['the own end is {1}', '自己的一端是 {1}'],
  ['the address has {1} octets, not {2}', '地址有 {1} 个八位组，不是 {2} 个'],
  ['the data is {1}', '数据是 {1}'],
  ['tcpi_{1} is {2}', 'tcpi_{1} 是 {2}'],
]

const tellStory = phrasebook(STORY, {})
const tellVerdict = phrasebook([...VERDICTS, ...DIFFERENCES], {})

/** 经过中的一句。 */
export function drillStoryInChinese(sentence: string): string {
  return tellStory(sentence) ?? sentence
}

/** 为什么不合：先说哪里，再逐条说。 */
export function drillVerdictInChinese(message: string): string {
  const told = tellVerdict(message)
  if (told !== undefined && !message.includes(': ')) return told
  const [, what, list] =
    /^(the stack sent another packet at [\d.]+|\S+\(\)|.+? does not hold): (.+)$/s.exec(message) ?? []
  if (list === undefined) return told ?? message
  const parts = list.split(/; |, (?=tcpi_)/).map((part) => tellVerdict(part) ?? part)
  return `${tellVerdict(what) ?? what}：${parts.join('；')}`
}
