import { command } from '../../command.js'

export const NET_CAPTURE_COMMAND = command({
  name: 'net capture',
  operands: '[NAME]',
  minimum: 0,
  maximum: 1,
  takes: ['running net'],
  summary: 'watch the frames of a running `linkpulse net up`, as tcpdump does',
  endsWithReader: true,
  options: {
    output: {
      value: 'FILE',
      file: 'output or -',
      takes: { files: ['.pcapng'] },
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
})
