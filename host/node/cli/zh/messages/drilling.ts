/** `drill` 的选项。脚本里的错误由 `host/drill` 自己用两种语言说。 */
import type { Phrase } from '../../../../text/phrases.js'

export const DRILLING_MESSAGES: readonly Phrase[] = [
  ['--like takes ours, linux or freebsd, not "{1}"', '--like 取 ours、linux 或 freebsd，而不是“{1}”'],
  ['--ip_version takes one of {1}, not "{2}"', '--ip_version 取 {1} 之一，而不是“{2}”'],
  ['--against takes exec:COMMAND, not "{1}"', '--against 取 exec:COMMAND，而不是“{1}”'],
  ['--define takes NAME=VALUE, not "{1}"', '--define 取 NAME=VALUE，而不是“{1}”'],
]
