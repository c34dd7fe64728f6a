/** `run`、`lint` 和 `init`：场景、电路图、项目文件，以及运行时的期望。 */
import type { Phrase } from '../../../../text/phrases.js'

export const SCENARIO_MESSAGES: readonly Phrase[] = [
  [
    '--firmware takes the path of a .hex or .elf file, without spaces, not "{1}"',
    '--firmware 取一个 .hex 或 .elf 文件的路径，不含空格，而不是“{1}”',
  ],
  [
    '--{1} takes text that is printed, and this has a character that nobody can see: "{2}"; leave it out',
    '--{1} 取打印出来的文字，而这里有一个看不见的字符：“{2}”；请去掉它',
  ],
  ['--{1} takes a text, and this one is empty; give what is printed', '--{1} 取一段文字，而这是空的；请给打印出来的'],
  [
    'the name of the folder has a character that nobody can see: "{1}"; give another',
    '文件夹的名字里有一个看不见的字符：“{1}”；请给另一个',
  ],
  ['cannot write {1}: {2}; give another folder', '写不了 {1}：{2}；请给另一个文件夹'],
  [
    '--json prints events on standard output, and --serial pty the port there: give one of them',
    '--json 把事件打印在标准输出上，--serial pty 也在那里打印串口：两者只给一个',
  ],
  [
    '--errata takes an erratum and its state, as 12=off or transmitStall=on, not "{1}"',
    '--errata 取一条勘误和它的状态，如 12=off 或 transmitStall=on，而不是“{1}”',
  ],
  ['--errata: there is no erratum "{1}"; there are {2}', '--errata：没有勘误“{1}”；有的是 {2}'],
  ['{1} is there already, and stays as it is', '{1} 已经在了，保持原样'],
  ['it was not printed', '没有打印'],
  ['it was printed', '打印了'],
  // 期望没有满足
  ['pin {1} of {2} is {3}, expected {4}', '{2} 的引脚 {1} 是 {3}，期望的是 {4}'],
  ['the time was over before {1} s had passed', '还没有过 {1} s，时间就到了'],
  ['{1} has a link, expected none', '{1} 有链路，期望的是没有'],
  ['{1} has no link, expected one', '{1} 没有链路，期望的是有'],
  ['{1} did not answer a ping: {2}', '{1} 没有应答 ping：{2}'],
  ['no frame like {1} was sent within {2} s of simulated time', '模拟时间 {2} s 内没有发出像 {1} 这样的帧'],
  [
    '{1} did not print {2} within {3} s of simulated time: it has printed nothing at all; allow more with --timeout, or look at what it does instead',
    '{1} 在模拟时间 {3} s 内没有打印 {2}：它什么也没有打印过；请用 --timeout 给更多时间，或看看它在做什么',
  ],
  [
    '{1} did not print {2} within {3} s of simulated time: it printed nothing since; allow more with --timeout, or look at what it does instead',
    '{1} 在模拟时间 {3} s 内没有打印 {2}：此后它什么也没有打印；请用 --timeout 给更多时间，或看看它在做什么',
  ],
  [
    '{1} did not print {2} within {3} s of simulated time: it printed {4}; allow more with --timeout, or look at what it does instead',
    '{1} 在模拟时间 {3} s 内没有打印 {2}：它打印的是 {4}；请用 --timeout 给更多时间，或看看它在做什么',
  ],
  // 场景
  ['there is no such key{1}; give some of {2}', '没有这个键{1:told}；可以给 {2}'],
  ['there is version 1; give version: 1', '只有版本 1；请给 version: 1'],
  ['it is missing; give version: 1', '缺了；请给 version: 1'],
  [
    'they are missing; give a list of steps, as "- wait-serial: ready"',
    '缺了；请给步骤的列表，如“- wait-serial: ready”',
  ],
  ['there is no such step{1}; there are {2}', '没有这个步骤{1:told}；有的是 {2}'],
  [
    'this step is not supported: nothing is drawn here that could be looked at or touched; leave it out',
    '不支持这个步骤：这里没有画出可看可碰的东西；请去掉它',
  ],
  ['give a time with its unit, up to a day, as 500ms, 2s or 30us', '请给带单位的时间，至多一天，如 500ms、2s 或 30us'],
  ['give value: 0 or value: 1', '请给 value: 0 或 value: 1'],
  ['give up or down', '请给 up 或 down'],
  ['give the address that is to answer, as 192.168.7.2', '请给要应答的地址，如 192.168.7.2'],
  ['give {1}', '请给 {1}'],
  ['there is nothing to set at "{1}"; {2}', '“{1}”上没有可设的东西；{2:told}'],
  ['there is no pin {1} at "{2}"; {3}', '“{2}”上没有引脚 {1}；{3:told}'],
  ['there is no board "{1}"; {2}', '没有板子“{1}”；{2:told}'],
  ['the diagram has {1}', '电路图里有 {1}'],
  // 电路图
  ['warning: {1}', '警告：{1:told}'],
  ['the part "{1}" ({2}) is not simulated: its pins are left open', '部件“{1}”（{2}）没有模拟：它的引脚悬空'],
  [
    'the part "{1}" is not between a pin of the board and ground or supply: nothing happens when it is used',
    '部件“{1}”不在板子的引脚与地或电源之间：用它什么也不会发生',
  ],
  [
    'there is no part of type chip-enc28j60: an ENC28J60 is taken to be there, with its CS on SS and its INT on pin 2',
    '没有 chip-enc28j60 类型的部件：就当有一片 ENC28J60，CS 接 SS，INT 接引脚 2',
  ],
]
