import { command } from '../command.js'
import { CAMPAIGN_REPORT_OPTIONS } from './campaign.command.js'

export const MERGE_COMMAND = command({
  name: 'merge',
  operands: 'RESULTS...',
  minimum: 1,
  maximum: 100_000,
  takes: [{ files: ['.jsonl'] }],
  summary: 'join the results of the shards of a campaign into one report',
  options: CAMPAIGN_REPORT_OPTIONS,
  notes: [
    'RESULTS are what `linkpulse campaign` wrote, of one campaign, in any order; a run may be in several. The report is the same, octet',
    'by octet, however many shards there were, on whatever machines, and however often they were interrupted.',
    '',
    'Exit status: 0 every run ended as expected, 1 one did not, 2 wrong usage, or the files do not belong together, 3 runs are missing.',
  ],
})
