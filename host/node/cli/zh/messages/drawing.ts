/** 画图的命令：scope、lines、connectors、cables、boards。 */
import type { Phrase } from '../../../../text/phrases.js'

export const DRAWING_MESSAGES: readonly Phrase[] = [
  [
    '--wiring draws one board: name it, as in `linkpulse boards uno --wiring uno.svg`',
    '--wiring 画一块板子：请指明，如 `linkpulse boards uno --wiring uno.svg`',
  ],
  [
    'a text or an octet is drawn, and --json prints a document: give one of them',
    '文本或八位组是画出来的，而 --json 打印文档：只给其中之一',
  ],
  [
    '--wiring draws a picture, and --json prints a document: give one of them',
    '--wiring 画图，--json 打印文档：只给一个',
  ],
  [
    '--wiring takes a file that ends in .svg, or - for standard output, not {1}',
    '--wiring 取以 .svg 结尾的文件，或 -（标准输出），而不是 {1}',
  ],
  [
    '--{1} means nothing here; leave it out (`linkpulse help mission`)',
    '--{1} 在这里没有意义；请去掉（`linkpulse help mission`）',
  ],
  [
    'there is no mission "{1}"{2}; `linkpulse mission` lists them, and a result ends in .json',
    '没有任务“{1}”{2:told}；`linkpulse mission` 列出全部任务，结果文件以 .json 结尾',
  ],
  ['--theme takes {1}, not "{2}"', '--theme 取 {1:or}，而不是“{2}”'],
  [
    '--aspect takes width and height of the sheet, as 16:9 or 4:3, not "{1}"',
    '--aspect 取图幅的宽和高，如 16:9 或 4:3，而不是“{1}”',
  ],
  [
    '--{1} says how a picture looks, and none is drawn here: {2}, or leave it out',
    '--{1} 说的是图的样子，而这里不画图：{2:told}，或去掉它',
  ],
  ['--{1} takes a file that ends in .svg or .png{2}, not {3}', '--{1} 取以 .svg 或 .png 结尾的文件{2}，而不是 {3}'],
  [
    'a text or an octet is drawn on one standard: name it, as in `linkpulse lines rs-232 --text Hi`',
    '文字或八位组要画在一种标准上：请指明，如 `linkpulse lines rs-232 --text Hi`',
  ],
  [
    '--text and --octet both say what is sent: give one of them, or all of it as --octet 0x48,0x69',
    '--text 和 --octet 说的都是发送什么：只给一个，或全部写成 --octet 0x48,0x69',
  ],
  [
    '--text takes up to {1} octets of UTF-8, and "{2}" is {3} octets: give a shorter one',
    '--text 至多 {1} 个 UTF-8 八位组，而“{2}”有 {3} 个：请给短一些的',
  ],
  [
    '--text: "{1}" does not fit into {2} data bits (its octets are {3}); take --framing 8N1, or another text',
    '--text：“{1}”放不进 {2} 个数据位（它的八位组是 {3}）；请用 --framing 8N1，或换一段文字',
  ],
  ['there is no demo "{1}"{2}; `linkpulse demo` lists them', '没有演示“{1}”{2:told}；`linkpulse demo` 列出有哪些'],
  ['a board has no DNS server of its own; leave --board out', '板子没有自己的 DNS 服务器；去掉 --board'],
  [
    'cannot write the SSLKEYLOGFILE file {1}: {2}; give another path',
    '无法写入 SSLKEYLOGFILE 文件 {1}：{2:told}；换一个路径',
  ],
  ['{1}: there is no mission "{2}"', '{1}：没有任务“{2}”'],
  [
    '--fault {1} breaks something simulated: leave it out, or leave --tap out to use the lab',
    '--fault {1} 弄坏的是模拟的东西：请去掉它，或去掉 --tap 以使用模拟环境',
  ],
  ['the result is in {1}', '结果已写在 {1} 中'],
  ['`help` lists the commands; Ctrl-D ends it', '`help` 列出各条命令；按 Ctrl-D 结束'],
  ['the wiring of {1} is drawn in {2}', '{1} 的接线已画在 {2} 中'],
  [
    '--out and --ends want one cable: name it, as in `linkpulse cables null-modem --out null-modem.svg`',
    '--out 和 --ends 只针对一种线缆：请指明，如 `linkpulse cables null-modem --out null-modem.svg`',
  ],
  [
    '--ends chooses the connectors of a serial cable; {1} has an RJ-45 plug at both ends',
    '--ends 选择串口线的连接器；{1} 两端都是 RJ-45 插头',
  ],
  ['there is no cable "{1}"{2} (cables: {3})', '没有“{1}”这种线缆{2:told}（线缆：{3}）'],
  [
    '--ends takes one or two serial connectors, as DE-9,DB-25, not "{1}"',
    '--ends 取一个或两个串口连接器，如 DE-9,DB-25，而不是“{1}”',
  ],
  ['there is no connector "{1}"{2} (connectors: {3})', '没有“{1}”这种连接器{2:told}（连接器：{3}）'],
  [
    '--out draws one connector: name it, as in `linkpulse connectors DE-9 --out de9.svg`',
    '--out 画一种连接器：请指明，如 `linkpulse connectors DE-9 --out de9.svg`',
  ],
  [
    '--out takes a file that ends in .svg or .png, or - for standard output, not {1}',
    '--out 取以 .svg 或 .png 结尾的文件，或 -（标准输出），而不是 {1}',
  ],
  ['{1}, {2} to {3}; written to {4}', '{1}，{2} 到 {3}；已写入 {4}'],
  ['{1}; written to {2}', '{1}；已写入 {2}'],
  [
    'an octet is drawn on one standard: name it, as in `linkpulse lines v.35 --octet 0x41 --out v35.svg`',
    '八位组画在一种标准上：请指明，如 `linkpulse lines v.35 --octet 0x41 --out v35.svg`',
  ],
  [
    'rs-449 is pins and circuits; its voltages are those of rs-422 (data) and rs-423: name one of these',
    'rs-449 规定的是针脚和电路；它的电压是 rs-422（数据）和 rs-423 的：请指明其中之一',
  ],
  [
    '10BASE-T is no serial line: `linkpulse scope --probe td --out td.svg` draws its voltages',
    '10BASE-T 不是串行线路：`linkpulse scope --probe td --out td.svg` 画出它的电压',
  ],
  ['there is no line standard "{1}"{2} (standards: {3})', '没有“{1}”这种线路标准{2:told}（标准：{3}）'],
  [
    '{1} has no receivers of its own; its voltages are those of rs-422 and rs-423: name one of these',
    '{1} 没有自己的接收器；它的电压是 rs-422 和 rs-423 的：请指明其中之一',
  ],
  [
    '--octet takes 0 to 255, as 0x41 or 65, up to {1} of them with commas between, not "{2}"',
    '--octet 取 0 到 255，如 0x41 或 65，至多 {1} 个，用逗号隔开，而不是“{2}”',
  ],
  ['--framing: {1}', '--framing：{1:told}'],
  ['--framing: an octet has eight bits; take 5 to 8 data bits', '--framing：一个八位组有八位；请取 5 到 8 个数据位'],
  [
    '"{1}" is no framing: it is data bits 5 to 9, parity N, E, O, M or S, and stop bits 1, 1.5 or 2, as 8N1',
    '“{1}”不是字符格式：数据位 5 到 9，校验 N、E、O、M 或 S，停止位 1、1.5 或 2，如 8N1',
  ],
  [
    'a scope looks into a simulated board, and {1} is a real one; use model:uno or avr:uno',
    'scope 看的是模拟的板子，而 {1} 是真实的；请用 model:uno 或 avr:uno',
  ],
  [
    'a scope looks into a simulated board, and {1} is a real one; use model:uno',
    'scope 看的是模拟的板子，而 {1} 是真实的；请用 model:uno',
  ],
  [
    '--{1} picks a signal on a pair of the cable, and none is looked at; add --probe rd or --probe td',
    '--{1} 选的是网线线对上的信号，而没有探头在线对上；请加 --probe rd 或 --probe td',
  ],
  [
    '--{1} says where the picture begins, and so does --window {2}; give --window a duration',
    '--{1} 说的是图从哪里开始，--window {2} 也是；请给 --window 一段时长',
  ],
  ['{1} exclude each other', '{1} 不能一起用'],
  [
    '--from counts from the first thing that happens on {1}; say how much to show of it with --window, as --window 10us',
    '--from 从 {1} 上第一件事算起；请用 --window 说明显示多久，如 --window 10us',
  ],
  ['there is no serial cable "{1}"{2} ({3})', '没有“{1}”这种串口线{2:told}（{3:told}）'],
  [
    '--serial-cable is about the serial line, and no probe is on it; add --probe rts,cts',
    '--serial-cable 关系到串行线，而没有探头在上面；请加 --probe rts,cts',
  ],
  [
    'there is no probe "{1}"{2} (probes: {3}; `linkpulse scope --list` says what each is)',
    '没有“{1}”这个探头{2:told}（探头：{3}；`linkpulse scope --list` 说明各是什么）',
  ],
  ['--probe {1} was given twice; give it once', '--probe {1} 给了两次；只给一次'],
  ['--format takes {1}, not "{2}"', '--format 取 {1} 之一，而不是“{2}”'],
  [
    '--out takes a file that ends in .svg or .png (a picture) or .csv (values), not {1}',
    '--out 取以 .svg 或 .png（图片）或 .csv（数值）结尾的文件，而不是 {1}',
  ],
  [
    '--format {1} and --out {2} contradict each other; leave one of them out',
    '--format {1} 与 --out {2} 矛盾；去掉其中一个',
  ],
  [
    '{1} would flood this terminal; name a file with --out scope.{2}{3}',
    '{1} 会淹没这个终端；请用 --out scope.{2} 给出文件{3:told}',
  ],
  [' (--out - writes it here all the same)', '（--out - 仍然写在这里）'],
  [
    '--window takes a duration as 250us, or two instants after power-on as 1.5ms..2ms ({1}), not "{2}"{3}',
    '--window 取一段时长，如 250us，或上电后的两个时刻，如 1.5ms..2ms（{1:told}），而不是“{2}”{3:told}',
  ],
  ['--{1} takes {2}, from -{3} s to {4} s, not "{5}"', '--{1} 取 {2}，-{3} s 到 {4} s，而不是“{5}”'],
  [
    '--rate says how many values a second a .csv file has; a picture shows what there is',
    '--rate 说的是 .csv 文件每秒有多少个值；图片有什么就画什么',
  ],
  [
    '--rate takes values a second as 1000000, 1e6 or 1M, above 0 and at most {1} in the window, not "{2}"',
    '--rate 取每秒的值数，如 1000000、1e6 或 1M，大于 0，窗口内至多 {1} 个，而不是“{2}”',
  ],
  [
    '--rate {1} and this --window make {2} values, and at most {3} are written; give a lower --rate or a shorter --window',
    '--rate {1} 与这个 --window 会有 {2} 个值，而至多写 {3} 个；请降低 --rate 或缩短 --window',
  ],
  [
    'more happens on {1} in this window than can be kept (a million edges, 100,000 frames and pulses); give a shorter --window',
    '{1} 上这个窗口里发生的超出了能保存的（一百万个沿，十万个帧和脉冲）；请缩短 --window',
  ],
  [
    'nothing happened on {1} in {2} s of simulated time; --window START..END shows a conductor at rest, --during LAYER|ID runs other checks meanwhile',
    '{1} 上在 {2} s 模拟时间里什么也没有发生；--window START..END 显示空闲的导线，--during LAYER|ID 其间运行别的检查',
  ],
  [
    'no link test pulse{1} came by on the {2} pair ({3}) in {4} s of simulated time; is the cable plugged in?',
    '{3:told} 线对上在 {4} s 模拟时间里没有链路测试脉冲{1}经过；网线插上了吗？',
  ],
  [
    'no collision{1} was seen on the {2} pair ({3}) in {4} s of simulated time; --fault cable-split-pair makes some',
    '{3:told} 线对上在 {4} s 模拟时间里没有看到碰撞{1}；--fault cable-split-pair 会造成碰撞',
  ],
  [
    'no {1} came by on the {2} pair ({3}) in {4} s of simulated time; --pulse shows a link test pulse instead',
    '{3:told} 线对上在 {4} s 模拟时间里没有这样的帧经过；--pulse 改为显示链路测试脉冲',
  ],
  ['{1}, {2}; written to {3}', '{1}，{2}；已写入 {3}'],
]
