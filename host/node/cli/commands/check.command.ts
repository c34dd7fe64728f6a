import { command } from '../command.js'
import { BAUD, BOARD_FILE, CAPTURE, FAULT, IMAGE, JSON_OUTPUT, SEED, TRACE, TRACE_VOLTS } from '../options.js'

export const CHECK_COMMAND = command({
  name: 'check',
  operands: '[TARGET]',
  minimum: 0,
  maximum: 1,
  takes: ['target'],
  summary: 'check a board, layer by layer, and say what is wrong with it',
  options: {
    fault: FAULT,
    seed: SEED,
    json: JSON_OUTPUT,
    report: {
      value: 'FILE',
      file: 'output',
      takes: { files: ['.xml', '.html', '.tap', '.json', '.txt'] },
      help: 'write a report as well; its name ends in .xml (JUnit), .html, .tap, .json or .txt',
    },
    capture: CAPTURE,
    trace: TRACE,
    'trace-volts': TRACE_VOLTS,
    only: { value: 'LAYER|ID', multiple: true, takes: 'check', help: 'run these checks and what they stand on' },
    list: { help: 'list the checks and run none' },
    'time-limit': { value: 'SECONDS', help: 'give up after this much simulated time (default 3600)' },
    through: {
      value: 'BOX',
      takes: 'box',
      help: 'plug board and partner into a hub, repeater or switch; --capture has an interface for each port then',
    },
    'over-pty': { help: 'reach the simulated board through a real serial port (a pseudo-terminal)' },
    peer: { value: 'ADDRESS', help: 'whom to talk to on the cable of a real board, as 192.168.7.1' },
    address: { value: 'ADDRESS/PREFIX', help: 'what a real board is called meanwhile, as 192.168.7.2/24' },
    baud: BAUD,
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
})
