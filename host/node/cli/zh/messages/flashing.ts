/** 烧写、提供、监视、运行固件。 */
import { FINDING_RULES, type FindingId } from '../../../../../boards/chips/enc28j60/finding-rules.js'
import type { Phrase } from '../../../../text/phrases.js'
import { FINDING_RULES_ZH } from '../../../../text/zh/finding-rules.js'

/** 数据手册的规则：固件违反了就说出来。 */
const FINDING_PHRASES = Object.entries(FINDING_RULES_ZH).map(
  ([id, rule]): Phrase => [FINDING_RULES[id as FindingId][0], rule],
)

export const FLASHING_MESSAGES: readonly Phrase[] = [
  ...FINDING_PHRASES,
  ['{1} ms: {2}', '{1} ms：{2:told}'],
  ['{1} ms: {2}: {3} (octets {4}) [{5}]', '{1} ms：{2}：{3:told}（八位组 {4}）[{5}]'],
  [
    '{1}: {2}; give --board {3}, or compile it for this one (-mmcu)',
    '{1}：{2:told}；请给 --board {3}，或者为这块板子编译（-mmcu）',
  ],
  ['it is compiled for architecture avr{1}, and an {2} is avr{3}', '它为 avr{1} 架构编译，而 {2} 是 avr{3}'],
  ['{1} ms: {2}: {3} [{4}]', '{1} ms：{2}：{3:told}，见 [{4}]'],
  [
    'SPI mode {1} is used with the chip selected; it has mode 0 only [{2}]',
    '选中芯片时用了 SPI 模式 {1}；芯片只有模式 0 [{2}]',
  ],
  ['{1} at 0x{2}: {3} (further ones are counted only)', '{1}，在 0x{2}：{3:told}（以后的只计数）'],
  ['{1} at 0x{2}: {3}', '{1}，在 0x{2}：{3:told}'],
  [
    'the chip of {1} waits for its driver at {2}; time passes as that asks; Ctrl-C ends it',
    '{1} 的芯片在 {2} 等待它的驱动程序；时间按驱动程序的要求流逝；Ctrl-C 结束',
  ],
  [
    '{1} s of simulated time: drivers {2}, findings {3}, requests refused {4}, clients turned away {5}, frames sent {6}, received {7}',
    '仿真了 {1} s：驱动程序 {2} 个，发现 {3} 处，拒绝请求 {4} 个，拒绝客户端 {5} 个，发出 {6} 帧，收到 {7} 帧',
  ],
  [
    '--chip-socket puts its client in the place of the controller, and {1} executes a firmware: give model:{2}',
    '--chip-socket 让客户端代替控制器，而 {1} 执行固件：请给 model:{2}',
  ],
  [
    '--{1} is for a board with its controller, and --chip-socket puts its client in that place: leave one of them out',
    '--{1} 用于有控制器的板子，而 --chip-socket 让客户端代替控制器：去掉其中一个',
  ],
  [
    '{1} is a fault of the controller or its serial line, and here the client is in their place; take one of the supply, the wires, the chip, the cable or the partner',
    '{1} 是控制器或其串口线路的故障，而这里由客户端代替它们；请用电源、导线、芯片、网线或对端的故障',
  ],
  [
    '--chip-socket: the path of a socket has {1} octets at most, and this one has {2}; go to its folder and give the rest',
    '--chip-socket：套接字的路径至多 {1} 个八位组，而这个有 {2} 个；请到它的文件夹里，只给其余部分',
  ],
  [
    '--chip-socket: {1} is there already, and is no socket; name a path where nothing is',
    '--chip-socket：{1} 已经存在，而且不是套接字；请给一个还没有东西的路径',
  ],
  [
    '--chip-socket: another program listens at {1}; end it, or name another path',
    '--chip-socket：另一个程序在 {1} 监听；请结束它，或换一个路径',
  ],
  [
    'cannot listen at {1} for --chip-socket: {2}; name another path',
    '不能为 --chip-socket 在 {1} 监听：{2:told}；请换一个路径',
  ],
  ['opcode {1} ({2}) does not exist on this part', '操作码 {1}（{2}）在这个型号上不存在'],
  ['a store to {1}, where there is no memory', '向 {1} 写入，那里没有存储器'],
  ['a load from {1}, where there is no memory', '从 {1} 读出，那里没有存储器'],
  ['SPM outside the boot section has no effect', '引导区以外的 SPM 无效'],
  ['writing {1} ({2} octets) to {3} on {4}', '正在把 {1}（{2} 个八位组）写进 {4} 上的 {3}'],
  ['resetting the board', '正在复位板子'],
  ['looking for the boot loader', '正在寻找引导程序'],
  ['writing', '正在写入'],
  ['reading back', '正在读回'],
  ['starting the program', '正在启动程序'],
  [
    'avrdude cannot reset a board across a network (RFC 2217){1}; {2}plug the board into this machine',
    'avrdude 不能隔着网络复位板子（RFC 2217）{1}；{2:told}请把板子插到本机上',
  ],
  ['leave --programmer out, or ', '去掉 --programmer，或'],
  ['our own programmer {1}; use --programmer avrdude', '我们自己的编程器 {1:told}；请用 --programmer avrdude'],
  ['--programmer is avrdude or own, not "{1}"', '--programmer 取 avrdude 或 own，而不是“{1}”'],
  ['avrdude {1}{2}', 'avrdude {1:told}{2:told}'],
  [', or leave --programmer out', '，或去掉 --programmer'],
  ['is not on the PATH; install it', '不在 PATH 中；请安装它'],
  ['does not know how to flash {1} from here', '从这里不会烧写 {1} '],
  ['speaks STK500, and the boot loader of {1} speaks {2}', '用 STK500，而 {1} 的引导程序用 {2}'],
  ['does not know the flash of an {1}', '不认识 {1} 的闪存'],
  [
    'flash needs a serial port, and {1} is not one; see `linkpulse ports`',
    'flash 需要串口，而 {1} 不是；见 `linkpulse ports`',
  ],
  ['{1} could not be started: {2}', '{1} 启动不了：{2:told}'],
  ['avrdude could not flash the board on {1}: {2}; {3}', 'avrdude 没能烧写 {1} 上的板子：{2:told}；{3:told}'],
  [
    'no boot loader of an {1} is known here; name one: --bootloader-image FILE',
    '这里没有 {1} 的引导程序；请指明：--bootloader-image FILE',
  ],
  [
    'no {1} was found on this machine; on Debian: apt-get install arduino-core-avr. Or name one: --bootloader-image FILE',
    '本机没有找到 {1}；在 Debian 上：apt-get install arduino-core-avr。或者指明：--bootloader-image FILE',
  ],
  [
    'this version carries no bridge firmware for {1}; build one with `make firmware`, or give an image with --image FILE',
    '这个版本没有 {1} 的桥接固件；用 `make firmware` 构建，或用 --image FILE 给出映像',
  ],
  [
    'the controller on {1} has the signature {2}, and an {3} has {4}; name the board that is really there',
    '{1} 上控制器的签名是 {2}，而 {3} 的是 {4}；请指明那里真正的板子',
  ],
  [
    'the flash on {1} reads back {2} at {3}h where {4} was written; upload again, and if it happens again the flash is worn out or the supply too weak',
    '{1} 上的闪存在 {3}h 处读回 {2}，而写入的是 {4}；请重新上传，如果又这样，就是闪存已磨损，或电源太弱',
  ],
  [
    '{1} ends at {2} octets, and {3} has room for {4} ({5} less {6} for the boot loader); is it an image for this board?',
    '{1} 到 {2} 个八位组为止，而 {3} 只容得下 {4}（{5} 减去引导程序的 {6}）；它是这块板子的映像吗？',
  ],
  [
    'the boot loader on {1} was asked {2}, and {3}; check the cable, then start the upload again',
    '向 {1} 上的引导程序要求 {2}，而它 {3}；检查线缆，再重新上传',
  ],
  [
    "no boot loader answers on {1}: press the board's RESET button as the upload begins, try its other rate (--baud 57600 or 115200: Nanos have either), and check that the port is the board's and that the board has a boot loader: linkpulse doctor {2} --probe",
    '{1} 上没有引导程序应答：开始上传时按下板子的 RESET，试试另一种速率（--baud 57600 或 115200，Nano 两种都有），并确认串口是板子的、板子有引导程序：linkpulse doctor {2} --probe',
  ],
  [
    "what answers on {1} is no boot loader ({2} octets, none of them in step with STK500): press the board's RESET button as the upload begins, and check the board's name and the rate (--baud 57600 or 115200); linkpulse doctor {3} tells who is there",
    '{1} 上应答的不是引导程序（{2} 个八位组，都与 STK500 不同步）：开始上传时按下板子的 RESET，并检查板子的名字和速率（--baud 57600 或 115200）；linkpulse doctor {3} 会说出那里是谁',
  ],
  [
    "no boot loader answers on {1}: press the board's RESET button as the upload begins, and check that the port is the board's and that the board has a boot loader: linkpulse doctor {2} --probe",
    '{1} 上没有引导程序应答：开始上传时按下板子的 RESET，并确认串口是板子的、板子有引导程序：linkpulse doctor {2} --probe',
  ],
  [
    "what answers on {1} is no boot loader that speaks STK500 version 2 ({2} octets, none of them its): press the board's RESET button as the upload begins, and check the board's name; linkpulse doctor {3} tells who is there",
    '{1} 上应答的不是会说 STK500 第 2 版的引导程序（{2} 个八位组，都不是它的）：开始上传时按下板子的 RESET，并检查板子的名字；linkpulse doctor {3} 会说出那里是谁',
  ],

  [
    '{1} is behind a serial port already; serve puts a simulated board behind one, for example model:uno',
    '{1} 已经在串口后面；serve 是把模拟的板子放到串口后面，如 model:uno',
  ],
  [
    '--bootloader and --image are for a board that executes a compiled firmware: avr:{1}, not {2}',
    '--bootloader 和 --image 用于执行编译好的固件的板子：avr:{1}，而不是 {2}',
  ],
  [
    '--{1} takes a port, or HOST:PORT to be reached from other machines, not "{2}"; for example --{3} 2217 (ports are 0 to 65535, and 0 is any that is free)',
    '--{1} 取一个端口，要从别的机器访问就取 HOST:PORT，而不是“{2}”；如 --{3} 2217（端口是 0 到 65535，0 为任意空闲端口）',
  ],
  [
    'cannot listen on {1} for {2}: {3}; give another port, or 0 for any that is free',
    '不能在 {1} 上为 {2} 监听：{3:told}；换一个端口，或用 0 取任意空闲的',
  ],
  ['--bootloader-image: {1}', '--bootloader-image：{1:told}'],
  ['{1} is on {2} at {3} baud; Ctrl-C ends it', '{1} 在 {2} 上，{3} 波特；按 Ctrl-C 结束'],
  ['it waits in its boot loader; {1}, and DTR, presses reset', '它在引导程序里等着；{1} 和 DTR 按下复位'],
  ['it waits in its boot loader; {1} presses reset', '它在引导程序里等着；{1} 按下复位'],

  [
    '--hex and --text are two ways to show octets: give one of them',
    '--hex 和 --text 是显示八位组的两种方式：只给一个',
  ],
  [
    '--send understands \\r, \\n, \\t, \\0, \\\\ and \\xNN (two hexadecimal digits), and "{1}" has another',
    '--send 认识 \\r、\\n、\\t、\\0、\\\\ 和 \\xNN（两位十六进制），而“{1}”里有别的',
  ],
  ['{1} at {2} baud; Ctrl-C ends this', '{1}，{2} 波特；按 Ctrl-C 结束'],

  [
    '--serial takes - (standard output and input) or pty, not "{1}"',
    '--serial 取 -（标准输出和标准输入）或 pty，而不是“{1}”',
  ],
  [
    '--tap plugs the cable into a TAP device, and --unplugged plugs it into nothing: give one of them',
    '--tap 把网线接到 TAP 设备上，--unplugged 什么也不接：只给一个',
  ],
  ['--{1} takes an Arduino pin number, {2}, not "{3}"', '--{1} 取 Arduino 引脚编号 {2}，而不是“{3}”'],
  [
    'standard input is a file of more than {1} octets; give less, or a pipe',
    '标准输入是超过 {1} 个八位组的文件；请给小一些的，或用管道',
  ],
  [
    'stopped at the first finding; leave --strict out to go on after it',
    '遇到第一个发现就停下了；去掉 --strict 可在它之后继续',
  ],
  ['the workshop, as one file that needs nothing else, is in {1}', '工坊已写成一个不需要别的东西的文件：{1}'],
  ['the workshop is there, for this machine only; Ctrl-C ends it', '工坊已就绪，只限本机；按 Ctrl-C 结束'],
  ['the workshop on {1}: {2}', '{1} 上的工坊：{2:told}'],
  ['it waits in its boot loader; {1}', '它在引导程序中等待；{1:told}'],
  ['`kill -USR2 {1}` presses reset', '`kill -USR2 {1}` 按下复位'],
  ['`kill -USR2 {1}`, and DTR, presses reset', '`kill -USR2 {1}` 和 DTR 都会按下复位'],
  ['--out writes the page and serves nothing: leave --{1} out', '--out 是写出网页，不提供服务：去掉 --{1}'],
  ['--{1} is of a class: give --class as well', '--{1} 是课堂的选项：请同时给出 --class'],
  ['--listen takes an address of this machine, not "{1}"', '--listen 取本机的一个地址，而不是“{1}”'],
  ['--box takes hub, switch or router, not "{1}"', '--box 取 hub、switch 或 router，而不是“{1}”'],
  [
    'the class is there: learners open the first line and type the code; the last line is for the teacher alone; Ctrl-C ends it',
    '课堂已就绪：学员打开第一行的网址并输入代码；最后一行只给教师；按 Ctrl-C 结束',
  ],
  ['this machine has no such address; it has {1}', '本机没有这个地址；有的是 {1}'],
  [
    'only this machine reaches it: --listen ADDRESS names the address where learners do',
    '只有本机能访问：用 --listen ADDRESS 指明学员所用的地址',
  ],
]
