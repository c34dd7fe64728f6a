/** 几个命令共有的选项。 */
export const FAULT_ZH = '先弄坏点什么，如 cable-noise:0.32V；`linkpulse faults` 列出能弄坏的'
export const SEED_ZH = '种子相同，过程就相同（默认 1）'
export const CAPTURE_ZH = '把网线上的帧写成 pcapng，供 Wireshark 查看'
export const SPI_LOG_ZH = '把芯片 SPI 上的每条指令写成一行文字，带寄存器和位的名字'
export const TRACE_ZH = '把芯片引脚和串行线写成 VCD 波形，供 PulseView 或 GTKWave 查看'
export const TRACE_VOLTS_ZH = '波形中加上电压：串行线的，以及线对的（200 MS/s，文件很大）'
export const IMAGE_ZH = 'avr: 板子的固件（默认：桥接固件）'
export const BOARD_FILE_ZH = '把 JSON 文件描述的板子加进目录'
export const JSON_ZH = '改为打印 JSON，其中写明它的 schema'
export const BAUD_ZH = '串行线每秒的码元数'
/** 图的样子。 */
export const LOOK_ZH = {
  theme: '图的样式：paper（默认），或 projector：大字、粗线、强对比',
  aspect: '图幅的宽高比，如幻灯片用 16:9（默认：由所画的内容决定）',
}
