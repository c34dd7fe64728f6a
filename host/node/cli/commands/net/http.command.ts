import { command } from '../../command.js'
import { ECN, LAB, WIRE } from './wire-options.js'

export const NET_HTTP_COMMAND = command({
  name: 'net http',
  operands: 'URL',
  minimum: 1,
  maximum: 1,
  summary: 'fetch a page over HTTP/1.1 with our stack',
  endsWithReader: true,
  options: {
    output: {
      value: 'FILE',
      file: 'output or -',
      short: 'o',
      help: 'where the body goes (default: standard output)',
    },
    include: { short: 'i', help: 'print the status line and the header fields first' },
    ecn: ECN,
    ...WIRE,
  },
  notes: [
    ...LAB,
    '',
    'Exit status: 0 it was fetched whole, 1 it was not, 2 wrong usage, 3 the TAP device could not be opened.',
  ],
})
