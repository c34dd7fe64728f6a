import { command } from '../../command.js'
import { BAUD_OPTION, BOARD_FILE_OPTION, FAULT_OPTION, SEED_OPTION } from '../../options.js'
import { ADDRESS, ADDRESS6, DHCP, DHCP6, FRAMES, GATEWAY, KERNEL, MEMORY, TAP } from './wire-options.js'

export const NET_UP_COMMAND = command({
  name: 'net up',
  operands: 'TARGET',
  minimum: 1,
  maximum: 1,
  takes: ['net target'],
  summary: "put a board, or a bare stack, on a TAP device of this machine's kernel",
  endsWithReader: true,
  options: {
    tap: { ...TAP, multiple: true },
    address: { ...ADDRESS, multiple: true },
    address6: { ...ADDRESS6, multiple: true },
    gateway: GATEWAY,
    dhcp: DHCP,
    dhcp6: DHCP6,
    'kernel-address': { ...KERNEL, multiple: true },
    services: {
      value: 'LIST',
      takes: 'service',
      commas: true,
      help: 'what it offers: echo,discard,chargen,daytime,http,telnet, all (default for model:) or none (for others)',
    },
    impair: {
      value: 'LIST',
      help: 'a bad wire for stack:, as loss=10,duplicate=5,reorder=25,corrupt=1,mark=5 (percent),delay=10,jitter=5 (ms)',
    },
    advertise: {
      value: 'PREFIX',
      multiple: true,
      help: 'be a router of IPv6 and announce a prefix, as 2001:db8:1::/64, where an --address6 is in it (stack: only)',
    },
    'advertise-dns': { value: 'LIST', help: 'name servers to announce with it, as 2001:db8:1::53' },
    'advertise-search': {
      value: 'LIST',
      help: 'domains to announce with it that names are looked for in, as lab.test',
    },
    'dhcp6-server': {
      help: 'tell these by DHCPv6 as well, which --advertise says then (stateless: it lends no addresses; stack: only)',
    },
    temporary: { help: 'temporary addresses of IPv6 as well, of prefixes that routers announce (stack: only)' },
    forward: { help: 'route between several --tap, each with its --address or --address6 (stack: only)' },
    memory: MEMORY,
    capture: FRAMES,
    for: { value: 'SECONDS', help: 'end after so much time' },
    fault: FAULT_OPTION,
    seed: SEED_OPTION,
    baud: BAUD_OPTION,
    'board-file': BOARD_FILE_OPTION,
  },
  notes: [
    'TARGET is stack: (our TCP/IP stack without any chip), model:BOARD (a simulated board whose own controller runs the',
    'stack), or avr:BOARD (the stack runs here and drives the chip across the serial bridge). The cable of a simulated',
    'board goes to the TAP device. A real board (a serial port) is on the wire it is plugged into: give no --tap.',
    '',
    'Prints a line when it answers, `ready 10.9.0.2/24 on lp0`, and runs in real time until it is interrupted (Ctrl-C).',
    'For example: sudo linkpulse net up stack: --tap lp0 --address 10.9.0.2/24 --services echo,http',
    'and then: ping 10.9.0.2; curl http://10.9.0.2/; linkpulse net stat',
    '',
    'Exit status: 0 the time is over or it was interrupted, 1 no address was obtained, 2 wrong usage,',
    '3 the TAP device or the board could not be opened, or was lost.',
  ],
})
