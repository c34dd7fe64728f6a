import { command } from '../../command.js'
import { BOARD_FILE_OPTION, JSON_OPTION, LOOK_OPTIONS, SEED_OPTION } from '../../options.js'

export const LAB_UP_COMMAND = command({
  name: 'lab up',
  operands: 'FILE',
  minimum: 1,
  maximum: 1,
  takes: [{ files: ['.yaml', '.yml', '.json'] }],
  summary: 'bring up a lab of a file: boards, hosts, boxes, cables, faults, servers, captures, steps',
  options: {
    for: { value: 'SECONDS', help: 'how long, in the time of the lab (default: as the file says)' },
    pace: {
      value: 'free|wall',
      takes: ['free', 'wall'],
      help: 'how fast its time passes (default: as the file says; without an end, as the wall clock)',
    },
    seed: { ...SEED_OPTION, help: 'another seed than the one of the file' },
    captures: {
      value: 'FOLDER',
      help: 'where the captures of the file go, made where it is not there (default: here)',
    },
    graph: {
      value: 'FILE',
      file: 'output',
      takes: { files: ['.svg', '.png'] },
      help: 'draw the lab: who is in it, with cables and faults (.svg, .png)',
    },
    ...LOOK_OPTIONS,
    json: { ...JSON_OPTION, help: 'print each event as a line of JSON instead, which names its schema' },
    'board-file': BOARD_FILE_OPTION,
  },
  notes: [
    'FILE is YAML, or JSON; docs/labs.md says what it may have, and an editor completes it by the schema (schema/lab.json). It ends when its steps',
    'are done, its condition holds or its time is over; a file that has none of these runs until it is interrupted (Ctrl-C).',
    'For example: linkpulse lab up docs/labs/two-networks.yaml',
    '',
    'Exit status: 0 it ended as the file says, 1 a step did not come out as expected, 2 the file or the usage is wrong,',
    '4 the time was over before the rest was done, 130 interrupted before its end (captures are whole all the same).',
  ],
})
