import { command } from '../command.js'
import { JSON_OPTION } from '../options.js'

export const COMPARE_COMMAND = command({
  name: 'compare',
  operands: 'FIRST SECOND',
  minimum: 2,
  maximum: 2,
  takes: [{ files: ['.json', '.lpr'] }],
  summary: 'compare two reports, as of a board before a repair and after it',
  options: { json: JSON_OPTION },
  notes: [
    'FIRST and SECOND are what `linkpulse check --json` printed or `--report FILE.json` wrote, or recordings (`--record',
    'FILE.lpr`), which are run again; - is standard input, for one of them. Shown is what differs: the verdicts of',
    'checks, figures that passed a limit or moved farther than they do from run to run, causes with their',
    'probabilities, and target, board, seed and view.',
    '',
    'Exit status: 0 no check and no report came to another verdict, 1 one did, 2 a file is no report,',
    '3 a recording is of another run than this version makes.',
  ],
})
