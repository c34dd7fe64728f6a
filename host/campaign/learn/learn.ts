/** From runs to a dictionary: counts, weights, and, on runs and causes that are held out, how far it may be believed. */
import { exp } from '../../../firmware/math/elementary.js'
import { type Calibration, type FitTest, fitFigures } from '../../check/diagnosis/dictionary/calibration.js'
import { writeCounts } from '../../check/diagnosis/dictionary/counts.js'
import { type DictionaryData, type Provenance, readDictionary } from '../../check/diagnosis/dictionary/dictionary.js'
import {
  HEALTHY,
  type Model,
  modelOf,
  scoresOf,
  typicalCases,
  wholeCounts,
} from '../../check/diagnosis/dictionary/model.js'
import { FEATURES, isFailure, VERDICT_AT } from '../../check/diagnosis/features/features.js'
import { type Posterior, posteriorOf } from '../../check/diagnosis/infer/posterior.js'
import { learnRepetitions } from '../../check/diagnosis/infer/repetition.js'
import { UNLISTED } from '../../check/diagnosis/priors.js'
import { FIGURES } from '../../check/figures/all.js'
import { foldsOf } from './folds.js'
import { formsAmong } from './forms.js'
import { CASES, countForms, type Sample } from './sample.js'
import { learnWeights, type WeightOptions } from './weights.js'

/** Runs that are judged by counts in which they are not. */
const FOLDS = 4
/** Lighter than this a symptom is left out of the dictionary. */
const LEAST_WEIGHT = 0.004

/** It begins near its end. */
const STEPS_WITH_FORMS = 60

/** Three digits of what is worth keeping. */
function keptWeights(learned: Float64Array): Float64Array {
  return learned.map((weight) => (weight < LEAST_WEIGHT ? 0 : Number(weight.toFixed(3))))
}

/** Nothing is known yet of how far the model may be believed. */
const NAIVE: Calibration = {
  fault: { intercept: -1e3, worst: 0, total: 0 },
  healthy: { intercept: -1e3, worst: 0, total: 0 },
  blind: 0,
  ceilings: {},
}

/** A model for each fold, of the runs outside of it. */
function foldModels(samples: readonly Sample[], causes: readonly string[], weights: Float64Array): Model[] {
  const foldOf = foldsOf(samples, FOLDS)
  return Array.from({ length: FOLDS }, (_, fold) => {
    const others = samples.filter((_, index) => foldOf[index] !== fold)
    return modelOf(countForms(others, formsAmong(others, weights), causes), CASES, weights)
  })
}

/** From so many of a hundred runs of two causes on that go to the wrong one of the two, they are twins. */
const TWINS = 0.34

/** Causes that cannot be told apart, on runs that were held out; each with all others of its group. */
function twinsAmong(samples: readonly Sample[], models: readonly Model[]): string[][] {
  const { causes } = models[0]
  const wrong = causes.map(() => new Float64Array(causes.length))
  const runs = new Float64Array(causes.length)
  const foldOf = foldsOf(samples, FOLDS)
  for (const [index, { cause, symptoms }] of samples.entries()) {
    const own = causes.indexOf(cause)
    const scores = scoresOf(models[foldOf[index]], symptoms)
    runs[own]++
    for (const [other, score] of scores.entries()) {
      if (Math.abs(score - scores[own]) < 0.05) wrong[own][other] += 0.5
      else if (score > scores[own]) wrong[own][other]++
    }
  }
  const alike = (a: number, b: number): boolean =>
    (wrong[a][b] / Math.max(1, runs[a]) + wrong[b][a] / Math.max(1, runs[b])) / 2 > TWINS
  const groups: number[][] = []
  for (let cause = 1; cause < causes.length; cause++) {
    const group = groups.find((members) => members.every((member) => alike(member, cause)))
    if (group === undefined) groups.push([cause])
    else group.push(cause)
  }
  return groups.filter(({ length }) => length > 1).map((group) => group.map((cause) => causes[cause]))
}

interface Judged {
  /** Share of all that is met, as far as it is assumed. */
  readonly share: number
  readonly unlisted: boolean
  readonly figures: readonly [worst: number, total: number]
}

/** Logistic regression by gradient descent, a little held back so that what is perfectly told apart stays finite. */
function fitTest(judged: readonly Judged[]): FitTest {
  const weights = [0, 0, 0]
  const whole = judged.reduce((sum, { share }) => sum + share, 0)
  if (whole === 0 || !judged.some(({ unlisted }) => unlisted)) return { intercept: -6, worst: 1, total: 0 }
  for (let step = 0; step < 500; step++) {
    const gradient = [0, 1e-3 * weights[1], 1e-3 * weights[2]]
    for (const { share, unlisted, figures } of judged) {
      const chance = 1 / (1 + exp(-(weights[0] + weights[1] * figures[0] + weights[2] * figures[1])))
      const error = (share / whole) * (chance - (unlisted ? 1 : 0))
      gradient[0] += error
      gradient[1] += error * figures[0]
      gradient[2] += error * figures[1]
    }
    // Surprise never speaks for the list.
    weights[0] -= 2 * gradient[0]
    weights[1] = Math.max(0, weights[1] - 2 * gradient[1])
    weights[2] = Math.max(0, weights[2] - 2 * gradient[2])
  }
  return { intercept: weights[0], worst: weights[1], total: weights[2] }
}

interface HeldOut {
  readonly sample: Sample
  readonly share: number
  /** What is said of it, and what would be if its cause (and what cannot be told from it) were not in the list. */
  readonly listed: Posterior
  readonly unlisted: Posterior | undefined
}

function heldOut(
  samples: readonly Sample[],
  models: readonly Model[],
  calibration: Calibration,
  twins: readonly (readonly string[])[],
): HeldOut[] {
  const runs = new Map<string, number>()
  for (const { cause } of samples) runs.set(cause, (runs.get(cause) ?? 0) + 1)
  const faults = runs.size - 1
  const foldOf = foldsOf(samples, FOLDS)
  return samples.map((sample, index) => {
    const model = models[foldOf[index]]
    const { cause, symptoms, repetition } = sample
    const judge = (without: ReadonlySet<string>) =>
      posteriorOf(model, calibration, symptoms, { prior: 'flat', pairs: false, without, repetition })
    const alike = twins.find((group) => group.includes(cause)) ?? [cause]
    return {
      sample,
      share: (cause === HEALTHY ? 1 : 1 / faults) / runs.get(cause)!,
      listed: judge(new Set()),
      unlisted: cause === HEALTHY ? undefined : judge(new Set(alike)),
    }
  })
}

/**
 * P(not in the list) where nothing that failed is known. Of listed faults that is rare, for what they fail was learned. A fault that is not
 * in the list and fails one check, as often as listed ones do, fails one of which nothing was learned as often as there are such.
 */
function blindChance(faults: readonly Sample[], model: Model): number {
  const checks = Object.keys(FIGURES)
  const unweighed = checks.filter((check) => !model.ofCheck.has(check)).length / checks.length
  const failures = faults.map(({ symptoms }) =>
    [...VERDICT_AT].filter(([, at]) => isFailure(symptoms[at])).map(([check]) => check),
  )
  const listed = failures.filter((failed) => failed.length > 0 && !failed.some((check) => model.ofCheck.has(check)))
  const single = failures.filter(({ length }) => length === 1)
  const other = (UNLISTED * unweighed * single.length) / Math.max(1, faults.length)
  // Half a run in place of none.
  const known = ((1 - UNLISTED) * (listed.length + 0.5)) / (faults.length + 1)
  return Number((other / (other + known)).toFixed(2))
}

function isHealthy({ hypotheses: [best] }: Posterior): boolean {
  return best.causes.length === 0
}

function fitTests(held: readonly HeldOut[]): Pick<Calibration, 'fault' | 'healthy'> {
  const judged = { fault: [] as Judged[], healthy: [] as Judged[] }
  for (const { share, listed, unlisted } of held) {
    const known = { share: share * (1 - UNLISTED), unlisted: false, figures: fitFigures(listed.fit) }
    judged[isHealthy(listed) ? 'healthy' : 'fault'].push(known)
    if (unlisted === undefined) continue
    const other = { share: share * UNLISTED, unlisted: true, figures: fitFigures(unlisted.fit) }
    judged[isHealthy(unlisted) ? 'healthy' : 'fault'].push(other)
  }
  return { fault: fitTest(judged.fault), healthy: fitTest(judged.healthy) }
}

/** Of what is said for a cause, how much is said where it is there, against where something is that is not in the list. */
function ceilings(held: readonly HeldOut[], causes: readonly string[]): Record<string, number> {
  const right = new Map<string, number>()
  const drawn = new Map<string, number>()
  const add = (to: Map<string, number>, cause: string, share: number) => to.set(cause, (to.get(cause) ?? 0) + share)
  for (const { share, listed, unlisted } of held) {
    for (const [cause, chance] of listed.causes) add(right, cause, (1 - UNLISTED) * share * chance)
    for (const [cause, chance] of unlisted?.causes ?? []) add(drawn, cause, UNLISTED * share * chance)
  }
  const found: Record<string, number> = {}
  for (const cause of causes) {
    const own = right.get(cause) ?? 0
    const others = drawn.get(cause) ?? 0
    const ceiling = own + others === 0 ? 1 : own / (own + others)
    if (ceiling < 0.99) found[cause] = Number(Math.max(0.05, ceiling).toFixed(2))
  }
  return found
}

/** Three digits are more than some dozen runs of each know. */
function rounded({ intercept, worst, total }: FitTest): FitTest {
  const three = (value: number): number => Number(value.toFixed(3))
  return { intercept: three(intercept), worst: three(worst), total: three(total) }
}

function brokenAmong(samples: readonly Sample[]): readonly Sample[] {
  return samples.filter(({ cause }) => cause !== HEALTHY)
}

/** How far a model may be believed. */
function calibrate(
  samples: readonly Sample[],
  models: readonly Model[],
): Pick<DictionaryData, 'calibration' | 'twins'> {
  const twins = twinsAmong(samples, models)
  const again = learnRepetitions(brokenAmong(samples))
  const tests = fitTests(heldOut(samples, models, { ...NAIVE, again }, twins))
  const fits: Calibration = {
    fault: rounded(tests.fault),
    healthy: rounded(tests.healthy),
    blind: 0,
    ceilings: {},
    again,
  }
  const drawn = ceilings(heldOut(samples, models, fits, twins), models[0].causes)
  const blind = blindChance(brokenAmong(samples), models[0])
  return { twins, calibration: { ...fits, blind, ceilings: drawn } }
}

/**
 * The dictionary for more checks than it was learned with: what it says where only they fail is learned anew, and all that is counted is as
 * it was. What comes of running once more what has failed is learned anew as well.
 * @param samples of runs that it was not learned from, with all checks
 */
export function withNewChecks(data: DictionaryData, samples: readonly Sample[]): DictionaryData {
  const { model } = readDictionary(data)
  const broken = brokenAmong(samples)
  const again = learnRepetitions(broken)
  return { ...data, calibration: { ...data.calibration, blind: blindChance(broken, model), again } }
}

export function learnDictionary(
  samples: readonly Sample[],
  provenance: Omit<Provenance, 'symptoms' | 'faults'>,
  options: WeightOptions = {},
): DictionaryData {
  const causes = [
    HEALTHY,
    ...[...new Set(samples.map(({ cause }) => cause))].filter((cause) => cause !== HEALTHY).sort(),
  ]
  // The forms of a cause are told apart by what weighs, and what weighs depends on the forms: first without them, then with those.
  const alone = keptWeights(learnWeights(samples, causes, { ...options, folds: FOLDS }))
  const weights = keptWeights(
    learnWeights(samples, causes, { ...options, folds: FOLDS, steps: STEPS_WITH_FORMS, from: alone, parted: alone }),
  )
  const counts = countForms(samples, formsAmong(samples, weights), causes)
  const typical = typicalCases(wholeCounts(counts.get(HEALTHY)!))
  const kept = [...weights.keys()].filter((index) => weights[index] > 0)
  const keptTypical = kept.map((index) => typical[index])
  const written = causes.map((cause): [string, [number, string][]] => [
    cause,
    counts.get(cause)!.map(({ runs, counts: of }) => [
      runs,
      writeCounts(
        kept.map((index) => of[index]),
        keptTypical,
        runs,
      ),
    ]),
  ])
  return {
    provenance: { ...provenance, faults: causes.length - 1, symptoms: kept.length },
    symptoms: kept.map((index) => `${FEATURES[index].id}/${CASES[index]}/${typical[index]}/${weights[index]}`),
    counts: Object.fromEntries(written),
    ...calibrate(samples, foldModels(samples, causes, weights)),
  }
}
