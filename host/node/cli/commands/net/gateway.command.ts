import { command } from '../../command.js'
import { BAUD_OPTION, BOARD_FILE_OPTION, FAULT_OPTION, SEED_OPTION } from '../../options.js'
import { ADDRESS, FRAMES, MEMORY } from './wire-options.js'

export const NET_GATEWAY_COMMAND = command({
  name: 'net gateway',
  operands: 'TARGET',
  minimum: 1,
  maximum: 1,
  takes: ['net target'],
  summary: 'let a simulated board reach the network of this machine, without root and without a TAP device',
  endsWithReader: true,
  options: {
    allow: {
      value: 'WHAT',
      multiple: true,
      help: 'of this machine and its networks: 127.0.0.1:8000, 10.1.0.0/16, [fd00::1]:80, printer.lan:631',
    },
    'only-allowed': { help: 'nothing else is reached, the Internet neither' },
    forward: {
      value: 'FORWARD',
      multiple: true,
      help: 'a port of this machine that leads to the board, as 8080:80 or udp:127.0.0.1:5353:192.168.7.2:53',
    },
    dns: { value: 'LIST', help: "name servers to ask instead of this machine's resolver, as 127.0.0.1:5353" },
    address: { ...ADDRESS, help: 'address of the board, as 10.9.0.2/24 (default: its own, as 192.168.7.2/24)' },
    dhcp: { help: 'have the gateway assign the address' },
    ipv6: { help: 'IPv6 as well: the gateway announces a network of its own' },
    services: {
      value: 'LIST',
      takes: 'service',
      commas: true,
      help: 'what the board offers: echo,discard,chargen,daytime,http,telnet, all (default for model:) or none (for avr:)',
    },
    memory: MEMORY,
    capture: FRAMES,
    for: { value: 'SECONDS', help: 'end after so much time' },
    fault: FAULT_OPTION,
    seed: SEED_OPTION,
    baud: BAUD_OPTION,
    'board-file': BOARD_FILE_OPTION,
  },
  notes: [
    'TARGET is model:BOARD or avr:BOARD. Its cable leads to a gateway in this process, which is its router and name server,',
    'and carries what it sends over sockets of this machine: TCP, UDP, names, and echoes by the system’s ping.',
    '',
    'The loopback and the networks of this machine are refused unless --allow lists them; loopback is the gateway’s own',
    'address to the board. A forward listens on 127.0.0.1 unless it names another address.',
    '',
    'Prints a line when the board answers, `ready 192.168.7.2/24`, and runs in real time until it is interrupted (Ctrl-C).',
    'For example: linkpulse net gateway model:uno --forward 8080:80',
    'and then: curl http://127.0.0.1:8080/; linkpulse net stat',
    '',
    'Exit status: 0 the time is over or it was interrupted, 2 wrong usage, 3 a port could not be opened, or the board was lost.',
  ],
})
