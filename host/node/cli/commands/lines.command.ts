import { command } from '../command.js'
import { BAUD_OPTION, JSON_OPTION, LOOK_OPTIONS } from '../options.js'

export const LINES_COMMAND = command({
  name: 'lines',
  operands: '[NAME]',
  minimum: 0,
  maximum: 1,
  takes: ['line'],
  summary: 'compare the line standards, or show one: rs-232, rs-422, rs-423, rs-449, v.35, ttl',
  options: {
    text: { value: 'TEXT', help: 'draw how a text goes over it, at the pin and at the connector, as Hi' },
    octet: { value: 'N,...', help: 'draw these octets on its conductors, as 0x41 (default)' },
    receiver: { value: 'NAME', takes: 'line', help: 'as a receiver of this standard sees them (default: its own)' },
    baud: { ...BAUD_OPTION, help: 'symbols a second (default 9600)' },
    framing: { value: 'NAME', help: 'data bits, parity, stop bits (default 8N1)' },
    metres: { value: 'N', help: 'length of the cable whose capacitance the driver charges (default 2)' },
    out: {
      value: 'FILE',
      file: 'output or -',
      takes: { files: ['.svg', '.png'] },
      help: 'a picture (.svg, .png; - is standard output; default: drawn in characters)',
    },
    ...LOOK_OPTIONS,
    json: JSON_OPTION,
  },
  notes: [
    'Without NAME: a table, and what a receiver of each standard reads of a driver of each other.',
    'For example: linkpulse lines rs-232 --text Hi',
    'linkpulse lines v.35 --octet 0x41 --out v35.svg',
    'linkpulse lines rs-232 --receiver ttl --out upside-down.png',
  ],
})
