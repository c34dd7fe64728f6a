import { command } from '../../command.js'
import { LAB, WIRE } from './wire-options.js'

export const NET_PING_COMMAND = command({
  name: 'net ping',
  operands: 'HOST',
  minimum: 1,
  maximum: 1,
  summary: 'ping a host with our stack',
  endsWithReader: true,
  options: {
    count: { value: 'N', short: 'c', help: 'how many (default 5)' },
    size: { value: 'OCTETS', short: 's', help: 'data in each, up to 65507 (default 56)' },
    interval: { value: 'SECONDS', short: 'i', help: 'time from one to the next (default 1)' },
    timeout: { value: 'SECONDS', short: 'W', help: 'how long to wait for an answer (default 1)' },
    ...WIRE,
  },
  notes: [
    ...LAB,
    '',
    'Exit status: 0 all came back, 1 some did not, 2 wrong usage, 3 the TAP device could not be opened.',
  ],
})
