/** What each command takes. The work itself is in `commands/`, loaded when asked for. */
import type { CommandHelp, OptionHelp } from './arguments.js'
import { NET_COMMANDS } from './net-commands.js'
import { PHYSICAL_COMMANDS } from './physical-commands.js'

const FAULT = {
  value: 'NAME',
  multiple: true,
  help: 'break something first; `linkpulse faults` names what can be broken',
}
const SEED = { value: 'N', help: 'the same seed gives the same run (default 1)' }
const CAPTURE: OptionHelp = {
  value: 'FILE',
  file: 'output',
  help: 'write the frames on the cable as pcapng, for Wireshark',
}
const TRACE: OptionHelp = {
  value: 'FILE',
  file: 'output',
  help: "write the chip's pins and the serial line as a VCD waveform, for PulseView or GTKWave",
}
const TRACE_VOLTS = { help: 'add voltages to the trace: of the serial line, and of the pairs at 200 MS/s (large)' }
const IMAGE: OptionHelp = {
  value: 'FILE',
  file: 'input',
  help: 'firmware of an avr: board (default: the bridge firmware)',
}
const BOARD_FILE: OptionHelp = {
  value: 'FILE',
  file: 'input',
  help: 'add a board described in a JSON file to the catalogue',
}
const JSON_OUTPUT = { help: 'print one JSON document instead' }

export const COMMANDS: readonly CommandHelp[] = [
  {
    name: 'check',
    operands: '[TARGET]',
    minimum: 0,
    maximum: 1,
    summary: 'check a board, layer by layer, and say what is wrong with it',
    options: {
      fault: FAULT,
      seed: SEED,
      json: JSON_OUTPUT,
      report: {
        value: 'FILE',
        file: 'output',
        help: 'write a report as well; its name ends in .xml (JUnit), .html, .tap, .json or .txt',
      },
      capture: CAPTURE,
      trace: TRACE,
      'trace-volts': TRACE_VOLTS,
      only: { value: 'LAYER|ID', multiple: true, help: 'run these checks and what they stand on' },
      list: { help: 'list the checks and run none' },
      'time-limit': { value: 'SECONDS', help: 'give up after this much simulated time (default 3600)' },
      through: {
        value: 'BOX',
        help: 'plug board and partner into a hub, repeater or switch; --capture has an interface for each port then',
      },
      'over-pty': { help: 'reach the simulated board through a real serial port (a pseudo-terminal)' },
      peer: { value: 'ADDRESS', help: 'whom to talk to on the cable of a real board, as 192.168.7.1' },
      address: { value: 'ADDRESS/PREFIX', help: 'what a real board is called meanwhile, as 192.168.7.2/24' },
      baud: { value: 'RATE', help: 'symbols a second on the serial line' },
      strict: { help: 'stop at the first use of the chip that its data sheet forbids' },
      image: IMAGE,
      'board-file': BOARD_FILE,
    },
    notes: [
      'TARGET is model:BOARD (a simulated board; the default is model:uno), avr:BOARD (the compiled firmware on an',
      'emulated microcontroller), or a real board at a serial port: its path, or serial:PATH@RATE,',
      'rfc2217://HOST:PORT (a port across a network), serprog:PATH (a programmer that speaks serprog, with the',
      'chip on its SPI pins: no error detection on its line, and the checks of the serial layer are skipped).',
      '',
      'Exit status: 0 everything passed or was skipped with a reason, 1 a check failed, 2 wrong usage,',
      '3 the target could not be opened or was lost, 4 the time limit ran out, 130 it was interrupted (Ctrl-C).',
    ],
  },
  {
    name: 'serve',
    operands: '[TARGET]',
    minimum: 0,
    maximum: 1,
    summary: 'put a simulated board behind a serial port that any program can open',
    options: {
      fault: FAULT,
      seed: SEED,
      capture: CAPTURE,
      trace: TRACE,
      'trace-volts': TRACE_VOLTS,
      baud: { value: 'RATE', help: 'symbols a second the board begins with' },
      image: IMAGE,
      bootloader: { help: 'an avr: board that waits in its boot loader (optiboot) to be flashed' },
      'bootloader-image': { value: 'FILE', file: 'input', help: 'the same, with this boot loader' },
      rfc2217: {
        value: '[HOST:]PORT',
        help: 'a port on the network (RFC 2217) instead; this machine only unless HOST says otherwise',
      },
      'board-file': BOARD_FILE,
    },
    notes: [
      'The first line printed is the path of the port. Runs in real time until it is interrupted (Ctrl-C).',
      'SIGUSR2 presses the reset button: a pseudo-terminal has no DTR that could. With --bootloader the board then',
      'waits ten seconds in its boot loader to be flashed again. With --rfc2217 the first line is what a client',
      'opens, rfc2217://HOST:PORT, and DTR presses the button. Whoever reaches that port has the board: there is no',
      'password, so name a HOST only on a network you trust.',
    ],
  },
  {
    name: 'flash',
    operands: 'BOARD PORT',
    minimum: 2,
    maximum: 2,
    summary: 'write the bridge firmware, or another image, to a board',
    options: {
      image: {
        value: 'FILE',
        file: 'input',
        help: 'an Intel HEX or ELF image; the bridge firmware of the board unless told otherwise',
      },
      programmer: { value: 'NAME', help: 'avrdude, or own (STK500 version 1); avrdude where it is installed' },
      baud: { value: 'RATE', help: "symbols a second; the boot loader's unless told otherwise" },
      'no-verify': { help: 'do not read back what was written' },
      'board-file': BOARD_FILE,
    },
    notes: [
      'Opening the port resets an Arduino into its boot loader. Where it does not (a pseudo-terminal, a board',
      'without the capacitor on DTR), press RESET as the upload begins.',
      'PORT may be rfc2217://HOST:PORT as well; our own programmer then does it.',
    ],
  },
  {
    name: 'run',
    operands: 'FILE',
    minimum: 1,
    maximum: 1,
    summary: 'run any AVR firmware on an emulated board with an ENC28J60',
    options: {
      board: { value: 'NAME', help: 'whose ATmega328P: uno (default) or nano' },
      cs: { value: 'PIN', help: "the chip's CS, in Arduino numbering (default 10)" },
      int: { value: 'PIN', help: "the chip's INT (default 2)" },
      reset: { value: 'PIN', help: "the chip's RESET (default: its pull-up only)" },
      serial: { value: '-|pty', help: 'the serial port: standard output and input (default), or a port to open' },
      baud: { value: 'RATE', help: 'symbols a second at the other end (default: what the firmware uses)' },
      for: { value: 'SECONDS', help: 'end after so much simulated time' },
      unplugged: { help: 'leave the Ethernet cable unplugged' },
      tap: { value: 'NAME', help: "plug the cable into a TAP device of this machine's kernel, in real time" },
      strict: { help: 'stop at the first finding' },
      fault: FAULT,
      seed: SEED,
      capture: CAPTURE,
      trace: TRACE,
      'trace-volts': TRACE_VOLTS,
      'board-file': BOARD_FILE,
    },
    notes: [
      'FILE is Intel HEX or ELF for an ATmega328P. The cable goes to a host at 192.168.7.1 that answers ARP and ping.',
      'Findings (what the firmware does to the chip against its data sheet) are printed on standard error.',
      'Runs in real time with --serial pty, with --tap, on a terminal and without --for; else as fast as it can.',
      '',
      'Exit status: 0 the time is over or it was interrupted, 1 a finding with --strict, 2 wrong usage,',
      '3 the TAP device could not be opened.',
    ],
  },
  {
    name: 'scope',
    operands: '[TARGET]',
    minimum: 0,
    maximum: 1,
    summary: 'draw the voltage on a conductor of a simulated board, with what it means',
    options: {
      probe: {
        value: 'NAME',
        multiple: true,
        help: 'where to look (default rd); several are drawn one below the other',
      },
      list: { help: 'list the probes and look at none' },
      window: {
        value: 'TIME',
        help: 'how much, as 250us, from what is waited for on; or 1.5ms..2ms after power-on (default: as suits the first probe)',
      },
      from: { value: 'TIME', help: 'begin so long after what is waited for, or before it: --from 12us, --from -1us' },
      frame: { value: 'N', help: 'wait for the Nth frame on rd or td, whether it gets through or not (default 1)' },
      damaged: { help: 'wait for a frame of which noise turned bits over; with --frame N for the Nth' },
      collision: { help: 'wait for a frame that its sender broke off; with --frame N for the Nth' },
      pulse: { help: 'wait for a link test pulse on rd or td' },
      during: { value: 'LAYER|ID', help: 'run these checks meanwhile (default: something that suits the first probe)' },
      'serial-cable': {
        value: 'NAME',
        help: 'three-wire, straight, null-modem or bridged: what of RTS, CTS and the others is wired through',
      },
      out: {
        value: 'FILE',
        file: 'output or -',
        help: 'a picture (.svg, .png) or values (.csv); - or nothing is standard output',
      },
      format: { value: 'FORMAT', help: 'svg, png or csv, where the name of the file does not say' },
      rate: { value: 'HZ', help: 'values a second in a .csv file, as 1000000, 1e6 or 1M' },
      fault: FAULT,
      seed: SEED,
      'board-file': BOARD_FILE,
    },
    notes: [
      'TARGET is model:BOARD or avr:BOARD. Times take ns, us, ms or s; a bare number is microseconds. For example:',
      'linkpulse scope --probe rs232-txd --out txd.png',
      'linkpulse scope --probe spi-cs,spi-sck,spi-si,spi-miso --out spi.svg',
      'linkpulse scope --probe td,rd --fault cable-split-pair --collision --window 20us --out collision.svg',
      'linkpulse scope --probe cts,uart-rxd --serial-cable null-modem --out handshake.svg',
      '',
      'Exit status: 0 something was drawn, 2 wrong usage, 4 what was waited for did not happen.',
    ],
  },
  ...NET_COMMANDS,
  {
    name: 'drill',
    operands: 'FILE...',
    minimum: 1,
    maximum: Number.POSITIVE_INFINITY,
    summary: "run packetdrill's scripts against our TCP/IP stack, in virtual time",
    options: {
      strict: { help: 'fail a script at whose end packets are left over that no line expects' },
      trace: { help: 'print what happened in scripts that pass, too' },
      json: JSON_OUTPUT,
      capture: { value: 'FILE', file: 'output', help: 'write the frames as pcapng, for Wireshark' },
    },
    notes: [
      'Statements that are not supported are named with file, line and what to do; such a script is not run.',
      'docs/drill.md has the language. For example: linkpulse drill test/drill/handshake.pkt --trace',
      '',
      'Exit status: 0 every script passed, 1 an expectation failed, 2 wrong usage, or none failed and a script',
      'is not in the language or asks for what is not supported.',
    ],
  },
  {
    name: 'ports',
    operands: '',
    minimum: 0,
    maximum: 0,
    summary: 'list the serial ports of this machine',
    options: { json: JSON_OUTPUT },
  },
  {
    name: 'boards',
    operands: '[NAME]',
    minimum: 0,
    maximum: 1,
    summary: 'list the boards in the catalogue, or show one with its wiring',
    options: {
      wiring: {
        value: 'FILE',
        file: 'output or -',
        help: "draw the board's wiring as a picture (.svg; - is standard output)",
      },
      json: JSON_OUTPUT,
      'board-file': BOARD_FILE,
    },
  },
  ...PHYSICAL_COMMANDS,
  {
    name: 'faults',
    operands: '',
    minimum: 0,
    maximum: 0,
    summary: 'list what can be broken, and what a person would see',
    options: { json: JSON_OUTPUT },
  },
  {
    name: 'help',
    operands: '[COMMAND]',
    minimum: 0,
    maximum: 2,
    summary: 'explain a command',
    options: {},
  },
]

export const COMMAND_NAMES: readonly string[] = COMMANDS.map(({ name }) => name)

export function findCommand(name: string): CommandHelp | undefined {
  return COMMANDS.find((command) => command.name === name)
}

/** The command that a line begins with, of one word or two (`net up`), and the words after it. */
export function splitCommand(words: readonly string[]): { command: CommandHelp; rest: readonly string[] } | undefined {
  for (const length of [2, 1]) {
    const command = words.length < length ? undefined : findCommand(words.slice(0, length).join(' '))
    if (command !== undefined) return { command, rest: words.slice(length) }
  }
  return undefined
}

/** The commands of two words that begin with this one. */
export function commandsUnder(word: string): readonly CommandHelp[] {
  return COMMANDS.filter(({ name }) => name.startsWith(`${word} `))
}
