import { command } from '../../command.js'
import { ECN, LAB, WIRE } from './wire-options.js'

export const NET_NC_COMMAND = command({
  name: 'net nc',
  operands: '[HOST] PORT',
  minimum: 1,
  maximum: 2,
  summary: 'connect standard input and output through our stack, as netcat does',
  endsWithReader: true,
  options: {
    listen: { short: 'l', help: 'wait for a connection to PORT instead (with --tap)' },
    udp: { short: 'u', help: 'UDP instead of TCP' },
    wait: { value: 'SECONDS', short: 'w', help: 'give up after so long without data in either direction' },
    ecn: ECN,
    ...WIRE,
  },
  notes: [
    ...LAB,
    '',
    'The end of standard input closes this direction only (FIN); what the other end still sends is printed.',
    'Exit status: 0 both directions were closed, 1 the connection failed, 2 wrong usage, 3 the TAP device could not be opened.',
  ],
})
