/** 列出资料、画图、打开网页、补全、帮助。 */
import { BOARDS_COMMAND } from '../commands/boards.command.js'
import { CABLES_COMMAND } from '../commands/cables.command.js'
import { COMPLETION_COMMAND } from '../commands/completion.command.js'
import { CONNECTORS_COMMAND } from '../commands/connectors.command.js'
import { DEMO_COMMAND } from '../commands/demo.command.js'
import { FAULTS_COMMAND } from '../commands/faults.command.js'
import { HELP_COMMAND } from '../commands/help.command.js'
import { LINES_COMMAND } from '../commands/lines.command.js'
import { MISSION_COMMAND } from '../commands/mission.command.js'
import { WORKSHOP_COMMAND } from '../commands/workshop.command.js'
import { inWords } from './command-words.js'
import { BOARD_FILE_ZH, JSON_ZH, LOOK_ZH, SEED_ZH } from './options.js'

export const LISTING_COMMANDS_ZH = [
  inWords(BOARDS_COMMAND, {
    summary: '列出目录里的板子，或显示其中一块及其接线',
    options: {
      wiring: '把板子的接线画成图（.svg；- 是标准输出）',
      ...LOOK_ZH,
      json: JSON_ZH,
      'board-file': BOARD_FILE_ZH,
    },
  }),
  inWords(CONNECTORS_COMMAND, {
    summary: '列出连接器，或显示其中一个的各针：DE-9、DB-25、DC-37、M/34、RJ-45',
    options: {
      out: '画出它的正面（.svg、.png；- 是标准输出）',
      ...LOOK_ZH,
      json: JSON_ZH,
    },
    notes: [
      '电路编号是 ITU-T V.24 的。也可以按连接器所载的标准来找：rs-232、rs-449、v.35。',
      '例如：linkpulse connectors DC-37 --out dc37.svg',
    ],
  }),
  inWords(CABLES_COMMAND, {
    summary: '列出线缆，或逐针显示其中一种：直通、交叉、零调制解调器、全反',
    options: {
      ends: '串口线两端的连接器，如 DE-9,DB-25（转接线）或 DC-37',
      out: '画出来（.svg、.png；- 是标准输出）',
      ...LOOK_ZH,
      json: JSON_ZH,
    },
    notes: ['例如：linkpulse cables null-modem --ends DB-25 --out null-modem.svg'],
  }),
  inWords(LINES_COMMAND, {
    summary: '比较各种线路标准，或显示其中一种：rs-232、rs-422、rs-423、rs-449、v.35、ttl',
    options: {
      text: '画出一段文字怎样通过它，在引脚和连接器处，如 Hi',
      octet: '在导线上画出这些八位组，如 0x41（默认）',
      receiver: '按这种标准的接收器所见（默认：它自己的）',
      baud: '每秒的码元数（默认 9600）',
      framing: '数据位、校验、停止位（默认 8N1）',
      metres: '线缆长度，驱动器要给它的电容充电（默认 2）',
      out: '图写到哪里（.svg、.png；默认和 - 都是标准输出）',
      ...LOOK_ZH,
      json: JSON_ZH,
    },
    notes: [
      '不给 NAME：一张表，以及各种标准的接收器把其他标准的驱动器读成什么。',
      '例如：linkpulse lines rs-232 --text Hi',
      'linkpulse lines v.35 --octet 0x41 --out v35.svg',
      'linkpulse lines rs-232 --receiver ttl --out upside-down.png',
    ],
  }),
  inWords(FAULTS_COMMAND, {
    summary: '列出能弄坏什么，以及人会看到什么现象',
    options: { json: JSON_ZH },
    notes: [
      '给出 NAME 就只说那一个，说得完整：`--fault NAME` 按默认程度弄坏它，',
      '`--fault NAME:VALUE` 说明程度（第一个参数），`--fault NAME:KEY=VALUE,KEY=VALUE` 逐个指明。',
      '单位可带词头（50us、320mV、250kHz）。',
    ],
  }),
  inWords(WORKSHOP_COMMAND, {
    summary: '在本机打开工坊网页，或把它写成一个不需要网络的文件',
    options: {
      out: '改为写出网页：一个文件，可放 U 盘、网站、邮件（- 是标准输出）',
      class: '全班共用一条线：每个学员的页面是接在本机上一台设备端口的站，凭代码加入',
      listen: '本机的地址，学员由此访问（0.0.0.0：全部地址）；默认 127.0.0.1；与 --class 合用',
      box: '课堂中间的设备；默认集线器',
      places: '学员至多多少，2 到 64；默认 40',
      port: 'TCP 端口，1 到 65535；默认 8017，0 为任意空闲端口',
    },
    notes: [
      '电压、比特、帧、报文段：网页里就是仿真器，可点、可单步、可弄坏，有 English 和简体中文。',
      '打印的第一行是网址。只能从本机访问，直到被中断（Ctrl-C）。',
      '用 --class 时，其下还打印学员要输入的代码，以及教师视图的网址：暂停、速度、谁在。',
      '课堂里的东西，除 WebSocket 外都不会到达本机的网络；什么都不加密。',
      '例如：linkpulse workshop --out workshop.html',
      'linkpulse workshop --class --listen 192.168.1.20 --box switch',
    ],
  }),
  inWords(MISSION_COMMAND, {
    summary: '用测量找出种子弄坏了什么；或检查并列出全班交来的结果',
    options: {
      seed: SEED_ZH,
      save: '结束时把结果写成文件，以便上交',
      csv: '对结果文件：把表写成电子表格能读的形式（- 是标准输出）',
    },
    notes: [
      '不给操作数时列出各个任务。给出任务的名字或编号，就读入命令：在终端上有提示符（Tab 补全），',
      '否则从标准输入每行一条。任务与工坊网页的相同，同一种子弄坏的也相同。',
      '',
      '以 .json 结尾的操作数是结果文件，来自这里或网页：每个都按种子和步骤重放一遍，与所写不符的会指出来。',
      '',
      '退出码：0 已解决，或每个结果都与所写相符；1 没有解决，或有不符的；2 用法错误。',
    ],
  }),
  inWords(DEMO_COMMAND, {
    summary: '逐层演示文章里的一个应用（客户端和服务器），并留下捕获文件',
    options: {
      capture: '帧以 pcapng 写到哪里，附有 TLS 密钥（默认 demo-名称.pcapng）',
      board: '服务器放在这块板子上（默认：另一台主机）：uno；或 avr:uno，由它的固件把芯片桥接给串口这端的协议栈',
      tap: '客户端是别人的程序：服务器在内核的这个 TAP 设备上等它，直到 Ctrl-C',
      address: '服务器在 TAP 设备上的地址，如 10.9.0.2/24（默认）',
      for: '与 --tap 一起：过这么多秒后结束',
      impair:
        '路上的盒子对帧做什么，例如 loss=5,delay=10（百分比，毫秒）：loss、duplicate、reorder、corrupt、mark、delay、jitter',
      octets: '应用的第一次交换，逐个八位组，以及哪一层放的',
      quiet: '不打印分组：只有应用所说的话，以及各层的份额',
      seed: SEED_ZH,
    },
    notes: [
      '不带名称时列出各个演示：http、https、http2、websocket、ftp、telnet、ssh、smtp、pop3、mqtt、dns、ntp。',
      '客户端和服务器是 Node 的程序，在实验台的两台主机上，中间是 10BASE-T。每行有时间（秒）和层：7 应用层，6 表示层，',
      '5 会话层，4 传输层（TCP 的状态），以及收发的分组。设有 SSLKEYLOGFILE 时，TLS 的密钥也追加到那个文件。',
      'ssh 需要软件包 ssh2。',
      '',
      '要用自己的客户端（Linux，root）：sudo linkpulse demo http --tap lp0，然后照它说的输入。与 --tap 一起可以同时给几个，',
      '各用各的端口：sudo linkpulse demo http ftp ssh --tap lp0',
      '',
      '退出码：0 完成，1 应用失败，2 用法错误。',
    ],
  }),
  inWords(COMPLETION_COMMAND, {
    summary: '打印补全命令、选项和值的脚本：供 bash、zsh 或 fish 使用',
    options: {},
    notes: [
      '要在每个新开的 shell 里都有：',
      'bash: linkpulse completion bash > ~/.local/share/bash-completion/completions/linkpulse',
      'zsh:  linkpulse completion zsh > DIRECTORY/_linkpulse，DIRECTORY 须在 $fpath 中',
      'fish: linkpulse completion fish > ~/.config/fish/completions/linkpulse.fish',
      '在当前的 shell 里试用：source <(linkpulse completion bash)；linkpulse completion fish | source',
    ],
  }),
  inWords(HELP_COMMAND, {
    summary: '说明一个命令',
    options: {},
  }),
]
