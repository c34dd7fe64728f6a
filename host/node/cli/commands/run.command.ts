import { command } from '../command.js'
import {
  BAUD_OPTION,
  BOARD_FILE_OPTION,
  CAPTURE_OPTION,
  FAULT_OPTION,
  SEED_OPTION,
  TRACE_OPTION,
  TRACE_VOLTS_OPTION,
} from '../options.js'

export const RUN_COMMAND = command({
  name: 'run',
  operands: 'FILE',
  minimum: 1,
  maximum: 1,
  takes: [{ files: ['.hex', '.elf'] }],
  summary: 'run any AVR firmware on an emulated board with an ENC28J60',
  options: {
    board: {
      value: 'NAME',
      takes: ['uno', 'nano', 'promini', 'mega2560'],
      help: 'whose controller: uno (default), nano, promini, mega2560',
    },
    cs: { value: 'PIN', help: "the chip's CS, in Arduino numbering (default: SS, which is 10 on an Uno)" },
    int: { value: 'PIN', help: "the chip's INT (default 2)" },
    reset: { value: 'PIN', help: "the chip's RESET (default: its pull-up only)" },
    serial: {
      value: '-|pty',
      takes: ['-', 'pty'],
      help: 'the serial port: standard output and input (default), or a port to open',
    },
    baud: { ...BAUD_OPTION, help: 'symbols a second at the other end (default: what the firmware uses)' },
    for: { value: 'SECONDS', help: 'end after so much simulated time' },
    unplugged: { help: 'leave the Ethernet cable unplugged' },
    tap: { value: 'NAME', help: "plug the cable into a TAP device of this machine's kernel, in real time" },
    strict: { help: 'stop at the first finding' },
    fault: FAULT_OPTION,
    seed: SEED_OPTION,
    capture: CAPTURE_OPTION,
    trace: TRACE_OPTION,
    'trace-volts': TRACE_VOLTS_OPTION,
    'board-file': BOARD_FILE_OPTION,
  },
  notes: [
    'FILE is Intel HEX or ELF for the board’s ATmega328P or ATmega2560. The cable goes to a host at 192.168.7.1 that answers ARP and ping.',
    'Findings (what the firmware does to the chip against its data sheet) are printed on standard error.',
    'Runs in real time with --serial pty, with --tap, on a terminal and without --for; else as fast as it can.',
    '',
    'Exit status: 0 the time is over or it was interrupted, 1 a finding with --strict, 2 wrong usage,',
    '3 the TAP device could not be opened.',
  ],
})
