/** 检查、比较、模拟的板子。 */
import type { Phrase } from '../../../../text/phrases.js'

export const CHECKING_MESSAGES: readonly Phrase[] = [
  ['there is no board "{1}"{2} (boards: {3})', '没有“{1}”这块板子{2:told}（板子：{3}）'],
  ['there is no board "{1}"; the boards are {2}', '没有“{1}”这块板子；有的是 {2}'],
  [
    'there is no check or layer "{1}"{2} (layers: {3}; `linkpulse check --list` names the checks)',
    '没有“{1}”这项检查或这一层{2:told}（层：{3}；`linkpulse check --list` 列出各项检查）',
  ],
  ['{1}: {2} takes {3} to {4} symbols a second, not "{5}"', '{1:told}：{2:told}每秒取 {3} 到 {4} 个码元，而不是“{5}”'],
  ['a board on the serial link', '串行链路上的板子'],
  ['the board {1}', '板子 {1} '],
  ['the rate of the target', '目标的速率'],
  ['the target names {1} baud and --baud {2}: give one of them', '目标里写的是 {1} 波特，--baud 给的是 {2}：只给一个'],
  [
    '--ask asks on a terminal, and this is not one; leave it out: the report says what to measure next',
    '--ask 要在终端上提问，而这里不是终端；去掉它：报告会说接下来测什么',
  ],
  [
    '--ask asks on the terminal that --json prints to; leave one out',
    '--ask 要在 --json 打印的终端上提问；去掉其中一个',
  ],
  ['--rounds says when a --watch ends; give --watch as well', '--rounds 说的是 --watch 何时结束；请同时给 --watch'],
  ['--{1} {2}; leave it out, or --watch', '--{1} {2:told}；去掉它，或去掉 --watch'],
  ['counts frames of one run, and --watch makes many', '只数一次运行的帧，而 --watch 会运行许多次'],
  ['keeps one run, and --watch makes many', '只保存一次运行，而 --watch 会运行许多次'],
  ['watches at the end of one run, and --watch goes on anyway', '在一次运行的最后观察，而 --watch 本来就不停'],
  [
    '--soak is the time that {1} watches, and --only leaves it out; name it as well',
    '--soak 是 {1} 观察的时间，而 --only 没有包括它；请一并写上',
  ],
  ['waits for a person, and --watch does not', '要等人回答，而 --watch 不等人'],
  ['asks whoever is there once, and --watch would again and again', '只问一次，而 --watch 会一问再问'],
  [
    '--{1} would make another run, and {2} is a recording of one; leave it out',
    '--{1} 会使过程不同，而 {2} 是录制下来的过程；去掉它',
  ],
  ['--{1} {2}; leave it out', '--{1} {2:told}；去掉它'],
  ['asks what a recording does not keep', '要发问，而录制文件不保存问答'],
  ['is for a simulated cable, and that of {1} is real', '用于模拟的网线，而 {1} 的网线是真实的'],
  ['is the firmware of an emulated board (avr:uno), and {1} is none', '是仿真板（avr:uno）的固件，而 {1} 不是仿真板'],
  [
    'is for a real board, and {1} has a simulated peer with an address of its own',
    '用于真实的板子，而 {1} 有模拟的对端，地址是它自己的',
  ],
  [
    'describes a board that is simulated, and {1} is a real one that says itself what it is',
    '描述模拟的板子，而 {1} 是真实的，它自己会说是什么',
  ],
  [
    'is for checks of the layers mac and network, and --only leaves them out',
    '用于 mac 和 network 两层的检查，而 --only 没有选它们',
  ],
  [
    '--list lists the checks and runs none; leave {1} out, or --list',
    '--list 只列出检查，一项也不运行；去掉 {1}，或去掉 --list',
  ],
  ['--view takes {1}, not "{2}"{3}', '--view 取 {1:or}，而不是“{2}”{3:told}'],
  ['--peer takes an IPv4 address, as 192.168.7.1, not "{1}"', '--peer 取一个 IPv4 地址，如 192.168.7.1，而不是“{1}”'],
  ['--address: {1}', '--address：{1:told}'],
  [
    'the peer {1} is not on the network of {2}; give both an address on one network',
    '对端 {1} 不在 {2} 的网络上；请给两者同一网络的地址',
  ],
  [
    'the name of a --report file says its format: it ends in {1}, and {2} in none of them',
    '--report 的格式由文件名决定：以 {1} 结尾，而 {2} 都不是',
  ],
  [
    'standard input (-) has one report; give the path of a file for the other',
    '标准输入（-）只有一份报告；另一份请给文件的路径',
  ],
  [
    '--programs is how many --against compares; leave it out, or add --against',
    '--programs 是 --against 比较的个数；去掉它，或加上 --against',
  ],
  [
    '--against runs programs of its own, and {1} is a recording that answers what was asked then; name a board',
    '--against 运行自己的程序，而 {1} 是录制文件，只回答当时所问的；请给一块板子',
  ],
  [
    '--against {1} is the target itself; compare it with another one, as model:uno',
    '--against {1} 就是目标自己；请与另一块比较，如 model:uno',
  ],
  [
    '--{1} is for checks, and --against compares two chips instead; leave one of them out',
    '--{1} 用于检查，而 --against 比较的是两块芯片；去掉其中一个',
  ],
  [
    '--wire is for a real board, and the cable of {1} is simulated; leave it out',
    '--wire 用于真实的板子，而 {1} 的网线是模拟的；去掉它',
  ],
  [
    '--wire names the partner already: it is that interface; leave --peer out',
    '--wire 已经指明了对端：就是那个接口；去掉 --peer',
  ],
  [
    '--wire measures at the partner, and --view desk leaves the partner alone; leave one out',
    '--wire 要在对端测量，而 --view desk 不动对端；去掉其中一个',
  ],
  [
    '--wire {1} is {2}, and the board would be {3}, on another network; give it one there: --address ADDRESS/{4}',
    '--wire {1} 是 {2}，而板子将是 {3}，不在同一网络；请给它那里的地址：--address ADDRESS/{4}',
  ],
  [
    '--trace-volts adds voltages to a trace: name its file with --trace FILE',
    '--trace-volts 给波形加上电压：请用 --trace FILE 给出波形文件',
  ],
  [
    '--capture, --trace and --spi-log record a simulated board, and {1} is a real one; capture with Wireshark at the computer it is plugged into',
    '--capture、--trace 和 --spi-log 记录模拟的板子，而 {1} 是真实的；请在它所插的计算机上用 Wireshark 抓包',
  ],
  ['--through takes {1}, not "{2}"{3}', '--through 取 {1} 之一，而不是“{2}”{3:told}'],
  [
    '--through and --over-pty do not go together; leave one of them out',
    '--through 与 --over-pty 不能一起用；去掉其中一个',
  ],
  ['{1} moves the plug at the partner itself; leave --through out', '{1} 本身就要动对端的插头；去掉 --through'],
  [
    '--fault {1} breaks something simulated, and {2} is a real port; use it with model:uno',
    '--fault {1} 弄坏的是模拟的东西，而 {2} 是真实的串口；请用于 model:uno',
  ],
  [
    '--strict watches a simulated chip, and {1} is a real board; leave it out',
    '--strict 监视模拟的芯片，而 {1} 是真实的板子；去掉它',
  ],
  ['--over-pty is for simulated boards, and {1} is a port already', '--over-pty 用于模拟的板子，而 {1} 已经是串口'],
  [
    'no board answers on {1} within {2} s; `linkpulse check {3}` says why',
    '{1} 在 {2} s 内没有板子应答；`linkpulse check {3}` 会说出原因',
  ],
  [
    'there is no check or layer named "{1}"; the layers are {2}, and `linkpulse check --list` names the checks',
    '没有名为“{1}”的检查或层；层有 {2}，`linkpulse check --list` 列出各项检查',
  ],
  [
    'there is no fault "{1}"{2} (`linkpulse faults` lists them)',
    '没有“{1}”这种故障{2:told}（`linkpulse faults` 列出全部）',
  ],
  ['the fault {1} cannot happen to {2}, only to {3}', '故障 {1} 不会发生在 {2} 上，只会发生在 {3} 上'],
  ['the fault {1} means nothing on {2}:{3}; use it with {4}', '故障 {1} 对 {2}:{3} 没有意义；请用于 {4}'],
  ['{1} has no parameters; leave ":{2}" out', '{1} 没有参数；去掉“:{2}”'],
  ['{1}: a value is missing in "{2}"; {3}', '{1}：“{2}”里缺一个值；{3:told}'],
  ['{1}: only the first value may stand without its name; {2}', '{1}：只有第一个值可以不写名字；{2:told}'],
  ['{1} has no parameter "{2}"{3} ({4})', '{1} 没有参数“{2}”{3:told}（{4:told}）'],
  ['{1}: {2} is given twice; give it once', '{1}：{2} 给了两次；只给一次'],
  ['{1} is {2} to {3}; {4}', '{1} 应为 {2} 到 {3}；{4:told}'],
  ['{1} is one of {2}; {3}', '{1} 应为 {2} 之一；{3:told}'],
  ['"{1}" is none of them{2}', '“{1}”不在其中{2:told}'],
  ['{1} is {2} to {3}; {4} is outside', '{1} 应为 {2} 到 {3}；{4} 超出了范围'],
  ['{1} is {2} to {3}; {4} is not a whole number', '{1} 应为 {2} 到 {3}；{4} 不是整数'],
  ['"{1}" is not a number in {2}', '“{1}”不是以 {2} 为单位的数'],
  ['{1} takes {2}', '{1} 取 {2}'],
  ['{1} is not a report of linkpulse:', '{1} 不是 linkpulse 的报告：'],
  ['{1} is not a board file:', '{1} 不是板子文件：'],
  [
    'stopped at {1} ns: {2} ({3}, octets {4}) [{5}]; leave --strict out to go on after such findings',
    '在 {1} ns 停下：{2:told}（{3}，八位组 {4}）[{5}]；去掉 --strict 可在这类发现之后继续',
  ],
  [
    'the recording {1} holds more than {2} octets, and no recording does; give another file',
    '录制文件 {1} 超过 {2} 个八位组，没有这么大的录制文件；请给另一个',
  ],
  [
    '{1} is no recording of linkpulse; `linkpulse check TARGET --record FILE` makes one',
    '{1} 不是 linkpulse 的录制文件；`linkpulse check TARGET --record FILE` 可以录制',
  ],
  [
    '{1} cannot be read: {2}; record it again with this linkpulse',
    '{1} 不能读取：{2:told}；请用这个 linkpulse 重新录制',
  ],
  [
    'the recording {1} ends {2}, before the run does: {3}; what was checked by then stands',
    '录制文件 {1} 在过程完成之前就结束了（{2}）：{3:told}；到那时为止检查过的仍然有效',
  ],
  [
    'this run is not the recorded one: {1}, {2}; {3} ({4}); {5}',
    '这次过程与录制的不同：{1}，{2}；{3}（{4:told}）；{5:told}',
  ],
  ['entry {1} of {2} is damaged: it is no JSON', '{2} 的第 {1} 条已损坏：不是 JSON'],
  [
    'the recording is as long as one may be ({1} octets): its end was not kept',
    '录制文件已达最大长度（{1} 个八位组）：末尾没有保存',
  ],
]
