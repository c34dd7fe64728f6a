/**
 * `make calibration`: judges the dictionary by runs of other seeds and severities than it was learned from, and writes what comes out to
 * docs/diagnosis.md and docs/figures/reliability.svg, and the symptoms of these runs to test/diagnosis/held-out.txt, by which `make test`
 * judges it again.
 *
 *   npm run --silent calibration -- [--runs 4] [--sound 148] [--at-once 2] [--of HASH]
 *
 * Exit status: 0 written; 2 wrong usage; 130 interrupted, and it goes on from there.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { writeSamples } from '../../campaign/learn/kept-samples.js'
import type { JudgedRun } from '../../campaign/learn/metrics.js'
import { faultRuns, soundRuns } from '../../campaign/learn/plans.js'
import { learnedDictionary } from '../../check/diagnosis/diagnose.js'
import { HEALTHY } from '../../check/diagnosis/dictionary/model.js'
import { print } from '../cli/say.js'
import { calibrationPage, reliabilityDiagram } from './calibration-page.js'
import { performPlan } from './perform-plan.js'
import { sourcesHash } from './sources.js'
import { wholeOption } from './whole-option.js'

const ROOT = join(import.meta.dirname, '../../..')
const RESULTS = join(ROOT, 'dist/dictionary/held-out.jsonl')
const PAGE = join(ROOT, 'docs/diagnosis.md')
/** What is learned from has others (`make dictionary`). */
const SEED = 20_000_000
const MARK = '<!-- written by `make calibration` -->'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '4' },
    sound: { type: 'string', default: '148' },
    'at-once': { type: 'string', default: String(availableParallelism()) },
    of: { type: 'string' },
  },
})
const whole = (name: 'runs' | 'sound' | 'at-once'): number => wholeOption('calibration', name, values[name], 1)
const faults = faultRuns(whole('runs'), SEED)
const plan = [...faults, ...soundRuns(whole('sound'), SEED)]
const samples = await performPlan(plan, RESULTS, values.of ?? sourcesHash(ROOT), {
  atOnce: whole('at-once'),
  tell: (line) => print(`${line}\n`),
})
const dictionary = learnedDictionary()
const runs: JudgedRun[] = samples
  .map((sample, index) => ({ ...sample, suffered: faults[index]?.suffered ?? true }))
  .filter(({ cause }) => cause === HEALTHY || dictionary.model.causes.includes(cause))
const [prose] = readFileSync(PAGE, 'utf8').split(MARK)
writeFileSync(PAGE, `${prose}${MARK}\n\n${calibrationPage(dictionary, runs)}`)
writeFileSync(join(ROOT, 'docs/figures/reliability.svg'), reliabilityDiagram(dictionary, runs))
mkdirSync(join(ROOT, 'test/diagnosis'), { recursive: true })
writeFileSync(join(ROOT, 'test/diagnosis/held-out.txt'), writeSamples(runs))
print(`wrote ${PAGE}: ${runs.length} runs\n`)
