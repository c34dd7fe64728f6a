import { command } from '../../command.js'
import { BOARD_FILE_OPTION, LOOK_OPTIONS } from '../../options.js'

export const LAB_CHECK_COMMAND = command({
  name: 'lab check',
  operands: 'FILE',
  minimum: 1,
  maximum: 1,
  takes: [{ files: ['.yaml', '.yml', '.json'] }],
  summary: 'say whether a lab file is right, and everything that is not, without running it',
  options: {
    graph: {
      value: 'FILE',
      file: 'output',
      takes: { files: ['.svg', '.png'] },
      help: 'draw the lab: who is in it, with cables and faults (.svg, .png)',
    },
    ...LOOK_OPTIONS,
    json: { help: 'print the lab as JSON, which names its schema: what `lab up` takes as well' },
    'board-file': BOARD_FILE_OPTION,
  },
  notes: [
    'What is wrong is told with line and column, all of it at once.',
    '',
    'Exit status: 0 it is right, 2 it is not, or the usage is wrong.',
  ],
})
