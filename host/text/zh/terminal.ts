/** 各命令在终端上除报告之外所说的：检查的是什么、提问、`linkpulse doctor` 的各行。 */
import type { TERMINAL_WORDS } from '../en/terminal.js'
import type { SameSentences } from '../keyed.js'

/** `check --through` 的设备。 */
const BOXES: Readonly<Record<string, string>> = { hub: '集线器', repeater: '中继器', switch: '交换机' }

const on = (value: boolean): string => (value ? '接通' : '断开')

export const TERMINAL_WORDS_ZH: SameSentences<typeof TERMINAL_WORDS> = {
  'run.ran': ({ seconds, findings, octets, sent, received }) =>
    `仿真运行了 ${seconds} s：发现 ${findings} 处，串口发出 ${octets} 个八位组，发出 ${sent} 帧，收到 ${received} 帧`,
  'run.finding-again': ({ rule, count, at }) => `${rule}：共 ${count} 次，第一次在 ${at} ms`,
  'run.not-received': ({ drops }) => `没有收下的帧：${drops.join('；')}`,
  'run.not-sent': ({ drops }) => `没有发出的帧：${drops.join('；')}`,
  'run.dropped': ({ count, reason }) => `${reason}：${count} 次`,
  'run.never-selected': ({ pin }) => `芯片从未被选中：--cs ${pin} 对吗？`,
  'run.gdb-waits': ({ command }) => `程序停在第一条指令，等待调试器：${command}`,
  'run.gdb-refused': '拒绝了另一个调试器：已经有一个了；请先退出那一个',
  'run.gdb-gone': '调试器走了；程序继续运行，另一个可以连接',
  'run.met': ({ name, time }) => `${name}：满足，${time}`,
  'run.unmet': ({ name, time, reason }) => `${name}：不满足，${time}：${reason}`,
  'run.late': ({ name, time, reason }) => `${name}：超时，${time}：${reason}`,
  'init.wrote': ({ path }) => `写好了 ${path}`,
  'init.outside': ({ path, name }) =>
    `package.json 从 ${path} 安装 linkpulse，而克隆这个文件夹的人没有它：请放进文件夹（mkdir -p vendor && cp ${path} vendor/ && npm install -D ./vendor/${name}）`,
  'net.octets-in': ({ octets, path }) => `${path} 中有 ${octets} 个八位组`,
  'net.frames': ({ count }) => `${count} 帧`,
  'board.recorded': ({ about }) => `录制的：${about}`,
  'board.on-a-box': ({ board, box }) => `${board} 与对端接在一台${BOXES[box] ?? ` ${box} `}上`,
  'board.unnamed': '串口上的一块开发板',
  'board.across': ({ board }) => `${board}，隔着网络`,
  'board.programmer': ({ name }) => `编程器“${name}”`,
  'board.programmer-unnamed': '没有名字的编程器',
  'board.serprog': ({ name }) => `${name}，serprog：线路上没有错误检测，没有中断引脚`,
  'board.serprog-across': ({ name }) => `${name}，serprog，隔着网络：线路上没有错误检测，没有中断引脚`,
  'board.wire': ({ board, wire }) => `${board}，网线插在这台计算机的 ${wire} 上`,

  'ask.answers': '是（y）、否（n），或按回车不再提问：',
  'mission.column.file': '文件',
  'mission.column.mission': '任务',
  'mission.column.seed': '种子',
  'mission.column.solved': '解决',
  'mission.column.measurements': '测量',
  'mission.column.budget': '预算',
  'mission.column.repairs': '修理',
  'mission.column.hints': '提示',
  'mission.column.replay': '重放',
  'mission.yes': '是',
  'mission.no': '否',
  'mission.as-it-says': '相符',
  'mission.differs': ({ field, said, played }) => `${field}：文件说是 ${said}，重放得到 ${played}`,
  'diagnose.stored': ({ file, target }) => `${file}：${target}`,
  'diagnose.stored-seed': ({ file, target, seed }) => `${file}：${target}，种子 ${seed}`,

  'doctor.listening': ({ rate }) => `正在以 ${rate} 波特监听`,
  'doctor.asking': ({ rate }) => `正在以 ${rate} 波特询问`,
  'doctor.may-ask': ({ port }) => `光听分不清 ${port} 上是谁。可以向它发送：`,
  'doctor.send': '发送吗？[y/N] ',
  'doctor.who': ({ port, who }) => `${port}：${who}`,
  'doctor.chance': ({ who, percent }) => `${who}（${percent} %）`,
  'doctor.heard': '听到',
  'doctor.or-else': '或者是',
  'doctor.said': '它说',
  'doctor.line': '线路',
  'doctor.would-send': '可以发送',
  'doctor.next': '下一步',
  'doctor.clauses': ({ clauses }) => clauses.join('；'),
  'doctor.listened': ({ seconds, octets }) => `监听 ${seconds} s，${octets} 个八位组`,
  'doctor.listened-best': ({ seconds, octets, baud }) =>
    `监听 ${seconds} s，${octets} 个八位组，以 ${baud} 波特最能看懂`,
  'doctor.no-line-errors': '这个串口不报告线路错误',
  'doctor.line-errors': ({ framing, breaks }) => `${framing} 个帧错误，${breaks} 个中断信号`,
  'doctor.no-circuits': '这个串口没有控制线',
  'doctor.circuits': ({ cts, dsr, dcd }) => `CTS ${on(cts)}，DSR ${on(dsr)}，DCD ${on(dcd)}`,
}
