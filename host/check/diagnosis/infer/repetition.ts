/**
 * What came of running once more what had failed, and how much it surprises. Chance does not repeat itself: what comes and goes passes the second
 * time, or fails with other figures, and what is broken for good fails with the same ones. Among listed causes that tells little which their figures
 * have not told, so it moves none of them against another; but where all that is likely comes and goes, and the same came back, something else is there.
 */
import { log } from '../../../../firmware/math/elementary.js'
import type { RepetitionChances } from '../dictionary/calibration.js'
import { limitCase } from '../features/bins.js'
import type { JudgedResult } from '../features/results.js'

/** More checks than this fail of what does so as good as always, or is broken for good. */
const FEW = 3

/** What came of all that was run once more. */
export interface Repetition {
  /** Whether that were many. */
  readonly many: boolean
  /** All of it failed again, each with the same figures. */
  readonly same: boolean
  /** Some of it passed. */
  readonly passed: boolean
}

/** It passed, failed with other figures, or with the same ones. */
export type RepeatedAs = 'passed' | 'otherwise' | 'same'

type Judged = Pick<JudgedResult, 'verdict' | 'measurements'>

/** The figures that are out of their limits, as text. */
function wrongFigures({ measurements }: Judged): string {
  return measurements
    .filter(({ value, min, max }) => limitCase(value, min, max) !== 0)
    .map(({ name, value }) => `${name} ${value}`)
    .join('\n')
}

export function repeatedAs(first: Judged, second: Judged): RepeatedAs {
  if (second.verdict !== 'fail') return 'passed'
  return wrongFigures(first) === wrongFigures(second) ? 'same' : 'otherwise'
}

/** Undefined where nothing was run once more. */
export function repetitionOf(results: readonly JudgedResult[]): Repetition | undefined {
  const all = results.flatMap((result) => (result.again === undefined ? [] : [repeatedAs(result, result.again)]))
  if (all.length === 0) return undefined
  return { many: all.length > FEW, same: all.every((each) => each === 'same'), passed: all.includes('passed') }
}

/**
 * In nats, at what came of it: 0 where that was likelier than not.
 * @param likely sets of causes, and what the rest of the report makes each worth; not that nothing is broken
 */
export function surpriseOfRepetition(
  { steady, others }: RepetitionChances,
  { many, same }: Repetition,
  likely: Iterable<readonly [causes: readonly string[], chance: number]>,
): number {
  const at = many ? 1 : 0
  let total = 0
  let again = 0
  for (const [causes, chance] of likely) {
    if (causes.length === 0) continue
    total += chance
    // Of two at once, all is the same again as far as the one that is broken for good has made it fail.
    again += chance * Math.max(...causes.map((cause) => (others[cause] ?? steady)[at]))
  }
  if (total <= 0) return 0
  const seen = same ? again : total - again
  return log(Math.max(again, total - again) / seen)
}

/** Pooled runs stand behind those of a cause with as much weight as so many of its own. */
const BEHIND = 2
/** Nothing is certain, of so few runs. */
const LEAST = 0.01

interface Repeated {
  readonly cause: string
  readonly repetition?: Repetition | undefined
}

/** How often all was the same again, of how many. */
interface Tally {
  same: number
  of: number
}

/** Each cause counts once; a share that nothing is known of leaves it open. */
function pooled(tallies: readonly Tally[]): number {
  const shares = tallies.filter(({ of }) => of > 0).map(({ same, of }) => same / of)
  return shares.length === 0 ? 0.5 : shares.reduce((sum, share) => sum + share, 0) / shares.length
}

function kept(share: number): number {
  return Number(Math.min(1 - LEAST, Math.max(LEAST, share)).toFixed(2))
}

type Tallies = readonly [few: Tally, many: Tally]

/** @param samples of runs of faults in which what had failed was run once more */
export function learnRepetitions(samples: readonly Repeated[]): RepetitionChances {
  const comesAndGoes = new Set(samples.filter(({ repetition }) => repetition?.passed).map(({ cause }) => cause))
  const tallies = new Map<string, Tallies>()
  for (const { cause, repetition } of samples) {
    if (repetition === undefined) continue
    const own: Tallies = tallies.get(cause) ?? [
      { same: 0, of: 0 },
      { same: 0, of: 0 },
    ]
    tallies.set(cause, own)
    const tally = own[repetition.many ? 1 : 0]
    tally.of++
    if (repetition.same) tally.same++
  }
  const all = [...tallies].sort(([a], [b]) => (a < b ? -1 : 1))
  const others = all.filter(([cause]) => comesAndGoes.has(cause))
  const poolOf = (of: typeof all): [few: number, many: number] => [
    pooled(of.map(([, [few]]) => few)),
    pooled(of.map(([, [, many]]) => many)),
  ]
  const [few, many] = poolOf(others)
  const behind = ({ same, of }: Tally, pool: number): number => kept((same + BEHIND * pool) / (of + BEHIND))
  const [steadyFew, steadyMany] = poolOf(all.filter(([cause]) => !comesAndGoes.has(cause)))
  return {
    steady: [kept(steadyFew), kept(steadyMany)],
    others: Object.fromEntries(others.map(([cause, own]) => [cause, [behind(own[0], few), behind(own[1], many)]])),
  }
}
