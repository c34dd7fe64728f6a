import { CLASS_BOXES } from '../../../workshop/class/facts.js'
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
    class: {
      help: 'one wire for a class: each learner’s page is a station at a box on this machine, and joins by a code',
    },
    listen: {
      value: 'ADDRESS',
      help: 'of this machine, where learners reach it (0.0.0.0: all of them); 127.0.0.1 by default; with --class',
    },
    box: {
      value: CLASS_BOXES.join('|'),
      takes: CLASS_BOXES,
      help: 'what stands in the middle of a class; a hub by default',
    },
    places: { value: 'N', help: 'learners at most, 2 to 64; 40 by default' },
    port: { value: 'N', help: 'TCP port, 1 to 65535; 8017 by default, 0 for any that is free' },
  },
  notes: [
    'Volts, bits, frames, segments: the simulator in a page, to click, step and break, in English and 简体中文.',
    'The first line printed is the address. It is reached from this machine only, until it is interrupted (Ctrl-C).',
    'With --class it prints below it the code that learners type, and the address of the teacher’s view: pause, speed, who is there.',
    'Nothing of a class reaches a network of this machine but its WebSockets, and nothing is encrypted.',
    'For example: linkpulse workshop --out workshop.html',
    'linkpulse workshop --class --listen 192.168.1.20 --box switch',
  ],
})
