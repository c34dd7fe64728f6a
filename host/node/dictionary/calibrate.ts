/**
 * `make calibration`: judges the dictionary by runs of other seeds and severities than it was learned from, and writes what comes out to
 * docs/diagnosis.md and docs/figures/reliability.svg, and the symptoms of these runs to test/diagnosis/held-out.txt, by which `make test`
 * judges it again. Then pairs of faults, stuck bits of the memory, and curves of severity.
 *
 *   npm run --silent calibration -- [--runs 4] [--sound 148] [--pairs 40] [--bits 40] [--steps 8] [--seeds 4] [--at-once 2] [--of HASH]
 *
 * Exit status: 0 written; 2 wrong usage; 130 interrupted, and it goes on from there.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { MEMORY_FAULT, memoryBitRuns } from '../../campaign/judge/memory-bits.js'
import { judgePair, pairPlans } from '../../campaign/judge/pairs.js'
import { severityPlans, severityPoint } from '../../campaign/judge/severity.js'
import { writeSamples } from '../../campaign/learn/kept-samples.js'
import { type JudgedRun, saidOf } from '../../campaign/learn/metrics.js'
import { faultRuns, soundRuns } from '../../campaign/learn/plans.js'
import { sampleOf } from '../../campaign/learn/sample.js'
import type { PlannedRun } from '../../campaign/plan.js'
import { learnedDictionary } from '../../check/diagnosis/diagnose.js'
import { HEALTHY } from '../../check/diagnosis/dictionary/model.js'
import { print } from '../cli/say.js'
import { calibrationPage, reliabilityDiagram } from './calibration-page.js'
import { memorySection, pairsSection, severitySection } from './judged-page.js'
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
    pairs: { type: 'string', default: '40' },
    bits: { type: 'string', default: '40' },
    steps: { type: 'string', default: '8' },
    seeds: { type: 'string', default: '4' },
    'at-once': { type: 'string', default: String(availableParallelism()) },
    of: { type: 'string' },
  },
})
const whole = (name: Exclude<keyof typeof values, 'of'>, least = 1): number =>
  wholeOption('calibration', name, values[name], least)
const faults = faultRuns(whole('runs'), SEED).map((run) => ({ ...run, harm: true as const }))
const pairs = pairPlans(whole('pairs'), SEED)
const bits = memoryBitRuns(whole('bits'), SEED)
const severities = severityPlans(whole('steps', 2), whole('seeds'), SEED)
const listed = [...faults, ...soundRuns(whole('sound'), SEED)]
const plan: PlannedRun[] = [...listed, ...pairs.flat(), ...bits, ...severities.flatMap(({ runs: each }) => each)]
const results = await performPlan(plan, RESULTS, values.of ?? sourcesHash(ROOT), {
  atOnce: whole('at-once'),
  tell: (line) => print(`${line}\n`),
})
const resultOf = new Map(results.map((result, index) => [plan[index], result]))
const resultsOf = (of: readonly PlannedRun[]) => of.map((run) => resultOf.get(run)!)
const samplesOf = (of: readonly PlannedRun[]) => of.map((run) => sampleOf(run, resultOf.get(run)!))
const dictionary = learnedDictionary()
/** A pass is right where its family says so, and where the same board was used for half a minute and nothing was lost, altered or late. */
function isSuffered(run: PlannedRun, declared: boolean): boolean {
  const { verdict, harm } = resultOf.get(run)!
  return declared && (verdict !== 'pass' || harm === undefined || harm.pings + harm.messages > 0)
}

const runs: JudgedRun[] = samplesOf(listed)
  .map((sample, index) => ({ ...sample, suffered: isSuffered(listed[index], faults[index]?.suffered ?? true) }))
  .filter(({ cause }) => cause === HEALTHY || dictionary.model.causes.includes(cause))
const [prose] = readFileSync(PAGE, 'utf8').split(MARK)
const stuck = samplesOf(bits).map((sample) => saidOf(dictionary, { ...sample, suffered: true }))
const judged = [
  ...pairsSection(pairs.map((of) => judgePair(dictionary, of, samplesOf(of)))),
  ...memorySection({
    runs: bits.length,
    detected: resultsOf(bits).filter(({ verdict }) => verdict !== 'pass').length,
    named: stuck.filter(({ alike }) => alike.includes(MEMORY_FAULT)).length,
  }),
  ...severitySection(severities.map((of) => severityPoint(dictionary, of, resultsOf(of.runs)))),
]
writeFileSync(PAGE, `${prose}${MARK}\n\n${calibrationPage(dictionary, runs)}\n${judged.join('\n')}`)
writeFileSync(join(ROOT, 'docs/figures/reliability.svg'), reliabilityDiagram(dictionary, runs))
mkdirSync(join(ROOT, 'test/diagnosis'), { recursive: true })
writeFileSync(join(ROOT, 'test/diagnosis/held-out.txt'), writeSamples(runs))
print(`wrote ${PAGE}: ${runs.length} runs\n`)
