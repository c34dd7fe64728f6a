/** What the commands take that show connectors, cables and line standards. The work itself is in `commands/`. */
import type { CommandHelp } from './arguments.js'

const JSON_OUTPUT = { help: 'print one JSON document instead' }

export const PHYSICAL_COMMANDS: readonly CommandHelp[] = [
  {
    name: 'connectors',
    operands: '[NAME]',
    minimum: 0,
    maximum: 1,
    summary: 'list the connectors, or show the pins of one: DE-9, DB-25, DC-37, M/34, RJ-45',
    options: {
      out: { value: 'FILE', file: 'output or -', help: 'draw its face (.svg, .png; - is standard output)' },
      json: JSON_OUTPUT,
    },
    notes: [
      'Circuit numbers are those of ITU-T V.24. A connector is found by what it carries as well: rs-232, rs-449, v.35.',
      'For example: linkpulse connectors DC-37 --out dc37.svg',
    ],
  },
  {
    name: 'cables',
    operands: '[NAME]',
    minimum: 0,
    maximum: 1,
    summary: 'list the cables, or show one from pin to pin: straight, crossover, null modem, rollover',
    options: {
      ends: { value: 'A,B', help: 'connectors of a serial cable, as DE-9,DB-25 (an adapter) or DC-37' },
      out: { value: 'FILE', file: 'output or -', help: 'draw it (.svg, .png; - is standard output)' },
      json: JSON_OUTPUT,
    },
    notes: ['For example: linkpulse cables null-modem --ends DB-25 --out null-modem.svg'],
  },
  {
    name: 'lines',
    operands: '[NAME]',
    minimum: 0,
    maximum: 1,
    summary: 'compare the line standards, or show one: rs-232, rs-422, rs-423, rs-449, v.35, ttl',
    options: {
      octet: { value: 'N,...', help: 'draw these octets on its conductors, as 0x41 (default)' },
      receiver: { value: 'NAME', help: 'as a receiver of this standard sees them (default: its own)' },
      baud: { value: 'RATE', help: 'symbols a second (default 9600)' },
      framing: { value: 'NAME', help: 'data bits, parity, stop bits (default 8N1)' },
      metres: { value: 'N', help: 'length of the cable whose capacitance the driver charges (default 2)' },
      out: {
        value: 'FILE',
        file: 'output or -',
        help: 'where the picture goes (.svg, .png; default and -: standard output)',
      },
      json: JSON_OUTPUT,
    },
    notes: [
      'Without NAME: a table, and what a receiver of each standard reads of a driver of each other.',
      'For example: linkpulse lines v.35 --octet 0x41 --out v35.svg',
      'linkpulse lines rs-232 --receiver ttl --out upside-down.png',
    ],
  },
]
