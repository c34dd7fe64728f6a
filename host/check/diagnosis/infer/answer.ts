/**
 * The answer: the smallest set of causes that holds 90 %. Causes that nothing in this report tells apart stand as one, in the order in
 * which a person had better look. Exclusive causes come to 1 at most; of two at once each has its own probability.
 */
import { log } from '../../../../firmware/math/elementary.js'
import { bestFits, HEALTHY, type Model } from '../dictionary/model.js'
import type { Symptoms } from '../features/features.js'
import { PairScores } from './pairs.js'
import type { Hypothesis, Posterior } from './posterior.js'

/** Something is broken that is not in the list. */
export const UNKNOWN = 'unknown'

export interface Answer {
  /** A fault, or `unknown`. */
  readonly cause: string
  readonly probability: number
  /** The cause and those that nothing here tells from it, likeliest first. */
  readonly alike: readonly string[]
}

const HELD = 0.9
/**
 * As likely as each other by what was measured, give or take what some dozen runs of each leave open. (Ten to one would put the truth into the
 * first class oftener, and into classes so wide that what is in no list is named by them twice as often.)
 */
const ALIKE = log(3)

/** Whether nothing in this report speaks for one of two causes rather than for the other. */
export function areAlike(model: Model, symptoms: Symptoms, one: string, other: string): boolean {
  const fits = bestFits(model, symptoms)
  return Math.abs(fits[model.causes.indexOf(one)] - fits[model.causes.indexOf(other)]) < ALIKE
}

/**
 * Puts causes together that this report does not tell apart: where one may stand for the other in the explanation, beside a second
 * cause if there is one, and what was seen stays as likely. Each class begins with its likeliest member.
 */
function classesOf(model: Model, symptoms: Symptoms, posterior: Posterior) {
  const number = new Map(model.causes.map((cause, index) => [cause, index]))
  const best = posterior.hypotheses.find(({ causes }) => causes.length > 0)?.causes ?? []
  const pairs = best.length > 1 ? new PairScores(model, symptoms) : undefined
  const singles = bestFits(model, symptoms)
  const scoreBeside = (cause: string, head: string): number => {
    const beside = best.find((each) => each !== head)
    if (pairs === undefined || beside === undefined || !best.includes(head)) return singles[number.get(cause)!]
    return pairs.score(number.get(cause)!, number.get(beside)!)
  }
  const classOf = new Map<string, string[]>()
  const heads = [...best, ...[...posterior.causes.keys()].filter((cause) => !best.includes(cause))]
  const byChance = heads
    .map((cause): [string, number] => [cause, posterior.causes.get(cause) ?? 0])
    .sort((a, b) => b[1] - a[1])
  for (const [cause] of byChance) {
    const alike = best.includes(cause)
      ? undefined
      : byChance.find(([head]) => {
          if (classOf.get(head)?.[0] !== head) return false
          // Where what was seen is likelier under the second, only how often it is met puts it second.
          return scoreBeside(head, head) - scoreBeside(cause, head) < ALIKE
        })
    if (alike === undefined) classOf.set(cause, [cause])
    else {
      const members = classOf.get(alike[0])!
      members.push(cause)
      classOf.set(cause, members)
    }
  }
  return classOf
}

/** @returns likeliest first, without `healthy`; empty where that is the answer */
export function answersOf(model: Model, symptoms: Symptoms, posterior: Posterior): Answer[] {
  const classOf = classesOf(model, symptoms, posterior)
  const head = (cause: string): string => classOf.get(cause)?.[0] ?? cause
  const merged = mergedHypotheses(posterior, head)
  const chances = new Map<string, number>()
  let held = 0
  for (const { causes, probability } of merged) {
    if (held >= HELD) break
    held += probability
    for (const cause of causes) if (!chances.has(cause)) chances.set(cause, 0)
  }
  const two = (merged[0]?.causes.length ?? 0) > 1
  for (const { causes, probability } of merged) {
    // Of a single cause, that something else is broken as well is no other cause: the mass goes to one of the two.
    const counted = two ? causes : causes.slice(0, 1)
    for (const cause of counted) {
      const chance = chances.get(cause)
      if (chance !== undefined) chances.set(cause, chance + probability)
    }
  }
  chances.delete(HEALTHY)
  return [...chances]
    .filter(([, probability]) => probability > 0)
    .map(([cause, probability]) => ({ cause, probability, alike: classOf.get(cause) ?? [cause] }))
    .sort((a, b) => b.probability - a.probability)
}

/** Hypotheses by the heads of their classes, each once, and `healthy` and `unknown` among them; likeliest first. */
function mergedHypotheses(posterior: Posterior, head: (cause: string) => string): Hypothesis[] {
  const merged = new Map<string, Hypothesis>()
  const add = (causes: readonly string[], probability: number): void => {
    const key = causes.join(' ')
    merged.set(key, { causes, probability: (merged.get(key)?.probability ?? 0) + probability })
  }
  for (const { causes, probability } of posterior.hypotheses) {
    if (causes.length === 0) add([HEALTHY], probability)
    else {
      const chance = (cause: string): number => posterior.causes.get(cause) ?? 0
      const heads = [...new Set(causes.map(head))]
      // The likelier of the two first, by the whole of what speaks for it.
      add(
        heads.sort((a, b) => chance(b) - chance(a)),
        probability,
      )
    }
  }
  add([UNKNOWN], posterior.unknown)
  return [...merged.values()].sort((a, b) => b.probability - a.probability)
}
