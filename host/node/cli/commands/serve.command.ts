import { command } from '../command.js'
import {
  BAUD_OPTION,
  BOARD_FILE_OPTION,
  CAPTURE_OPTION,
  FAULT_OPTION,
  IMAGE_OPTION,
  SEED_OPTION,
  SPI_LOG_OPTION,
  TRACE_OPTION,
  TRACE_VOLTS_OPTION,
} from '../options.js'

export const SERVE_COMMAND = command({
  name: 'serve',
  operands: '[TARGET]',
  minimum: 0,
  maximum: 1,
  takes: ['simulated target'],
  summary: 'put a simulated board behind a serial port that any program can open',
  options: {
    fault: FAULT_OPTION,
    seed: SEED_OPTION,
    capture: CAPTURE_OPTION,
    'spi-log': SPI_LOG_OPTION,
    trace: TRACE_OPTION,
    'trace-volts': TRACE_VOLTS_OPTION,
    baud: { ...BAUD_OPTION, help: 'symbols a second the board begins with' },
    image: IMAGE_OPTION,
    bootloader: { help: 'an avr: board that waits in its boot loader (optiboot, stk500boot) to be flashed' },
    'bootloader-image': { ...IMAGE_OPTION, help: 'the same, with this boot loader' },
    rfc2217: {
      value: '[HOST:]PORT',
      help: 'a port on the network (RFC 2217) instead; this machine only unless HOST says otherwise',
    },
    logic: {
      value: '[HOST:]PORT',
      help: 'its pins as a logic analyser on the network, for PulseView and sigrok-cli (driver beaglelogic)',
    },
    'board-file': BOARD_FILE_OPTION,
  },
  notes: [
    'The first line printed is the path of the port. Runs in real time until it is interrupted (Ctrl-C).',
    'SIGUSR2 presses the reset button: a pseudo-terminal has no DTR that could. With --bootloader the board then',
    'waits ten seconds in its boot loader to be flashed again. With --rfc2217 the first line is what a client',
    'opens, rfc2217://HOST:PORT, and DTR presses the button. Whoever reaches that port has the board: there is no',
    'password, so name a HOST only on a network you trust.',
    '',
    'With --logic the second line printed is what sigrok opens: sigrok-cli --driver beaglelogic:conn=LINE. Its inputs are, in',
    'this order, CS, SCK, MOSI, MISO, INT, TX and RX of the UART, and RESET; whoever reaches that port sees them.',
  ],
})
