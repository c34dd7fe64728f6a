import { command } from '../command.js'
import { SEED_OPTION } from '../options.js'

export const MISSION_COMMAND = command({
  name: 'mission',
  operands: '[MISSION|RESULT...]',
  minimum: 0,
  maximum: Number.POSITIVE_INFINITY,
  takes: [{ files: ['.json'] }],
  summary: 'find by measuring what a seed has broken; or check and list the results that a class has handed in',
  options: {
    seed: SEED_OPTION,
    save: {
      value: 'FILE',
      file: 'output',
      takes: { files: ['.json'] },
      help: 'write the result at the end, to be handed in',
    },
    csv: {
      value: 'FILE',
      file: 'output or -',
      takes: { files: ['.csv'] },
      help: 'of results: write the table for a spreadsheet (- is standard output)',
    },
  },
  notes: [
    'Without operands it lists the missions. With the name or the number of one it reads commands: from a terminal with a prompt (Tab',
    'completes), else from standard input, a line each. They are the missions of the workshop page, and the same seed has broken the same.',
    '',
    'Operands that end in .json are results, from here or from the page: each is played again from its seed and its steps, and what does',
    'not come out as it says is named.',
    '',
    'Exit status: 0 solved, or every result is as it says; 1 not solved, or one is not; 2 wrong usage.',
  ],
})
