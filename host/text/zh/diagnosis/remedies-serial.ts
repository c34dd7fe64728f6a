/** 对串行线路、这台计算机和串口上的其他设备做什么：最省事的先看。 */
import type { SERIAL_REMEDIES } from '../../en/diagnosis/remedies-serial.js'
import type { SameSentences } from '../../keyed.js'

const LISTED = '`linkpulse ports` 列出其他串口；请指明板子的那个'

export const SERIAL_REMEDIES_ZH: SameSentences<typeof SERIAL_REMEDIES> = {
  'serial-rx-open.remedy':
    '先换 USB 线。若用独立的适配器，把适配器 TXD 到板子 RXD（Uno 的 0 号引脚）的线重新插好，并测量：两端之间低于 1 Ω。',
  'serial-tx-open.remedy':
    '板子启动时看适配器的 RX LED：不亮就是什么也没来。把板子 TXD（Uno 的 1 号引脚）到适配器 RXD 的线重新插好，并测量：低于 1 Ω。',
  'serial-rx-shorted.remedy':
    '把板子 RXD（Uno 的 0 号引脚）上接的东西全部拔掉：扩展板和模块可能拉住了它。空闲时测量：应为 5 V（3.3 V 的板子为 3.3 V）。',
  'serial-tx-shorted.remedy':
    '把板子 TXD（Uno 的 1 号引脚）上接的东西全部拔掉：扩展板和模块可能拉住了它。空闲时测量：应为 5 V（3.3 V 的板子为 3.3 V）。',
  'serial-inverted.remedy':
    '确认适配器是 TTL 的而不是 RS-232 的，途中也没有会反相的电平转换器。FTDI 适配器可以设为反相：用 FT_PROG 读出设置，改回来。',
  'serial-rx-noise.remedy':
    '换 USB 线，让它远离电机和电源。若用独立的适配器，把到板子 RXD 的线与一根地线绞在一起；再用较低的波特率检查（--baud 115200）。',
  'serial-tx-noise.remedy':
    '换 USB 线，让它远离电机和电源。若用独立的适配器，把从板子 TXD 来的线与一根地线绞在一起；再用较低的波特率检查（--baud 115200）。',
  'serial-insertions.remedy':
    '让串口线远离继电器和电机，两端的地连起来，并在每个 RXD 与其电源之间接 10 kΩ，使空闲的线路保持为高。',
  'serial-bursts.remedy':
    '关掉附近的设备，看情况是否消失：电机、继电器、电烙铁、开关电源。然后让线缆远离它，或改用屏蔽线。',
  'serial-too-long.remedy':
    '换一根短些的线缆：TTL 电平在 2 Mbaud 时只能走 0.3 m，更慢时 3 m。或用较低的波特率检查（--baud 115200），或在两端加 RS-232 或 RS-422 驱动器。',
  'serial-data-bits.remedy':
    '看看固件的设置：必须是 8 个数据位（UCSZ 3，SERIAL_8N1）。用我们的桥接固件的，请重新烧写：`linkpulse flash uno PORT`。',
  'serial-flow-stuck.remedy':
    '关掉板子串口的硬件流控：我们的线路只有三根线，没有 CTS。适配器非要它不可的，把它的 RTS 与 CTS 接在一起。',
  'serial-echo.remedy':
    '看板子的 0、1 号引脚处有没有焊锡或导线相碰。拔掉扩展板，断电测量 RXD 与 TXD 之间：应高于 1 kΩ。',
  'adapter-latency.remedy':
    '在 Linux 上向 /sys/bus/usb-serial/devices/ttyUSB0/latency_timer 写入 1；在 Windows 上到串口的高级设置里把延迟计时器设为 1 ms。然后不经集线器直接插上适配器。',
  'computer-slow.remedy':
    '看看这台计算机还在做什么（虚拟机、磁盘已满、正在编译），空闲时再检查一次。不经集线器直接插上适配器，或用较低的波特率检查（--baud 115200）。',
  'adapter-loose.remedy':
    '检查反复运行时，在两端晃动 USB 插头；换一根线、换一个插口。系统日志会显示串口何时出现、何时消失（dmesg）。',
  'port-gps.remedy': `看看这个串口上插的是什么：GPS 接收机不问也会说话。${LISTED}，或拔下接收机，看剩下的是哪个。`,
  'port-modem.remedy': `看看这个串口上插的是什么：调制解调器应答 AT 命令，不应答别的（linkpulse doctor PORT --probe 会问它）。${LISTED}。在 Linux 上 ModemManager 可能把板子当作调制解调器：让它不要碰这个串口。`,
  'port-login.remedy': `看看这个串口上插的是什么：另一台计算机的控制台，一跟它说话就要名字（linkpulse doctor PORT --probe）。${LISTED}。如果那台计算机就是板子，停掉它串口上的 getty。`,
  'port-loopback.remedy':
    '看看 TXD 和 RXD 是否被环回插头或跳线帽连在一起：那样这台计算机发出什么就返回什么。取下它，或指明板子的串口（`linkpulse ports`）。',
  'port-boot-loader.remedy':
    '如果是引导程序在应答（linkpulse doctor PORT --probe 会问它），就是没有固件在运行：用 `linkpulse flash uno PORT` 烧写（或 `nano`、`promini`，看是哪种板子）。',
  'port-sketch.remedy':
    '如果板子运行的是别的 sketch，需要它说的内容就先保存，然后烧写我们的固件：`linkpulse flash uno PORT`（或 `nano`、`promini`，看是哪种板子）。',
}
