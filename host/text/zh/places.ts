/** 程序违反规则时在哪里：函数、行号、调用者。 */
import type { PLACE_WORDS } from '../en/places.js'
import type { SameSentences } from '../keyed.js'

export const PLACE_WORDS_ZH: SameSentences<typeof PLACE_WORDS> = {
  atLineIn: ({ line, name }) => `位于 ${line}，${name} 中`,
  atLine: ({ line }) => `位于 ${line}`,
  inside: ({ name }) => `在 ${name} 中`,
  caller: ({ name, line }) => `${name}（${line}）`,
  handler: ({ name }) => `中断处理程序 ${name}`,
  calledFrom: ({ callers }) => `，调用者由内到外为 ${callers.join('、')}`,
  interrupted: ({ place }) => `，被它中断的是 ${place}`,
  more: ({ count }) => `，外层还有 ${count} 个`,
  unknown: '；再外层的调用者无法确定',
  hex: 'Intel HEX 里没有源代码行号：运行生成它的 .elf，就能指出是哪一行',
  noLines: '这个 .elf 里没有源代码行号：编译时加上 -g，就能指出是哪一行',
  compressed: ({ section }) => `源代码行号略去：节 ${section} 是压缩的；链接时请不要用 -gz`,
  tooMany: ({ section }) => `源代码行号略去一部分：节 ${section} 里的行数比任何程序都多；请重新链接程序`,
  broken: ({ section, at }) => `源代码行号略去：节 ${section} 在 ${at} 处损坏；请重新链接程序`,
  version: ({ section, at, version }) =>
    `源代码行号略去：节 ${section} 在 ${at} 处的版本是 ${version}，能读的是 2 到 5；编译时请用 -gdwarf-4`,
}
