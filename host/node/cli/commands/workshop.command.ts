import { command } from '../command.js'

export const WORKSHOP_COMMAND = command({
  name: 'workshop',
  operands: '',
  minimum: 0,
  maximum: 0,
  summary: 'serve the workshop page on this machine, or write it as one file that opens without a network',
  options: {
    out: {
      value: 'FILE',
      file: 'output or -',
      takes: { files: ['.html'] },
      help: 'write the page instead: one file for a USB stick, a web server, a mail (- is standard output)',
    },
    port: { value: 'N', help: 'TCP port, 1 to 65535; 8017 by default, 0 for any that is free' },
  },
  notes: [
    'Volts, bits, frames, segments: the simulator in a page, to click, step and break, in English and 简体中文.',
    'The first line printed is the address. It is reached from this machine only, until it is interrupted (Ctrl-C).',
    'For example: linkpulse workshop --out workshop.html',
  ],
})
