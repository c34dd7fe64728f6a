/** 命令行本身：命令、选项、值。 */
import type { Phrase } from '../../../../text/phrases.js'

export const LINE_MESSAGES: readonly Phrase[] = [
  ['; did you mean "{1}"?', '；是不是“{1}”？'],
  ['"{1}" is not a command{2} (commands: {3})', '没有“{1}”这个命令{2:told}（命令：{3}）'],
  ['"{1}" is not an option{2} (commands: {3})', '“{1}”不是选项{2:told}（命令：{3}）'],
  ['--lang takes {1}, not "{2}"', '--lang 取 {1:or}，而不是“{2}”'],
  ['--{1} needs a value: --{2} {3}', '--{1} 需要一个值：--{2} {3}'],
  ['--{1} needs a value ({2}), but "{3}" follows it', '--{1} 需要一个值（{2:told}），而它后面是“{3}”'],
  ['--{1} was given twice, as "{2}" and "{3}"; give it once', '--{1} 给了两次，“{2}”和“{3}”；只给一次'],
  ['--{1} {2} was given twice; give it once', '--{1} {2} 给了两次；只给一次'],
  ['{1} needs {2}; {3}', '{1} 需要 {2}；{3:told}'],
  ['{1} does not know what to do with "{2}"; {3}', '{1} 不知道拿“{2}”做什么；{3:told}'],
  ['`linkpulse help {1}` lists what it takes', '`linkpulse help {1}` 列出它能接受什么'],
  ['{1} takes no value, but was given "{2}"', '{1} 不带值，却给了“{2}”'],
  ['{1} has no option {2}{3} ({4})', '{1} 没有选项 {2}{3:told}（{4:told}）'],
  ['--{1} takes a whole number from {2} to {3}, not "{4}"', '--{1} 取 {2} 到 {3} 的整数，而不是“{4}”'],
  ['--{1} takes a number from {2} to {3}, not "{4}"', '--{1} 取 {2} 到 {3} 的数，而不是“{4}”'],
  [
    '{1} (this is a fault in linkpulse: set LINKPULSE_DEBUG=1 to see where)',
    '{1:told}（这是 linkpulse 自身的错误：设 LINKPULSE_DEBUG=1 可看出在哪里）',
  ],
  ['interrupted', '被中断'],
  ['interrupted: {1}', '被中断：{1:told}'],
  ['what was printed and written is what had been checked by then', '已打印和写出的，是到那时为止检查过的内容'],
  ['no round was whole by then', '到那时还没有一轮是完整的'],
  [
    'the time limit of {1} s of simulated time ran out before the work was done; {2}',
    '工作还没做完，{1} s 的模拟时间限制就用完了；{2:told}',
  ],
  ['the time limit of {1} s ran out before the work was done; {2}', '工作还没做完，{1} s 的时间限制就用完了；{2:told}'],
  [
    'allow more with --time-limit SECONDS (in code: timeLimit, in nanoseconds)',
    '用 --time-limit SECONDS 放宽（在代码里：timeLimit，单位纳秒）',
  ],
  ['there is no completion for "{1}"{2} (shells: {3})', '没有给“{1}”的补全{2:told}（shell：{3}）'],
]
