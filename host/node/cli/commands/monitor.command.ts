import { command } from '../command.js'
import { BAUD_OPTION } from '../options.js'

export const MONITOR_COMMAND = command({
  name: 'monitor',
  operands: 'TARGET',
  minimum: 1,
  maximum: 1,
  takes: ['target'],
  summary: 'watch a serial port: its text, its control lines, its line errors',
  options: {
    baud: { ...BAUD_OPTION, help: 'symbols a second (default 115200; of a simulated board, its own)' },
    hex: { help: 'octets in hexadecimal, with their text beside them' },
    text: { help: 'lines of text (default)' },
    send: { value: 'TEXT', help: 'send this first; \\r, \\n, \\t, \\\\ and \\xNN are understood' },
    for: { value: 'SECONDS', help: 'end after so much time on the clock of the target' },
  },
  notes: [
    'Each line begins with the seconds since the port was opened. Control lines and line errors have lines of their own,',
    'with CTS, DSR, DCD, and counts of framing errors, parity errors, overruns and breaks; where a port does not',
    'report them, that is said. Unprintable characters are shown as escapes. Ends with Ctrl-C. TARGET may be a simulated board as well.',
    '',
    'Exit status: 0 it was ended with --for or Ctrl-C, 2 wrong usage, 3 the port could not be opened or was lost.',
  ],
  endsWithReader: true,
})
