import { command } from '../../command.js'
import { JSON_OPTION, SEED_OPTION } from '../../options.js'

export const NET_STAT_COMMAND = command({
  name: 'net stat',
  operands: '[NAME]',
  minimum: 0,
  maximum: 1,
  takes: ['running net'],
  summary: 'show counters, memory by purpose, neighbours, routes and connections of a stack',
  endsWithReader: true,
  options: {
    json: JSON_OPTION,
    seed: SEED_OPTION,
  },
  notes: [
    'NAME is the TAP device (or the target) of a running `linkpulse net up`; it may be left out while there is only one.',
    'Where none runs, or NAME is model:BOARD, it is a board in a simulated lab that has just answered some traffic.',
    '',
    'Exit status: 0 it was shown, 2 wrong usage, 3 there is no such `net up`.',
  ],
})
