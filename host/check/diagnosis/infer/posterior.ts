/**
 * What a report says of every cause: of each alone, of two at once, of nothing being broken, and of something being broken that is
 * not in the list. All of it together is 1.
 */
import { exp, log } from '../../../../firmware/math/elementary.js'
import { type Calibration, unlistedChance } from '../dictionary/calibration.js'
import { HEALTHY, likeliestForm, type Model, scoresOf } from '../dictionary/model.js'
import { FEATURES, type Symptoms } from '../features/features.js'
import { type Prior, priorsOf, TWO_AT_ONCE } from '../priors.js'
import { answerChance, type GivenAnswer } from '../questions.js'
import { type Fit, fitOf } from './fit.js'
import { PairScores } from './pairs.js'
import { type Repetition, surpriseOfRepetition } from './repetition.js'

export interface Hypothesis {
  /** None for `healthy`, one or two. */
  readonly causes: readonly string[]
  readonly probability: number
}

export interface Posterior {
  /** Most likely first, those below a thousandth left out. */
  readonly hypotheses: readonly Hypothesis[]
  /** By fault: that it is one of those there are. */
  readonly causes: ReadonlyMap<string, number>
  readonly healthy: number
  /** Something that is not in the list. */
  readonly unknown: number
  /** Of the best explanation. */
  readonly fit: Fit
}

export interface InferenceOptions {
  readonly prior?: Prior
  /** Causes that are left out: to see what is said of a fault that is not in the list. */
  readonly without?: ReadonlySet<string>
  /** Two causes at once are thought of; true by default. */
  readonly pairs?: boolean
  /** What came of running once more what had failed (`repetitionOf`); left out where nothing was. */
  readonly repetition?: Repetition | undefined
  /** What a person was asked and has said. */
  readonly answers?: readonly GivenAnswer[]
}

/**
 * Of so many sound boards one fails a check: of those that were learned from none did, nor of the 2,000 of `make judge`. Whatever a
 * failed check is a sign of, soundness is the last to be thought of.
 */
const SOUND_AND_FAILS = 1 / 1000
const FAILED = FEATURES.findIndex(({ id }) => id === 'report')

/** The logarithm of P(answers | causes). */
function answered(answers: readonly GivenAnswer[], causes: readonly string[]): number {
  return answers.reduce((sum, answer) => sum + log(answerChance(answer, causes)), 0)
}

/** So many of the likeliest are paired with all others. */
const PAIRED = 12
const LEAST = 1e-3

interface Scored {
  readonly causes: readonly number[]
  readonly score: number
}

function singles(
  model: Model,
  symptoms: Symptoms,
  { prior = 'assumed', without, answers = [] }: InferenceOptions,
): Scored[] {
  const priors = priorsOf(model.causes, prior)
  const scores = scoresOf(model, symptoms)
  return model.causes.flatMap((cause, index) => {
    if (without?.has(cause)) return []
    const one = cause !== HEALTHY ? 1 - TWO_AT_ONCE : symptoms[FAILED] > 0 ? SOUND_AND_FAILS : 1
    const said = answered(answers, cause === HEALTHY ? [] : [cause])
    return [{ causes: [index], score: scores[index] + log(priors[index] * one) + said }]
  })
}

function pairs(
  model: Model,
  symptoms: Symptoms,
  single: readonly Scored[],
  { prior = 'assumed', answers = [] }: InferenceOptions,
): Scored[] {
  const priors = priorsOf(model.causes, prior)
  const faulty = priors.reduce((sum, each) => sum + each, 0) - priors[0]
  const scores = new PairScores(model, symptoms)
  const faults = single.filter(({ causes: [cause] }) => cause !== 0).sort((a, b) => b.score - a.score)
  const found: Scored[] = []
  for (const [
    index,
    {
      causes: [first],
    },
  ] of faults.slice(0, PAIRED).entries()) {
    for (const {
      causes: [second],
    } of faults.slice(index + 1)) {
      const chance = (2 * TWO_AT_ONCE * priors[first] * priors[second]) / faulty
      const said = answered(answers, [model.causes[first], model.causes[second]])
      found.push({ causes: [first, second], score: scores.score(first, second) + log(chance) + said })
    }
  }
  return found
}

/** The fit of an explanation: of one cause in the form that fits best, of two as the less surprised of them has it, symptom by symptom. */
function fitTo(model: Model, symptoms: Symptoms, causes: readonly number[], again: number): Fit {
  const [first, second] = causes.map((cause) => likeliestForm(model, symptoms, cause))
  const chance = second === undefined ? (at: number) => first[at] : (at: number) => Math.max(first[at], second[at])
  return fitOf(model, symptoms, chance, again)
}

export function posteriorOf(
  model: Model,
  calibration: Calibration,
  symptoms: Symptoms,
  options: InferenceOptions = {},
): Posterior {
  const single = singles(model, symptoms, options)
  const all = options.pairs === false ? single : [...single, ...pairs(model, symptoms, single, options)]
  const highest = all.reduce((most, { score }) => Math.max(most, score), Number.NEGATIVE_INFINITY)
  const weighed = all.map(({ causes, score }) => ({ causes, share: exp(score - highest) }))
  const total = weighed.reduce((sum, { share }) => sum + share, 0)
  const best = weighed.reduce((most, each) => (each.share > most.share ? each : most))
  const again =
    options.repetition === undefined || calibration.again === undefined
      ? 0
      : surpriseOfRepetition(
          calibration.again,
          options.repetition,
          weighed.map(({ causes: of, share }) => [
            of.filter((cause) => cause !== 0).map((cause) => model.causes[cause]),
            share,
          ]),
        )
  const fit = fitTo(model, symptoms, best.causes, again)
  const unlisted = unlistedChance(calibration, fit, best.causes[0] === 0)
  const hypotheses: Hypothesis[] = []
  const causes = new Map<string, number>()
  let healthy = 0
  let unknown = unlisted
  for (const { causes: numbers, share } of weighed) {
    const names = numbers.map((cause) => model.causes[cause])
    const ceiling = Math.min(...names.map((name) => calibration.ceilings[name] ?? 1))
    const listed = (share / total) * (1 - unlisted)
    // A cause that draws what is not in the list is believed so far and no further.
    const probability = listed * ceiling
    unknown += listed - probability
    if (names[0] === HEALTHY) {
      healthy += probability
      hypotheses.push({ causes: [], probability })
      continue
    }
    for (const name of names) causes.set(name, (causes.get(name) ?? 0) + probability)
    if (probability > LEAST) hypotheses.push({ causes: names, probability })
  }
  return { hypotheses: hypotheses.sort((a, b) => b.probability - a.probability), causes, healthy, unknown, fit }
}
