import { command } from '../command.js'
import { JSON_OPTION, LOOK_OPTIONS } from '../options.js'

export const CONNECTORS_COMMAND = command({
  name: 'connectors',
  operands: '[NAME]',
  minimum: 0,
  maximum: 1,
  takes: ['connector'],
  summary: 'list the connectors, or show the pins of one: DE-9, DB-25, DC-37, M/34, RJ-45',
  options: {
    out: {
      value: 'FILE',
      file: 'output or -',
      takes: { files: ['.svg', '.png'] },
      help: 'draw its face (.svg, .png; - is standard output)',
    },
    ...LOOK_OPTIONS,
    json: JSON_OPTION,
  },
  notes: [
    'Circuit numbers are those of ITU-T V.24. A connector is found by what it carries as well: rs-232, rs-449, v.35.',
    'For example: linkpulse connectors DC-37 --out dc37.svg',
  ],
})
