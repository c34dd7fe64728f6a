/** What a person does about the serial line, this computer, and what else is at a port: the cheapest look first. */
export const SERIAL_REMEDIES = {
  'serial-rx-open.remedy':
    'Exchange the USB cable first. With an adapter of its own, reseat the wire from the adapter’s TXD to the board’s RXD (pin 0 on an Uno), and measure it: below 1 Ω from end to end.',
  'serial-tx-open.remedy':
    'Look at the adapter’s RX LED while the board starts: dark means that nothing comes. Reseat the wire from the board’s TXD (pin 1 on an Uno) to the adapter’s RXD, and measure it: below 1 Ω.',
  'serial-rx-shorted.remedy':
    'Pull everything off the board’s RXD (pin 0 on an Uno): shields and modules may hold it. Measure it at rest: it must be at 5 V (3.3 V on a 3.3 V board).',
  'serial-tx-shorted.remedy':
    'Pull everything off the board’s TXD (pin 1 on an Uno): shields and modules may hold it. Measure it at rest: it must be at 5 V (3.3 V on a 3.3 V board).',
  'serial-inverted.remedy':
    'See that the adapter is one for TTL and not for RS-232, and that no inverting level shifter is in the way. FTDI adapters can be told to invert: read the setting with FT_PROG and take it back.',
  'serial-rx-noise.remedy':
    'Exchange the USB cable, and keep it away from motors and supplies. With an adapter of its own twist the wire to the board’s RXD with a ground wire; check again at a lower rate (--baud 115200).',
  'serial-tx-noise.remedy':
    'Exchange the USB cable, and keep it away from motors and supplies. With an adapter of its own twist the wire from the board’s TXD with a ground wire; check again at a lower rate (--baud 115200).',
  'serial-insertions.remedy':
    'Keep the serial wires away from relays and motors, join the grounds at both ends, and put 10 kΩ from each RXD to its supply, so that a line at rest stays high.',
  'serial-bursts.remedy':
    'Switch off what is nearby and see whether it ends: motor, relay, soldering iron, switched supply. Then move the cable away from it, or take a screened one.',
  'serial-too-long.remedy':
    'Take a shorter cable: TTL levels are for 0.3 m at 2 Mbaud and 3 m at less. Or check at a lower rate (--baud 115200), or put RS-232 or RS-422 drivers at both ends.',
  'serial-data-bits.remedy':
    'See what the firmware sets: it must be 8 data bits (UCSZ 3, SERIAL_8N1). With our bridge firmware flash it again: `linkpulse flash uno PORT`.',
  'serial-flow-stuck.remedy':
    'Take hardware flow control off at the board’s port: our line has three wires and no CTS. Where an adapter insists on it, join its RTS to its CTS.',
  'serial-echo.remedy':
    'Look for solder or wires that touch at pins 0 and 1 of the board. Pull shields off, and measure between RXD and TXD without power: it must be above 1 kΩ.',
  'adapter-latency.remedy':
    'On Linux write 1 to /sys/bus/usb-serial/devices/ttyUSB0/latency_timer; on Windows set the latency timer to 1 ms in the port’s advanced settings. Then plug the adapter in without a hub.',
  'computer-slow.remedy':
    'See what else this computer does (a virtual machine, a full disk, a build), and check again when it is idle. Plug the adapter in without a hub, or check at a lower rate (--baud 115200).',
  'adapter-loose.remedy':
    'Wiggle the USB plug at both ends while a check repeats; take another cable and another socket. The system’s log tells when a port comes and goes (dmesg).',
  'port-gps.remedy':
    'See what is plugged in at this port: a GPS receiver talks, whatever it is asked. `linkpulse ports` lists the others; name the board’s, or unplug the receiver and see which one stays.',
  'port-modem.remedy':
    'See what is plugged in at this port: a modem answers AT commands, and nothing else (linkpulse doctor PORT --probe asks it). `linkpulse ports` lists the others; name the board’s. On Linux ModemManager may take a board for one: see that it leaves the port alone.',
  'port-login.remedy':
    'See what is plugged in at this port: the console of another computer asks for a name, once it is spoken to (linkpulse doctor PORT --probe). `linkpulse ports` lists the others; name the board’s. If that computer is the board, end getty at its port.',
  'port-loopback.remedy':
    'See whether TXD and RXD are joined, by a loopback plug or a jumper: what this computer sends comes back then. Take it out, or name the board’s port (`linkpulse ports`).',
  'port-boot-loader.remedy':
    'If a boot loader answers (linkpulse doctor PORT --probe asks it), no firmware runs: flash it with `linkpulse flash uno PORT` (or `nano`, `promini`, as the board is).',
  'port-sketch.remedy':
    'If the board runs another sketch, save what that says if you need it, and flash ours: `linkpulse flash uno PORT` (or `nano`, `promini`, as the board is).',
} as const
