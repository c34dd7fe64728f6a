/**
 * `make dictionary`: runs every fault at many severities, and sound boards as widely, and writes what was learned of them to
 * `host/check/diagnosis/dictionary/data.ts`, and some of the runs to `test/diagnosis/learned-from.txt`, by which `make test` tells that
 * figures are no longer what they were. It may be interrupted at any time, and goes on where it was.
 *
 *   npm run --silent dictionary -- [--runs 40] [--sound 480] [--seed 1] [--at-once 2] [--of HASH]
 *
 * `--of` uses results that were made of other sources, as their file names them.
 * Exit status: 0 it is written; 2 wrong usage; 130 interrupted.
 */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { writeWitnesses } from '../../campaign/learn/kept-samples.js'
import { learnDictionary } from '../../campaign/learn/learn.js'
import { type FaultRun, faultRuns, plainRuns, soundRuns } from '../../campaign/learn/plans.js'
import { sampleOf } from '../../campaign/learn/sample.js'
import { chooseWitnesses, type Witness } from '../../campaign/learn/witnesses.js'
import { type PlannedRun, runKey } from '../../campaign/plan.js'
import { print } from '../cli/say.js'
import { performPlan } from './perform-plan.js'
import { sourcesHash } from './sources.js'
import { wholeOption } from './whole-option.js'
import { writeDictionaryData } from './write-data.js'

const ROOT = join(import.meta.dirname, '../../..')
const DATA = join(ROOT, 'host/check/diagnosis/dictionary/data.ts')
const WITNESSES = join(ROOT, 'test/diagnosis/learned-from.txt')
const RESULTS = join(ROOT, 'dist/dictionary/learned-from.jsonl')
/** Held-out runs have others (`make calibration`). */
const SEED = 10_000_000

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '40' },
    sound: { type: 'string', default: '480' },
    seed: { type: 'string', default: String(SEED) },
    'at-once': { type: 'string', default: String(availableParallelism()) },
    of: { type: 'string' },
  },
})
const runsOfEach = wholeOption('dictionary', 'runs', values.runs, 4)
const sound = wholeOption('dictionary', 'sound', values.sound, 20)
const seed = wholeOption('dictionary', 'seed', values.seed, 0)
const atOnce = wholeOption('dictionary', 'at-once', values['at-once'], 1)

const tell = (line: string): void => print(`${line}\n`)
// Of what a user does not suffer nothing is learned: it looks like a sound board, and may be called one.
const suffered = (runs: readonly FaultRun[]): PlannedRun[] =>
  runs.filter((each) => each.suffered).map(({ suffered: _, ...run }) => run)
const soundBoards = soundRuns(sound, seed)
const plain = suffered(plainRuns(seed))
const plan: PlannedRun[] = [...soundBoards, ...plain, ...suffered(faultRuns(runsOfEach, seed))]
const results = await performPlan(plan, RESULTS, values.of ?? sourcesHash(ROOT), { atOnce, tell })
const samples = results.map((result, index) => sampleOf(plan[index], result))
const data = learnDictionary(
  samples,
  {
    runsOfEach,
    soundRuns: sound,
    seed,
    plan: createHash('sha256').update(plan.map(runKey).join('\n')).digest('hex').slice(0, 16),
  },
  { onStep: (step, loss) => step % 20 === 0 && tell(`weights: step ${step}, loss ${loss.toFixed(4)}`) },
)
const characters = writeDictionaryData(DATA, data)
const seenOf = new Map(plan.map((run, index) => [run, samples[index].symptoms]))
const seen = (runs: readonly PlannedRun[]): Witness[] => runs.map((run) => ({ run, symptoms: seenOf.get(run)! }))
writeFileSync(WITNESSES, writeWitnesses(chooseWitnesses(seen(soundBoards), seen(plain))))
tell(`wrote ${DATA}: ${samples.length} runs, ${(characters / 1000).toFixed(0)} kB`)
