/** 亲手操作芯片。 */
import type { Phrase } from '../../../../text/phrases.js'

export const CHIP_MESSAGES: readonly Phrase[] = [
  ['{1} is followed by one of {2}', '{1} 后面应是 {2} 之一'],
  ['there is no command "{1}"{2} (`help` lists them)', '没有“{1}”这条命令{2:told}（`help` 列出全部）'],
  ['say {1}', '写法：{1}'],
  ['{1} is two registers, and bits are in one', '{1} 是两个寄存器，而位只在一个里'],
  ['"{1}" is no octets in hexadecimal', '“{1}”不是十六进制的八位组'],
  ['{1} has {2} frames, and none of the number {3}', '{1} 有 {2} 个帧，没有第 {3} 个'],
  ['"{1}" is no number; write 18, 0x12 or 12h', '“{1}”不是数；请写 18、0x12 或 12h'],
  ['octets are two hexadecimal digits each, as FF 0A or FF0A', '每个八位组是两位十六进制，如 FF 0A 或 FF0A'],
  [
    '{1} is a register of the PHY: say `phy read {2}` or `phy write {3} VALUE`',
    '{1} 是 PHY 的寄存器：写成 `phy read {2}` 或 `phy write {3} VALUE`',
  ],
  ['there is no register "{1}"{2}', '没有寄存器“{1}”{2:told}'],
  ['{1} is no register of the PHY: say `read {2}`', '{1} 不是 PHY 的寄存器：写成 `read {2}`'],
  ['the PHY has no register "{1}"{2}', 'PHY 没有寄存器“{1}”{2:told}'],
  ['{1} has no bit "{2}"{3} ({4})', '{1} 没有“{2}”这一位{3:told}（{4:told}）'],
  [
    '--script has the commands, and "{1}" is one more; leave one of them out',
    '--script 里有命令，“{1}”又是一条；去掉其中一个',
  ],
  [
    '`help` lists the commands; Ctrl-D ends it, and the board has its chip back',
    '`help` 列出各条命令；按 Ctrl-D 结束，板子收回芯片',
  ],
  ['receive needs a chip that has been set up: `init` first', '接收需要设置好的芯片：先 `init`'],
  ['send needs a chip that has been set up: `init` first', '发送需要设置好的芯片：先 `init`'],
  ['a frame has 14 to {1} octets before its FCS; got {2}', 'FCS 之前的帧有 14 到 {1} 个八位组；给的是 {2} 个'],
  // 前面有命令，不然更笼统的一条会先对上。
  ['{1}: an address is a whole number from 0 to {2} ({3}h); got {4}', '{1}：地址是 0 到 {2}（{3}h）的整数；给的是 {4}'],
  ['{1}: a length is a whole number from 0 to {2} ({3}h); got {4}', '{1}：长度是 0 到 {2}（{3}h）的整数；给的是 {4}'],
  [
    '{1}: a wait in nanoseconds is a whole number from 0 to {2} ({3}h); got {4}',
    '{1}：等待时间以纳秒计，是 0 到 {2}（{3}h）的整数；给的是 {4}',
  ],
]
