/** 串口上的命令：听、看、烧写、提供。 */
import { DOCTOR_COMMAND } from '../commands/doctor.command.js'
import { EXTCAP_COMMAND } from '../commands/extcap.command.js'
import { FLASH_COMMAND } from '../commands/flash.command.js'
import { MONITOR_COMMAND } from '../commands/monitor.command.js'
import { PORTS_COMMAND } from '../commands/ports.command.js'
import { SERVE_COMMAND } from '../commands/serve.command.js'
import { inWords } from './command-words.js'
import {
  BOARD_FILE_ZH,
  CAPTURE_ZH,
  FAULT_ZH,
  IMAGE_ZH,
  JSON_ZH,
  SEED_ZH,
  SPI_LOG_ZH,
  TRACE_VOLTS_ZH,
  TRACE_ZH,
} from './options.js'

export const PORT_COMMANDS_ZH = [
  inWords(DOCTOR_COMMAND, {
    summary: '听一个串口，说出那里是谁，接下来做什么',
    options: {
      probe: '光听不够时也发送一些内容：发送什么见下',
      baud: '起初监听的每秒码元数（默认 115200）；之后还试别的',
      json: JSON_ZH,
      fault: '先弄坏点什么，用于 PORT 是模拟的板子时',
    },
    notes: [
      'PORT 是一个串口、rfc2217://HOST:PORT，或一块模拟的板子。它在最常用的各种波特率上监听，至多 10 s，能认出：',
      '桥接板、NMEA 0183、登录提示、AT 调制解调器、会打印的程序、Arduino 引导程序、环回、别的波特率或格式、',
      '极性颠倒的线路、缺少地线、一片寂静；没有权限、串口忙、没有这个串口。',
      '',
      '不带 --probe，或在终端上没有回答“是”，就什么也不发送。带 --probe 时发送：与桥接板打开会话的信元；一个回车和 AT；',
      '在 DTR 和 RTS 上给一个脉冲（Arduino 会因此重启），然后是 STK500 的 GET_SYNC。除此之外不动 DTR 和 RTS，',
      '但操作系统打开本机的串口时会接通它们。',
      '',
      '退出码：0 那里是桥接板，1 是别的或没有谁，2 用法错误，3 串口打不开或丢失，130 被中断（Ctrl-C）。',
    ],
  }),
  inWords(MONITOR_COMMAND, {
    summary: '看一个串口：它的文字、控制线、线路错误',
    options: {
      baud: '每秒的码元数（默认 115200；模拟的板子用它自己的）',
      hex: '八位组用十六进制，旁边是文字',
      text: '一行行的文字（默认）',
      send: '先发送这个；可用 \\r、\\n、\\t、\\\\ 和 \\xNN',
      for: '目标的时钟过了这么久就结束',
    },
    notes: [
      '每行以打开串口以来的秒数开头。控制线和线路错误各占一行：CTS、DSR、DCD，以及帧错误、校验错误、溢出和中断信号的',
      '计数；串口不报告这些时，会说出来。不可打印的字符显示为转义。按 Ctrl-C 结束。TARGET 也可以是模拟的板子。',
      '',
      '退出码：0 因 --for 或 Ctrl-C 结束，2 用法错误，3 串口打不开或丢失。',
    ],
  }),
  inWords(SERVE_COMMAND, {
    summary: '把模拟的板子放到任何程序都能打开的串口后面',
    options: {
      fault: FAULT_ZH,
      seed: SEED_ZH,
      capture: CAPTURE_ZH,
      'spi-log': SPI_LOG_ZH,
      trace: TRACE_ZH,
      'trace-volts': TRACE_VOLTS_ZH,
      baud: '板子起初所用的每秒码元数',
      image: IMAGE_ZH,
      bootloader: 'avr: 板子在引导程序（optiboot、stk500boot）里等着被烧写',
      'bootloader-image': '同上，用这个引导程序',
      logic: '把它的引脚作为网络上的逻辑分析仪，供 PulseView 和 sigrok-cli 打开（驱动 beaglelogic）',
      rfc2217: '改为网络上的一个端口（RFC 2217）；除非写明 HOST，否则只限本机',
      'chip-socket': '只有它的芯片，在本机的一个套接字上：客户端的驱动程序代替控制器',
      'board-file': BOARD_FILE_ZH,
    },
    notes: [
      '打印的第一行是串口的路径。实时运行，直到被中断（Ctrl-C）。SIGUSR2 相当于按下复位按钮：伪终端没有 DTR。',
      '带 --bootloader 时，板子随后在引导程序里等十秒，等待再次烧写。带 --rfc2217 时，第一行是客户端要打开的',
      'rfc2217://HOST:PORT，由 DTR 按下按钮。谁能连到那个端口，谁就能使用板子：没有口令，',
      '所以只在可信的网络上写 HOST。',
      '',
      '带 --logic 时，打印的第二行就是 sigrok 要打开的：sigrok-cli --driver beaglelogic:conn=LINE。输入依次是 CS、SCK、',
      'MOSI、MISO、INT、UART 的 TX 和 RX，以及 RESET；谁能连到那个端口，谁就能看到它们。',
      '',
      '带 --chip-socket 时，第一行就是 PATH。为本机编译的驱动程序连接到那里（docs/chip-socket.md）：它驱动 SPI 和 RESET，',
      '看到 INT；时间按它的要求流逝，不会自己流逝。网线另一端的主机是 192.168.7.1，应答 ARP 和 ping。驱动程序违反',
      '数据手册使用芯片的地方，打印到标准错误，每条规则一次。',
    ],
  }),
  inWords(EXTCAP_COMMAND, {
    summary: '让板子和它的导线成为 Wireshark 的接口，实时观看',
    options: {
      install: '把启动脚本和解析器放到 Wireshark 查找的地方',
      uninstall: '再把它们拿走',
      'extcap-interfaces': '列出接口（Wireshark 会问）',
      'extcap-version': '问的是哪个版本的 Wireshark',
      'extcap-interface': '所指的接口：linkpulse、linkpulse-spi 等',
      'extcap-dlts': '列出一个接口的链路类型',
      'extcap-config': '列出一个接口的设置',
      'extcap-capture-filter': '捕获过滤器，不接受：请用显示过滤器',
      capture: '在一个接口上捕获',
      fifo: '捕获写到哪里（pcapng）',
      board: '为捕获而造的板子：model:BOARD 或 avr:BOARD（默认 model:uno）',
      fault: '它有哪些故障，以空格分隔',
      seed: SEED_ZH,
      peer: '网线接到什么：host 主机（默认），nothing 什么也不接',
      activity: '做什么：ping 每秒一次 ping 和一次询问（默认），checks 把检查做一遍，none 什么也不做',
      'board-file': BOARD_FILE_ZH,
    },
    notes: [
      '安装一次；此后 Wireshark 和 tshark 列出这些接口：linkpulse（为捕获而造的板子，旁边的齿轮是它的设置），以及你的',
      '每个正在运行的 `linkpulse serve` 和 `linkpulse net up`；各有一个接口包含全部，另有分别只有帧、信元、SPI 事务的。',
      '例如：tshark -i linkpulse -o extcap.linkpulse.fault:miso-open',
      '',
      '不用 Wireshark 也能写文件：',
      'linkpulse extcap --capture --extcap-interface linkpulse --activity checks --fifo checks.pcapng',
      '',
      '退出码：0 完成，捕获被结束，或活动已完；2 用法错误；3 要捕获的对象已不在运行。',
    ],
  }),
  inWords(FLASH_COMMAND, {
    summary: '把桥接固件或别的映像写进板子',
    options: {
      image: 'Intel HEX 或 ELF 映像；默认是这块板子的桥接固件',
      programmer: 'avrdude，或 own（STK500 第 1、2 版）；装了 avrdude 就用它',
      baud: '每秒的码元数；默认是引导程序的',
      'no-verify': '写完不读回核对',
      'board-file': BOARD_FILE_ZH,
    },
    notes: [
      '打开串口会使 Arduino 复位并进入引导程序。若不会（伪终端、DTR 上没有电容的板子），请在开始上传时按 RESET。',
      'PORT 也可以是 rfc2217://HOST:PORT；那时用我们自己的编程器。',
    ],
  }),
  inWords(PORTS_COMMAND, {
    summary: '列出本机的串口',
    options: { json: JSON_ZH },
  }),
]
