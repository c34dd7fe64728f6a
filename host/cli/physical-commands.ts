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
      out: { value: 'FILE', help: 'draw its face (.svg, .png; - is standard output)' },
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
      out: { value: 'FILE', help: 'draw it (.svg, .png; - is standard output)' },
      json: JSON_OUTPUT,
    },
    notes: ['For example: linkpulse cables null-modem --ends DB-25 --out null-modem.svg'],
  },
]
