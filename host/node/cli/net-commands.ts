/** What each `linkpulse net` command takes. The work itself is in `commands/net/`, loaded when asked for. */
import type { CommandHelp, OptionHelp } from './arguments.js'

const TAP = { value: 'NAME', help: "the TAP device of this machine's kernel that is the other end of the wire" }
const ADDRESS = { value: 'ADDRESS/PREFIX', help: 'what the stack is called, as 10.9.0.2/24' }
const GATEWAY = { value: 'ADDRESS', help: 'first hop out of the network' }
const DHCP = { help: 'have the address assigned by a DHCP server on the wire' }
const KERNEL = {
  value: 'ADDRESS|none',
  help: "what the kernel's end is called (default: the first other address of the network)",
}
const CAPTURE: OptionHelp = { value: 'FILE', file: 'output', help: 'write the frames as pcapng, for Wireshark' }
const SEED = { value: 'N', help: 'the same seed gives the same run (default 1)' }
const MEMORY = { value: 'OCTETS', help: 'the budget that every buffer of the stack is taken from (default 1048576)' }

/** Where the commands that use the stack find the other end. */
const WIRE: Readonly<Record<string, OptionHelp>> = {
  tap: { ...TAP, help: `${TAP.help} (default: a simulated wire with a board on it)` },
  address: ADDRESS,
  gateway: GATEWAY,
  'kernel-address': KERNEL,
  dns: { value: 'ADDRESS', help: 'the name server to ask, where a host is given by its name' },
  memory: MEMORY,
  capture: CAPTURE,
  seed: SEED,
}

const LAB = [
  'Without --tap nothing but this program is needed: the other end is a simulated Arduino Uno at 192.168.7.2 with all',
  'services, this end is 192.168.7.1, and time is simulated. With --tap and --address it is this machine’s kernel.',
]

export const NET_COMMANDS: readonly CommandHelp[] = [
  {
    name: 'net up',
    operands: 'TARGET',
    minimum: 1,
    maximum: 1,
    summary: "put a board, or a bare stack, on a TAP device of this machine's kernel",
    options: {
      tap: { ...TAP, multiple: true },
      address: { ...ADDRESS, multiple: true },
      gateway: GATEWAY,
      dhcp: DHCP,
      'kernel-address': { ...KERNEL, multiple: true },
      services: {
        value: 'LIST',
        help: 'what it offers: echo,discard,chargen,daytime,http,telnet, all (default for model:) or none (for others)',
      },
      impair: {
        value: 'LIST',
        help: 'a bad wire for stack:, as loss=10,duplicate=5,reorder=25,corrupt=1 (percent),delay=10,jitter=5 (ms)',
      },
      forward: { help: 'route between several --tap, each with its --address (stack: only)' },
      memory: MEMORY,
      capture: CAPTURE,
      for: { value: 'SECONDS', help: 'end after so much time' },
      fault: {
        value: 'NAME',
        multiple: true,
        help: 'break something first; `linkpulse faults` names what can be broken',
      },
      seed: SEED,
      baud: { value: 'RATE', help: 'symbols a second on the serial line' },
      'board-file': { value: 'FILE', file: 'input', help: 'add a board described in a JSON file to the catalogue' },
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
      'Exit status: 0 the time is over or it was interrupted, 1 no address could be had, 2 wrong usage,',
      '3 the TAP device or the board could not be opened, or was lost.',
    ],
  },
  {
    name: 'net ping',
    operands: 'HOST',
    minimum: 1,
    maximum: 1,
    summary: 'ask for echoes with our stack',
    options: {
      count: { value: 'N', short: 'c', help: 'how many (default 5)' },
      size: { value: 'OCTETS', short: 's', help: 'data in each, up to 65507 (default 56)' },
      interval: { value: 'SECONDS', short: 'i', help: 'from one to the next (default 1)' },
      timeout: { value: 'SECONDS', short: 'W', help: 'how long to wait for an answer (default 1)' },
      ...WIRE,
    },
    notes: [
      ...LAB,
      '',
      'Exit status: 0 all came back, 1 some did not, 2 wrong usage, 3 the TAP device could not be opened.',
    ],
  },
  {
    name: 'net nc',
    operands: '[HOST] PORT',
    minimum: 1,
    maximum: 2,
    summary: 'connect standard input and output through our stack, as netcat does',
    options: {
      listen: { short: 'l', help: 'wait for a connection to PORT instead (with --tap)' },
      udp: { short: 'u', help: 'UDP instead of TCP' },
      wait: { value: 'SECONDS', short: 'w', help: 'give up when nothing has passed for so long' },
      ...WIRE,
    },
    notes: [
      ...LAB,
      '',
      'The end of standard input closes this direction only (FIN); what the other end still has to say is printed.',
      'Exit status: 0 both directions were closed, 1 the connection failed, 2 wrong usage, 3 the TAP device could not be opened.',
    ],
  },
  {
    name: 'net http',
    operands: 'URL',
    minimum: 1,
    maximum: 1,
    summary: 'fetch a page over HTTP/1.1 with our stack',
    options: {
      output: {
        value: 'FILE',
        file: 'output or -',
        short: 'o',
        help: 'where the body goes (default: standard output)',
      },
      include: { short: 'i', help: 'print the status line and the header fields first' },
      ...WIRE,
    },
    notes: [
      ...LAB,
      '',
      'Exit status: 0 it was fetched whole, 1 it was not, 2 wrong usage, 3 the TAP device could not be opened.',
    ],
  },
  {
    name: 'net capture',
    operands: '[NAME]',
    minimum: 0,
    maximum: 1,
    summary: 'watch the frames of a running `linkpulse net up`, in the manner of tcpdump',
    options: {
      output: {
        value: 'FILE',
        file: 'output or -',
        short: 'o',
        help: 'write pcapng for Wireshark instead (- is standard output)',
      },
      count: { value: 'N', short: 'c', help: 'end after so many frames' },
      for: { value: 'SECONDS', help: 'end after so much time' },
    },
    notes: [
      'NAME is the TAP device (or the target) of a `linkpulse net up`; it may be left out while there is only one.',
      'For example: linkpulse net capture -o - | wireshark -k -i -',
      '',
      'Exit status: 0 the frames or the time are over, or it was interrupted, 2 wrong usage, 3 there is no such `net up`.',
    ],
  },
  {
    name: 'net stat',
    operands: '[NAME]',
    minimum: 0,
    maximum: 1,
    summary: 'show counters, memory by purpose, neighbours, routes and connections of a stack',
    options: {
      json: { help: 'print one JSON document instead' },
      seed: SEED,
    },
    notes: [
      'NAME is the TAP device (or the target) of a running `linkpulse net up`; it may be left out while there is only one.',
      'Where none runs, or NAME is model:BOARD, it is a board in a simulated lab that has just answered some traffic.',
      '',
      'Exit status: 0 it was shown, 2 wrong usage, 3 there is no such `net up`.',
    ],
  },
]
