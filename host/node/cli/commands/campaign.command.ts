import { command } from '../command.js'
import { REPORT_OPTION } from '../options.js'

/** Of the two commands that end in the report of a campaign. */
export const CAMPAIGN_REPORT_OPTIONS = {
  report: REPORT_OPTION,
  json: { help: 'print the report as JSON instead, which names its schema' },
} as const

export const CAMPAIGN_COMMAND = command({
  name: 'campaign',
  operands: 'FILE',
  minimum: 1,
  maximum: 1,
  takes: [{ files: ['.yaml', '.yml', '.json'] }],
  summary: 'run boards or sketches with every fault, severity and seed of a file, on all cores or in shards',
  options: {
    shard: { value: 'I/N', help: 'run the I-th of N parts, as 2/5 (default: as the engine around it says, or all)' },
    results: {
      value: 'PATH',
      takes: { files: ['.jsonl'] },
      help: 'where results are kept, and gone on from (default: NAME.results.jsonl here, of a shard NAME.I-of-N.results.jsonl)',
    },
    'at-once': { value: 'N', help: 'runs at once, each in a process of its own (default: as many as there are cores)' },
    ...CAMPAIGN_REPORT_OPTIONS,
  },
  notes: [
    'What ended is kept as it ends: whatever interrupts it, the same command goes on from there. A shard is told by --shard, or by',
    'GNU parallel (PARALLEL_SEQ), a Kubernetes indexed Job (JOB_COMPLETION_INDEX), both with LINKPULSE_SHARDS=N; a Slurm array; or',
    'GitLab’s `parallel`. `linkpulse merge` joins the results of shards. docs/campaign.md has the file, and a recipe for each engine.',
    '',
    'Exit status: 0 every run ended as expected, 1 one did not, 2 wrong usage or a file with a mistake in it, 3 a process that runs was',
    'lost, 130 it was interrupted (Ctrl-C).',
  ],
})
