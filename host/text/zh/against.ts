/** 运行同样程序的两块芯片。 */
import type { AGAINST_WORDS } from '../en/against.js'
import type { SameSentences } from '../keyed.js'

export const AGAINST_WORDS_ZH: SameSentences<typeof AGAINST_WORDS> = {
  'against.comparing': ({ target, against, seed }) => `正在比较 ${target} 与 ${against}（种子 ${seed}）`,
  'against.program': ({ number, programs }) => `第 ${number} 个程序，共 ${programs} 个`,
  'against.same': ({ programs, operations }) => `相同  ${programs} 个程序，${operations} 个操作：没有差别`,
  'against.differs': ({ program, operations }) => `不同  在第 ${program} 个程序中，${operations} 个操作之后`,
  'against.shortest': '能显出差别的最短程序：',
  'against.cut-off': '到此为止的程序：',
  'against.answers': ({ expected, got }) => `应为：${expected}；实为：${got}`,
  'against.failed': ({ why }) => `失败：${why}`,
  'against.done': '完成',
  'against.bits': ({ of, expected, got, bits }) => `${of} 是 ${got}，应为 ${expected}：${bits.join('、')}`,
  'against.rule': '规则',
  'against.again': ({ differed, of }) =>
    differed === of
      ? '每次都不同。'
      : `再运行 ${of} 次，有 ${differed} 次不同：时有时无，像是导线上有噪声，或电源不足。`,
  'against.left-out': '未作比较：',
  'against.left-out-of': ({ registers, why }) => `${registers.join('、')}：${why}`,

  'against.why.revision': '每个硅片版本的编号都不同',
  'against.why.link': '由网线另一端的设备决定',
  'against.why.strap': '每次复位时由 LEDB 上的 LED 决定',
  'against.why.brought': '它是 PHY 上次给出的内容',
  'against.why.kept': '任何复位都不会恢复它',
  'against.why.reserved': '保留位里芯片可以给出任何值',
  'against.why.reserved-of': '保留位',

  'against.rule.reset': '系统复位之后，时钟就绪，ESTAT 第 3 位读出 0，寄存器是复位值。',
  'against.rule.memory': 'RBM 读出 WBM 写入的内容：逐个地址，并从 ERXND 回到 ERXST。',
  'against.rule.read-pointer': 'AUTOINC 置位时，RBM 每次把 ERDPT 前移一个八位组，从 ERXND 回到 ERXST。',
  'against.rule.write-pointer': 'AUTOINC 置位时，WBM 每次把 EWRPT 前移一个八位组，从 1FFFh 回到 0000h。',
  'against.rule.checksum': 'EDMACS 是从 EDMAST 到 EDMAND 的八位组的互联网校验和。',
  'against.rule.copy': '从 EDMAST 到 EDMAND 的八位组到达 EDMADST 之后，DMA 清除 DMAST。',
  'against.rule.phy': ({ register }) => `${register} 在可写的位上保持 MII 写入的值。`,
  'against.rule.bit-field': 'BFS 置位、BFC 清除所指定的位，不动别的位。',
  'against.rule.register': ({ register }) => `${register} 读出写入的值，否则是复位后的值；未实现的位读出 0。`,
  'against.rule.late-register': ({ register }) => `${register} 在一个空闲八位组之后读出写入的值，否则是复位后的值。`,
}
