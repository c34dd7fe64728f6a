/**
 * The programs that judge us: someone else's decoders, dissectors and tools. A test that needs one asks for it here, so a
 * machine without it is told what to install instead of seeing a test fail for a reason of its own.
 */
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface Tool {
  /** The command on the PATH, or an absolute path of a file the package holds. */
  readonly command: string
  /** The Debian package that has it. */
  readonly debianPackage: string
  readonly purpose: string
}

export const TOOLS: readonly Tool[] = [
  { command: 'prove', debianPackage: 'perl', purpose: 'reads TAP reports, and the YAML in them' },
  { command: 'tshark', debianPackage: 'tshark', purpose: 'judges our captures' },
  { command: 'socat', debianPackage: 'socat', purpose: 'opens our serial port as a stranger would' },
  { command: 'sigrok-cli', debianPackage: 'sigrok-cli', purpose: 'decodes our pin traces' },
  { command: 'avr-gcc', debianPackage: 'gcc-avr', purpose: 'builds programs for the emulated ATmega328P' },
  { command: '/usr/lib/avr/include/avr/io.h', debianPackage: 'avr-libc', purpose: 'is what they are built with' },
  { command: 'avr-addr2line', debianPackage: 'binutils-avr', purpose: 'judges lines and functions of findings' },
  { command: 'addr2line', debianPackage: 'binutils', purpose: 'judges lines of newer DWARF' },
  { command: 'cc', debianPackage: 'gcc', purpose: 'builds the harness around simavr, and drivers of the chip' },
  { command: '/usr/include/stdio.h', debianPackage: 'libc6-dev', purpose: 'is what they are built with' },
  { command: '/usr/include/simavr/sim_avr.h', debianPackage: 'libsimavr-dev', purpose: 'judges our ATmega328P' },
  { command: 'avr-gdb', debianPackage: 'gdb-avr', purpose: 'debugs programs on the emulated board' },
  { command: 'avrdude', debianPackage: 'avrdude', purpose: 'flashes the emulated board' },
  {
    command: '/usr/share/arduino/hardware/arduino/avr/bootloaders/optiboot/optiboot_atmega328.hex',
    debianPackage: 'arduino-core-avr',
    purpose: 'has the boot loader that avrdude talks to',
  },
  { command: 'flashrom', debianPackage: 'flashrom', purpose: 'reads and writes a flash chip through the bridge' },
  {
    command: '/usr/lib/python3/dist-packages/serial/rfc2217.py',
    debianPackage: 'python3-serial',
    purpose: 'is both ends of a serial port across a network (RFC 2217)',
  },
  { command: 'gensiot', debianPackage: 'gensio-bin', purpose: 'is another server of RFC 2217 (the one of ser2net)' },
  {
    command: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
    debianPackage: 'fonts-noto-cjk',
    purpose: 'has the Chinese characters of our pictures',
  },
  { command: 'rsvg-convert', debianPackage: 'librsvg2-bin', purpose: 'draws our pictures' },
  { command: 'ip', debianPackage: 'iproute2', purpose: 'makes the network namespaces of the TAP tests' },
  { command: 'ping', debianPackage: 'iputils-ping', purpose: 'lets the kernel ping a board' },
  { command: 'arping', debianPackage: 'iputils-arping', purpose: 'asks our stack for its station address' },
  { command: 'traceroute', debianPackage: 'traceroute', purpose: 'looks for our router on its way' },
  { command: 'curl', debianPackage: 'curl', purpose: 'fetches from our HTTP server' },
  { command: 'lftp', debianPackage: 'lftp', purpose: 'fetches from our FTP server' },
  { command: 'sftp', debianPackage: 'openssh-client', purpose: 'logs in to our SSH server' },
  { command: 'nc.openbsd', debianPackage: 'netcat-openbsd', purpose: 'talks to our stack through the kernel' },
  { command: 'nmap', debianPackage: 'nmap', purpose: 'scans our stack with packets that break the rules' },
  {
    command: '/usr/lib/python3/dist-packages/scapy/__init__.py',
    debianPackage: 'python3-scapy',
    purpose: 'sends our stack what no stack would send',
  },
  { command: 'bash', debianPackage: 'bash', purpose: 'completes our commands' },
  { command: 'zsh', debianPackage: 'zsh', purpose: 'completes our commands' },
  { command: 'fish', debianPackage: 'fish', purpose: 'completes our commands' },
  { command: 'dnsmasq', debianPackage: 'dnsmasq-base', purpose: 'gives our stack addresses, and answers it for names' },
  { command: 'radvd', debianPackage: 'radvd', purpose: 'is a router that tells our stack of prefixes and routes' },
  { command: 'rdisc6', debianPackage: 'ndisc6', purpose: 'asks our stack for what it announces as a router' },
  { command: 'dhcp6c', debianPackage: 'wide-dhcpv6-client', purpose: 'asks our DHCPv6 server' },
  { command: 'dhcp6s', debianPackage: 'wide-dhcpv6-server', purpose: 'lends our stack an address of IPv6' },
  { command: 'kea-dhcp6', debianPackage: 'kea-dhcp6-server', purpose: 'lends our stack an address of IPv6' },
  { command: 'dhcpcd', debianPackage: 'dhcpcd-base', purpose: 'asks our DHCPv6 server' },
  { command: 'busybox', debianPackage: 'busybox', purpose: 'asks our stack for addresses and names' },
  {
    command: '/usr/include/lwip/lwip/tcp.h',
    debianPackage: 'liblwip-dev',
    purpose: 'is the other stack that ours talks to',
  },
  { command: 'parallel', debianPackage: 'parallel', purpose: 'runs the shards of a campaign' },
  { command: 'chromium', debianPackage: 'chromium', purpose: 'runs us in a browser' },
]

/** The path of a command, or undefined when this machine does not have it. */
export function locate(command: string): string | undefined {
  if (command.startsWith('/')) return existsSync(command) ? command : undefined
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, command)
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'ENOENT' && code !== 'EACCES' && code !== 'ENOTDIR') throw error
    }
  }
  return undefined
}

export function missingTools(): Tool[] {
  return TOOLS.filter((tool) => locate(tool.command) === undefined)
}

/** What to type to get the tools. */
export function installCommand(tools: readonly Tool[]): string {
  return `apt-get install ${[...new Set(tools.map((tool) => tool.debianPackage))].sort().join(' ')}`
}
