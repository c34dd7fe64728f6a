/** Wireshark 的接口（`linkpulse extcap`）的话。 */
import type { Phrase } from '../../../../text/phrases.js'

export const EXTCAP_MESSAGES: readonly Phrase[] = [
  ['--install and --uninstall exclude each other', '--install 和 --uninstall 不能一起用'],
  [
    'Wireshark says what it wants of this command; to make it ask: linkpulse extcap --install',
    '这个命令要做什么，由 Wireshark 来说；要让它来问：linkpulse extcap --install',
  ],
  [
    'there is no interface "{1}"; `linkpulse extcap --extcap-interfaces` lists those there are',
    '没有接口“{1}”；`linkpulse extcap --extcap-interfaces` 列出有哪些',
  ],
  [
    'linkpulse takes no capture filter ("{1}"); leave it out and give a display filter, which knows the fields',
    'linkpulse 不接受捕获过滤器（“{1}”）；去掉它，改用显示过滤器，它认识各个字段',
  ],
  ['--capture needs --fifo FILE, which says where the capture goes', '--capture 需要 --fifo FILE，说明捕获写到哪里'],
  [
    '--board makes a simulated board, for example model:uno, and {1} is a real port',
    '--board 造一块模拟的板子，如 model:uno，而 {1} 是真实的串口',
  ],
  ['--{1} takes {2}, not "{3}"', '--{1} 可取 {2}，而不是“{3}”'],
  [
    'process {1} does not serve a board of yours any more; refresh the list of interfaces (in Wireshark: F5)',
    '进程 {1} 已不再提供你的板子；请刷新接口列表（在 Wireshark 中：F5）',
  ],
  [
    '{1} is there already, and linkpulse did not write it; move it away, then install again',
    '{1} 已经存在，而且不是 linkpulse 写的；把它移开，然后再安装',
  ],
  ['cannot write {1}: {2}; make its folder writable for you', '不能写 {1}：{2}；请让你可以写它所在的文件夹'],
  ["{1} is no interface of Wireshark's: {2}", '{1}不能成为 Wireshark 的接口：{2}'],
]
