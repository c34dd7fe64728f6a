/** A check of a bench that nobody listed the breakage of, and how right its report is. The report's document is all that is looked at. */
import { FAULTS } from '../../../boards/faults/registry.js'
import { reportDocument } from '../../../host/check/report/document.js'
import { checkTarget } from '../../../host/check/run.js'
import { openBench } from '../../../host/target/simulated-target.js'
import { brokenBench } from './broken-bench.js'
import { tracesOf } from './traces.js'
import type { Unlisted } from './unlisted.js'

/** As surely as this, a diagnosis states its cause. */
const STATED = 0.6

/** What is read of a report: whatever else it has, this is enough to judge it. */
interface Judged {
  readonly verdict: string
  readonly diagnosis: readonly {
    readonly cause: string
    readonly confidence: number
    readonly class?: readonly string[]
    readonly side?: string
  }[]
}

export interface UnlistedRun {
  readonly breakage: Unlisted | undefined
  readonly seed: number
  readonly document: Judged
  /** Of what happened on the bench during the run. */
  readonly digest: number
}

/** As a person at a desk would check it. @param breakage left out: a sound bench */
export async function runUnlisted(breakage: Unlisted | undefined, seed: number): Promise<UnlistedRun> {
  const bench = brokenBench(breakage, seed)
  const traces = tracesOf(bench)
  const target = openBench('model:uno', bench, 'model')
  try {
    const report = await checkTarget(target, { view: 'desk' })
    const document: Judged = JSON.parse(JSON.stringify(reportDocument(report)))
    return { breakage, seed, document, digest: traces.digest }
  } finally {
    await target.close()
  }
}

export interface BreakageJudgement {
  /** Causes that are stated, and are neither there nor what a fair expert would take for it. */
  readonly wrong: readonly string[]
  /** Neither a failure, nor a warning, nor a word. */
  readonly unnoticed: boolean
  /** Of the first diagnosis; undefined where there is none, or it does not say. */
  readonly sideRight: boolean | undefined
}

export function judgeBreakage(breakage: Unlisted, { verdict, diagnosis }: Judged): BreakageJudgement {
  const { neighbours, side, otherSides = [] } = breakage
  const accepted = (names: readonly string[]): boolean => names.some((name) => neighbours.includes(name))
  const wrong = diagnosis
    .filter(({ cause, confidence }) => confidence >= STATED && cause !== 'unknown')
    .filter((each) => !accepted([each.cause, ...(each.class ?? [])]))
    .map(({ cause, confidence }) => `${cause} ${confidence.toFixed(2)}`)
  const first = diagnosis[0]
  const said = first?.side ?? FAULTS.get(first?.cause ?? '')?.side
  return {
    wrong,
    unnoticed: verdict === 'pass' && diagnosis.length === 0,
    sideRight: said === undefined ? undefined : [side, ...otherSides].some((right) => right === said),
  }
}

export interface Verdicts {
  readonly runs: number
  readonly wrong: number
  /** Of those that hurt a user. */
  readonly unnoticed: number
  readonly sideSaid: number
  readonly sideRight: number
  /** Each that went wrong, for a person. */
  readonly misses: readonly string[]
}

export function judgeAll(runs: readonly UnlistedRun[]): Verdicts {
  const misses: string[] = []
  let wrong = 0
  let unnoticed = 0
  let sideSaid = 0
  let sideRight = 0
  for (const { breakage, seed, document } of runs) {
    if (breakage === undefined) continue
    const judged = judgeBreakage(breakage, document)
    const who = `${breakage.layer} ${breakage.name} (seed ${seed}): ${breakage.title}`
    if (judged.wrong.length > 0) {
      wrong++
      misses.push(`stated and not so: ${judged.wrong.join(', ')} for ${who}`)
    }
    if (judged.unnoticed && breakage.hurts) {
      unnoticed++
      misses.push(`not noticed: ${who}`)
    }
    if (judged.sideRight === undefined) continue
    sideSaid++
    if (judged.sideRight) sideRight++
    else misses.push(`side wrong: ${document.diagnosis[0].cause} for ${who}, whose side is ${breakage.side}`)
  }
  return { runs: runs.length, wrong, unnoticed, sideSaid, sideRight, misses }
}
