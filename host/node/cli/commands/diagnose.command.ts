import { command } from '../command.js'
import { JSON_OPTION } from '../options.js'

export const DIAGNOSE_COMMAND = command({
  name: 'diagnose',
  operands: 'REPORT...',
  minimum: 1,
  maximum: Number.POSITIVE_INFINITY,
  takes: [{ files: ['.json'] }],
  summary: 'diagnose stored reports again, with the dictionary of this version',
  options: { json: JSON_OPTION },
  notes: [
    'REPORT is what `linkpulse check --json` printed or `--report FILE.json` wrote; - is standard input. Of a recording,',
    'whose checks can be run again as well, see `linkpulse check replay:FILE`.',
    '',
    'Exit status: 0 no check of any of them failed, 1 one did, 2 a file is no report.',
  ],
})
