/** How right a dictionary is, on runs that it was not learned from. */
import { FAULTS } from '../../../boards/faults/registry.js'
import type { Dictionary } from '../../check/diagnosis/dictionary/dictionary.js'
import { HEALTHY } from '../../check/diagnosis/dictionary/model.js'
import { type Answer, answersOf, areAlike, UNKNOWN } from '../../check/diagnosis/infer/answer.js'
import { type Posterior, posteriorOf } from '../../check/diagnosis/infer/posterior.js'
import { type Prior, UNLISTED } from '../../check/diagnosis/priors.js'
import { likeliestSide } from '../../check/diagnosis/side.js'
import type { Sample } from './sample.js'

/** A run whose truth is known. */
export interface JudgedRun extends Sample {
  /** A user suffers from what is broken: what is less may be called healthy. */
  readonly suffered: boolean
}

/** What is said of a run. */
export interface Said {
  readonly truth: string
  readonly suffered: boolean
  readonly posterior: Posterior
  /** Without `healthy`. */
  readonly answers: readonly Answer[]
  /** The likeliest of the answers, of `healthy` and of `unknown`, and how sure. */
  readonly first: string
  readonly confidence: number
  /** Everything that stands with the first as one class. */
  readonly alike: readonly string[]
}

/** From so sure on a wrong cause is plainly wrong. */
export const PLAINLY = 0.6

export function saidOf(
  { model, calibration }: Dictionary,
  { cause, symptoms, suffered }: JudgedRun,
  options: { readonly prior?: Prior; readonly without?: ReadonlySet<string> } = {},
): Said {
  const posterior = posteriorOf(model, calibration, symptoms, options)
  const answers = answersOf(model, symptoms, posterior)
  const [best] = answers
  const sound = best === undefined || posterior.healthy > best.probability
  return {
    truth: cause,
    suffered,
    posterior,
    answers,
    first: sound ? HEALTHY : best.cause,
    confidence: sound ? posterior.healthy : best.probability,
    alike: sound ? [HEALTHY] : best.alike,
  }
}

/** Named first, alone or in one class with what nothing tells from it. */
function isRight({ truth, suffered, alike }: Said): boolean {
  return alike.includes(truth) || (!suffered && alike.includes(HEALTHY))
}

/** Another cause stated at 0.6 or more: not the one that is there, not `unknown`, and no health. */
export function isPlainlyWrong(said: Said): boolean {
  return said.confidence >= PLAINLY && said.first !== UNKNOWN && said.first !== HEALTHY && !isRight(said)
}

/** The truth is in the set that holds 90 %. */
function isHeld({ truth, suffered, answers, posterior }: Said): boolean {
  if (answers.some(({ alike }) => alike.includes(truth))) return true
  return (truth === HEALTHY || !suffered) && posterior.healthy >= 0.1
}

/** What sits in the same place is a true neighbour: of the same side and layer, or its twin. */
export function areNeighbours(one: string, other: string, twins: readonly (readonly string[])[]): boolean {
  if (twins.some((group) => group.includes(one) && group.includes(other))) return true
  const [a, b] = [FAULTS.get(one), FAULTS.get(other)]
  return a !== undefined && b !== undefined && a.side === b.side && a.layer === b.layer
}

/** One of ten equal steps of confidence. */
export interface ReliabilityStep {
  readonly count: number
  readonly confidence: number
  readonly right: number
}

const STEPS = 10

/** The same runs as if the fault of each were not in the list: 'unknown' is the truth. */
export function saidLeftOut(dictionary: Dictionary, runs: readonly JudgedRun[]): Said[] {
  return brokenOf(runs).map((run) => saidOf(dictionary, { ...run, cause: UNKNOWN }, { without: new Set([run.cause]) }))
}

function brokenOf(runs: readonly JudgedRun[]): JudgedRun[] {
  return runs.filter(({ cause, suffered }) => cause !== HEALTHY && suffered)
}

/**
 * What is stated, every class of the answer, health and the unknown, against how often it is so.
 * @param leftOut count as often as unlisted faults are assumed to be met
 */
function reliability(said: readonly Said[], leftOut: readonly Said[] = []): ReliabilityStep[] {
  const steps = Array.from({ length: STEPS }, () => ({ count: 0, confidence: 0, right: 0 }))
  const add = (chance: number, right: boolean, share: number): void => {
    const step = steps[Math.min(STEPS - 1, Math.floor(chance * STEPS))]
    step.count += share
    step.confidence += share * chance
    step.right += right ? share : 0
  }
  const take = ({ truth, suffered, answers, posterior }: Said, share: number): void => {
    // Of what nobody suffers, neither health nor the cause is wrong, and it judges neither.
    if (!suffered && truth !== HEALTHY) return
    add(posterior.healthy, truth === HEALTHY, share)
    for (const { alike, probability } of answers) add(Math.min(1, probability), alike.includes(truth), share)
  }
  for (const each of said) take(each, 1)
  for (const each of leftOut) take(each, UNLISTED / (1 - UNLISTED))
  return steps.map(({ count, confidence, right }) => ({
    count,
    confidence: count === 0 ? 0 : confidence / count,
    right: count === 0 ? 0 : right / count,
  }))
}

/** Expected calibration error: how far what is stated is from what is so, by how often it is stated. */
export function calibrationError(steps: readonly ReliabilityStep[]): number {
  const all = steps.reduce((sum, { count }) => sum + count, 0)
  return steps.reduce((sum, { count, confidence, right }) => sum + (count * Math.abs(confidence - right)) / all, 0)
}

/** Brier score over causes, health and the unknown: 0 is perfect, 2 as wrong as can be. */
export function brierScore(said: readonly Said[]): number {
  const scores = said
    .filter(({ suffered, truth }) => suffered || truth === HEALTHY)
    .map(({ truth, posterior }) => {
      const chances = [
        ...posterior.causes,
        [HEALTHY, posterior.healthy] as const,
        [UNKNOWN, posterior.unknown] as const,
      ]
      const errors = chances.map(([cause, chance]) => chance - (cause === truth ? 1 : 0))
      return errors.reduce((sum, error) => sum + error * error, 0)
    })
  return scores.reduce((sum, score) => sum + score, 0) / scores.length
}

export interface RightFigures {
  readonly runs: number
  readonly detected: number
  readonly named: number
  readonly held: number
  readonly plainlyWrong: number
  readonly side: number
  readonly brier: number
  readonly calibrationError: number
  /** Sound boards that are called something else. */
  readonly sound: number
  readonly falseAlarms: number
  readonly steps: readonly ReliabilityStep[]
}

/** Shares of the faults of which a user suffers; counts of sound boards. */
export function figuresOf(said: readonly Said[], leftOut: readonly Said[] = []): RightFigures {
  const broken = said.filter(({ truth, suffered }) => truth !== HEALTHY && suffered)
  const sound = said.filter(({ truth }) => truth === HEALTHY)
  const share = (holds: (each: Said) => boolean): number => broken.filter(holds).length / Math.max(1, broken.length)
  const steps = reliability(said, leftOut)
  return {
    runs: broken.length,
    detected: share(({ first }) => first !== HEALTHY),
    named: share(isRight),
    held: share(isHeld),
    plainlyWrong: broken.filter(isPlainlyWrong).length,
    side: share(({ posterior, truth }) => likeliestSide(posterior) === FAULTS.get(truth)?.side),
    brier: brierScore(said),
    calibrationError: calibrationError(steps),
    sound: sound.length,
    falseAlarms: sound.filter(({ first }) => first !== HEALTHY).length,
    steps,
  }
}

export interface LeftOut {
  readonly runs: number
  /** Of those: `unknown` or health first, a true neighbour or what shows the same first, another cause first but unsure, another at 0.6 or more. */
  readonly unknown: number
  readonly neighbour: number
  readonly unsure: number
  readonly plainlyWrong: number
  /** The side is right. */
  readonly side: number
}

/** What is named of a fault that is not in the list sits in its place, or shows the same: no measurement of this report told the two apart. */
function isNeighbour({ model, twins }: Dictionary, { cause, symptoms }: JudgedRun, { alike, first }: Said): boolean {
  return alike.some((each) => areNeighbours(each, cause, twins)) || areAlike(model, symptoms, cause, first)
}

/**
 * Each run as if its fault were not in the list.
 * @param leftOut `saidLeftOut` of the same runs
 */
export function leaveOut(dictionary: Dictionary, runs: readonly JudgedRun[], leftOut: readonly Said[]): LeftOut {
  const broken = brokenOf(runs)
  const found = { unknown: 0, neighbour: 0, unsure: 0, plainlyWrong: 0, side: 0 }
  for (const [i, run] of broken.entries()) {
    const said = leftOut[i]
    const side = FAULTS.get(run.cause)?.side
    if (likeliestSide(said.posterior) === side) found.side++
    if (said.first === UNKNOWN || said.first === HEALTHY) found.unknown++
    else if (isNeighbour(dictionary, run, said)) found.neighbour++
    else if (said.confidence < PLAINLY) found.unsure++
    else found.plainlyWrong++
  }
  return { runs: broken.length, ...found }
}

/** Which causes were taken for which, by how often; those that were right are left out. */
export function confusions(
  said: readonly Said[],
): { readonly truth: string; readonly first: string; readonly runs: number }[] {
  const counts = new Map<string, number>()
  for (const each of said) {
    if (isRight(each)) continue
    const key = `${each.truth}\n${each.first}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return [...counts]
    .map(([key, runs]) => {
      const [truth, first] = key.split('\n')
      return { truth, first, runs }
    })
    .sort((a, b) => b.runs - a.runs || (a.truth < b.truth ? -1 : 1))
}
