/**
 * What to measure next: of another check, the same once more, and a question to the person, the one that is expected to tell most
 * about the causes that are left, for the time it takes. Expected information is the entropy of the causes now less what remains of
 * it on average once the answer is there.
 */
import { exp, log } from '../../../firmware/math/elementary.js'
import { EN } from '../../text/en.js'
import { keyed, type Sentence } from '../../text/keyed.js'
import { say } from '../../text/say.js'
import { CHECKS } from '../check-list.js'
import type { CheckId } from '../figures/all.js'
import { RATE } from '../figures/serial.js'
import { costOf, sumOf, total } from '../progress/cost.js'
import { selectChecks } from '../select.js'
import type { NextMeasurement } from '../types.js'
import { HEALTHY, type Model } from './dictionary/model.js'
import { FEATURES, isOfCheck, type Symptoms } from './features/features.js'
import { type JudgedResult, ReadResults } from './features/results.js'
import type { Posterior } from './infer/posterior.js'
import { answerChance, type GivenAnswer, QUESTIONS } from './questions.js'

/** Bits below which nothing is worth the time. */
const LEAST_GAIN = 0.15
/** Seconds that a person waits without minding: what takes less is no cheaper. */
const NEGLIGIBLE_SECONDS = 20
/** Symbols a second of a line on which no board has answered. */
const USUAL_BAUD = 115_200

interface Left {
  readonly cause: string
  readonly chance: number
}

/** Those that are worth telling apart, as chances that come to 1. */
function causesLeft({ causes, healthy }: Posterior): Left[] {
  const all = [...causes, [HEALTHY, healthy] as const].filter(([, chance]) => chance > 0.01)
  const total = all.reduce((sum, [, chance]) => sum + chance, 0)
  return all.map(([cause, chance]) => ({ cause, chance: chance / total }))
}

function bits(chances: readonly number[]): number {
  const total = chances.reduce((sum, chance) => sum + chance, 0)
  if (total <= 0) return 0
  return -chances.reduce((sum, chance) => (chance > 0 ? sum + (chance / total) * log(chance / total) : sum), 0) / log(2)
}

/** @param outcomes for each outcome, its chance under each cause that is left */
function expectedGain(left: readonly Left[], outcomes: readonly (readonly number[])[]): number {
  let remaining = 0
  for (const outcome of outcomes) {
    const joint = left.map(({ chance }, index) => chance * outcome[index])
    remaining += joint.reduce((sum, chance) => sum + chance, 0) * bits(joint)
  }
  return Math.max(0, bits(left.map(({ chance }) => chance)) - remaining)
}

interface Option {
  readonly kind: NextMeasurement['kind']
  readonly what: string
  readonly gain: number
  readonly seconds: number
  readonly said: Sentence
}

/** What a check takes with what it stands on, in whole seconds: roughly, for a board that is broken has what it waits for in vain. */
function secondsOf(check: string, baud: number): number {
  const { toRun } = selectChecks(CHECKS, [check])
  return Math.max(1, Math.round(total(sumOf(toRun.map(({ id }) => costOf(id, baud))))))
}

/** Of each check, its symptom that tells most. */
function checkOptions(
  model: Model,
  symptoms: Symptoms,
  results: readonly JudgedResult[],
  left: readonly Left[],
): Option[] {
  const verdicts = new Map(results.map(({ id, verdict }) => [id, verdict]))
  const numbers = left.map(({ cause }) => model.causes.indexOf(cause))
  const baud = new ReadResults(results).value(RATE.answered) ?? USUAL_BAUD
  // What has been run once more has told what that tells.
  const repeated = new Set(results.filter(({ again }) => again !== undefined).map(({ id }) => id))
  const best = new Map<string, Omit<Option, 'seconds'>>()
  for (const [index, feature] of FEATURES.entries()) {
    const weight = model.weights[index]
    const verdict = verdicts.get(feature.check)
    // What was skipped stands on something that has failed: it is skipped again.
    if (weight === 0 || !isOfCheck(feature) || verdict === 'skip') continue
    if (verdict !== undefined && symptoms[index] < 0) continue
    if (repeated.has(feature.check)) continue
    const cases = [...Array(feature.cases).keys()]
    const gain =
      Math.min(1, weight) *
      expectedGain(
        left,
        cases.map((which) => numbers.map((cause) => exp(model.likelihoods[cause][model.offsets[index] + which]))),
      )
    if (gain <= (best.get(feature.check)?.gain ?? 0)) continue
    const kind = verdict === undefined ? 'check' : 'repeat'
    const title = keyed(feature.check as CheckId)
    best.set(feature.check, {
      kind,
      what: feature.check,
      gain,
      said: keyed(kind === 'check' ? 'next.check' : 'next.repeat', { check: feature.check, title }),
    })
  }
  return [...best.values()].map((option) => ({ ...option, seconds: secondsOf(option.what, baud) }))
}

function questionOptions(left: readonly Left[], asked: readonly GivenAnswer[]): Option[] {
  return QUESTIONS.filter(({ id }) => !asked.some(({ question }) => question === id)).map(({ id, text, seconds }) => ({
    kind: 'question' as const,
    what: id,
    gain: expectedGain(
      left,
      [true, false].map((yes) => left.map(({ cause }) => answerChance({ question: id, yes }, [cause]))),
    ),
    seconds,
    said: text,
  }))
}

/**
 * @param asked what the person has answered already
 * @param kinds those that come into question; all by default
 * @returns undefined where nothing would tell enough
 */
export function nextMeasurement(
  model: Model,
  symptoms: Symptoms,
  results: readonly JudgedResult[],
  posterior: Posterior,
  asked: readonly GivenAnswer[] = [],
  kinds: readonly NextMeasurement['kind'][] = ['check', 'repeat', 'question'],
): NextMeasurement | undefined {
  const left = causesLeft(posterior)
  if (left.length < 2) return undefined
  const options = [...checkOptions(model, symptoms, results, left), ...questionOptions(left, asked)].filter(
    ({ gain, kind }) => gain >= LEAST_GAIN && kinds.includes(kind),
  )
  if (options.length === 0) return undefined
  const worth = ({ gain, seconds }: Option): number => gain / (NEGLIGIBLE_SECONDS + seconds)
  const { kind, what, gain, seconds, said } = options.reduce((most, each) => (worth(each) > worth(most) ? each : most))
  const first = left.sort((a, b) => b.chance - a.chance).slice(0, 3)
  const why = keyed('next.why', {
    causes: first.map(({ cause }) => (cause === HEALTHY ? keyed('next.sound') : cause)),
    bits: gain.toFixed(1),
    of: bits(left.map(({ chance }) => chance)).toFixed(1),
  })
  return {
    kind,
    what,
    say: say(EN, said),
    why: say(EN, why),
    gain: Math.round(gain * 100) / 100,
    seconds,
    keyed: { say: said, why },
  }
}
