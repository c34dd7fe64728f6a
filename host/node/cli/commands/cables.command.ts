import { command } from '../command.js'
import { JSON_OPTION, LOOK_OPTIONS } from '../options.js'

export const CABLES_COMMAND = command({
  name: 'cables',
  operands: '[NAME]',
  minimum: 0,
  maximum: 1,
  takes: ['cable'],
  summary: 'list the cables, or show one from pin to pin: straight, crossover, null modem, rollover',
  options: {
    ends: {
      value: 'A,B',
      takes: 'connector',
      commas: true,
      help: 'connectors of a serial cable, as DE-9,DB-25 (an adapter) or DC-37',
    },
    out: {
      value: 'FILE',
      file: 'output or -',
      takes: { files: ['.svg', '.png'] },
      help: 'draw it (.svg, .png; - is standard output)',
    },
    ...LOOK_OPTIONS,
    json: JSON_OPTION,
  },
  notes: ['For example: linkpulse cables null-modem --ends DB-25 --out null-modem.svg'],
})
