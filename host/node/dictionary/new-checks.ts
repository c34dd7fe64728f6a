/**
 * `npm run --silent new-checks`: for checks that were added since the dictionary was learned. What was counted stays as it is, and they weigh
 * nothing; what is learned is how often they fail alone where a listed fault is, and so how much their failing speaks for a fault that is
 * not in the list. The runs are of seeds of their own, neither those that the dictionary was learned from nor those that judge it.
 *
 *   npm run --silent new-checks -- [--runs 4] [--sound 60] [--at-once 2] [--of HASH]
 *
 * `--of` uses results that were made of other sources, as their file names them.
 * Exit status: 0 it is written; 2 wrong usage; 130 interrupted, and it goes on from there.
 */
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { withNewChecks } from '../../campaign/learn/learn.js'
import { faultRuns, soundRuns } from '../../campaign/learn/plans.js'
import { sampleOf } from '../../campaign/learn/sample.js'
import type { PlannedRun } from '../../campaign/plan.js'
import { DICTIONARY_DATA } from '../../check/diagnosis/dictionary/data.js'
import { print } from '../cli/say.js'
import { performPlan } from './perform-plan.js'
import { sourcesHash } from './sources.js'
import { wholeOption } from './whole-option.js'
import { writeDictionaryData } from './write-data.js'

const ROOT = join(import.meta.dirname, '../../..')
const DATA = join(ROOT, 'host/check/diagnosis/dictionary/data.ts')
const RESULTS = join(ROOT, 'dist/dictionary/new-checks.jsonl')
/** What is learned from and what is judged by have others (`make dictionary`, `make calibration`). */
const SEED = 30_000_000

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '4' },
    sound: { type: 'string', default: '60' },
    'at-once': { type: 'string', default: String(availableParallelism()) },
    of: { type: 'string' },
  },
})
const tell = (line: string): void => print(`${line}\n`)
const faults = faultRuns(wholeOption('new-checks', 'runs', values.runs, 2), SEED).filter(({ suffered }) => suffered)
const all: PlannedRun[] = [
  ...faults.map(({ suffered: _, ...run }) => run),
  ...soundRuns(wholeOption('new-checks', 'sound', values.sound, 20), SEED),
]
// An emulated controller takes as long as the rest of a run together, and says the same.
const plan = all.filter(({ backend }) => backend !== 'avr')
const results = await performPlan(plan, RESULTS, values.of ?? sourcesHash(ROOT), {
  atOnce: wholeOption('new-checks', 'at-once', values['at-once'], 1),
  tell,
})
const data = withNewChecks(
  DICTIONARY_DATA,
  results.map((result, index) => sampleOf(plan[index], result)),
)
writeDictionaryData(DATA, data)
tell(`wrote ${DATA}: ${data.calibration.blind} where only what is not known fails`)
