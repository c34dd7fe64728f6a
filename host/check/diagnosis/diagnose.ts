/**
 * From what was measured to what is most likely broken. Reads only the results, so a stored report can be diagnosed again: the
 * dictionary says how likely each cause is, rules say it in words, and what the best explanation does not predict is listed.
 */
import type { FaultSide } from '../../../boards/faults/fault.js'
import { FAULTS } from '../../../boards/faults/registry.js'
import { EN } from '../../text/en.js'
import { keyed, type LocalizableText, type Sentence, type SentenceKey } from '../../text/keyed.js'
import { say } from '../../text/say.js'
import type { CheckResult, Diagnosis, NextMeasurement, Unexplained } from '../types.js'
import { DICTIONARY_DATA } from './dictionary/data.js'
import { type Dictionary, readDictionary } from './dictionary/dictionary.js'
import { HEALTHY, likeliestForm } from './dictionary/model.js'
import { Evidence } from './evidence.js'
import { evidenceSentences, symptomWords } from './evidence-words.js'
import { FEATURES, type Symptoms, symptomsOf } from './features/features.js'
import { type JudgedOccupant, ReadResults } from './features/results.js'
import { type Answer, answersOf, UNKNOWN } from './infer/answer.js'
import { type InferenceOptions, type Posterior, posteriorOf } from './infer/posterior.js'
import { repetitionOf } from './infer/repetition.js'
import { nextMeasurement } from './next-measurement.js'
import type { GivenAnswer } from './questions.js'
import { DIAGNOSIS_RULES, ruleFor } from './rules.js'
import { likeliestSide, sideOf } from './side.js'

let dictionary: Dictionary | undefined

/** Read once, when something is first diagnosed. */
export function learnedDictionary(): Dictionary {
  dictionary ??= readDictionary(DICTIONARY_DATA)
  return dictionary
}

/** Everything that a report is found to say. */
export interface Explanation {
  /** Causes, likeliest first: the smallest set that holds 90 %. Empty where nothing is broken. */
  readonly diagnosis: readonly Diagnosis[]
  /** What the best explanation does not predict. */
  readonly unexplained: readonly Unexplained[]
  /** What would tell most; null where nothing is broken, and where nothing would tell enough. */
  readonly next: NextMeasurement | null
  readonly posterior: Posterior
}

/** Where all checks of a report have passed, a fault is reported only from this probability on: what was measured is right, and speaks against it. */
const TOLD_OF_A_PASS = 0.9
/** Causes below this are not worth a person's time. */
const LEAST = 0.02
/** In nats: what an explanation shows in fewer than some three of a hundred runs. */
const SURPRISING = 3.5
/** Sentences from the dictionary, beside and instead of those of a rule. */
const BESIDE = 1
const INSTEAD = 3

export interface DiagnoseOptions extends InferenceOptions {
  /** Who was heard at the port, as the report has it; null, and by default, where a session came about. */
  readonly occupant?: JudgedOccupant
}

/** @returns no cause when nothing is broken, and `unknown` among them where something is that is not in the list */
export function diagnose(results: readonly CheckResult[], options: DiagnoseOptions = {}): Explanation {
  const learned = learnedDictionary()
  const { model, calibration } = learned
  const symptoms = symptomsOf(results, options.occupant)
  const evidence = new Evidence(results)
  const signatures = signaturesIn(evidence)
  const posterior = posteriorOf(model, calibration, symptoms, { repetition: repetitionOf(results), ...options })
  const complained = results.some(({ verdict }) => verdict === 'fail' || verdict === 'warn')
  if (!complained && 1 - posterior.healthy < TOLD_OF_A_PASS)
    return { diagnosis: [], unexplained: [], next: null, posterior }
  const context: Context = { learned, results, symptoms, posterior, evidence, signatures }
  const answers = answersOf(model, symptoms, posterior).filter(({ probability }) => probability >= LEAST)
  // A check has failed, and a sound board explains the rest best: then what failed is what nothing here explains.
  if (answers.length === 0 && results.some(({ verdict }) => verdict === 'fail')) {
    answers.push({ cause: UNKNOWN, probability: 1 - posterior.healthy, alike: [UNKNOWN] })
  }
  return {
    diagnosis: answers.map((answer) => diagnosisOf(answer, context)),
    unexplained: unexplainedIn(context),
    next: answers.length === 0 ? null : (nextMeasurement(model, symptoms, results, posterior, options.answers) ?? null),
    posterior,
  }
}

/** The question that would tell most; undefined where none would tell enough, and where nothing is broken. */
export function nextQuestion(
  results: readonly CheckResult[],
  answers: readonly GivenAnswer[],
  occupant: JudgedOccupant,
): NextMeasurement | undefined {
  const { posterior, diagnosis } = diagnose(results, { answers, occupant })
  if (diagnosis.length === 0) return undefined
  const { model } = learnedDictionary()
  return nextMeasurement(model, symptomsOf(results, occupant), results, posterior, answers, ['question'])
}

interface Context {
  readonly learned: Dictionary
  readonly results: readonly CheckResult[]
  readonly symptoms: Symptoms
  readonly posterior: Posterior
  readonly evidence: Evidence
  readonly signatures: Signatures
}

/** By cause: what its rule sees of it in the report, in words; only those of which one sees something. */
type Signatures = ReadonlyMap<string, readonly LocalizableText[]>

function signaturesIn(evidence: Evidence): Signatures {
  const seen = DIAGNOSIS_RULES.map((rule) => [rule.cause, rule.seen(evidence) ?? []] as const)
  return new Map(seen.filter(([, sentences]) => sentences.length > 0))
}

function diagnosisOf({ cause, probability, alike }: Answer, context: Context): Diagnosis {
  const side = cause === UNKNOWN ? likeliestSide(context.posterior) : sideOf(cause)
  const keyedWords =
    cause === UNKNOWN
      ? { evidence: unknownEvidence(context), remedy: unknownRemedy(side) }
      : { evidence: evidenceFor(cause, alike, context), remedy: remedyFor(cause, context) }
  return {
    cause,
    confidence: Math.round(probability * 100) / 100,
    class: alike,
    side,
    evidence: keyedWords.evidence.map((sentence) => say(EN, sentence)),
    remedy: say(EN, keyedWords.remedy),
    keyed: keyedWords,
  }
}

function evidenceFor(
  cause: string,
  alike: readonly string[],
  { learned, results, symptoms, posterior, signatures }: Context,
) {
  const seen = signatures.get(cause) ?? []
  const others = new Map([...posterior.causes, [HEALTHY, posterior.healthy] as const])
  // Those of its class are told apart by nothing, so nothing speaks for it against them.
  for (const member of alike) others.delete(member)
  const most = seen.length > 0 ? BESIDE : INSTEAD
  const learnt = evidenceSentences(learned.model, symptoms, results, cause, others, most)
  const all: LocalizableText[] = [...seen, ...learnt]
  return all.length > 0 ? all : [keyed('evidence.nothing-else')]
}

function remedyFor(cause: string, { evidence }: Context): Sentence {
  const rule = ruleFor(cause)
  if (rule !== undefined) return rule.remedyFor?.(evidence) ?? rule.remedy
  // Words of its own, or those of where it sits.
  const own = `${cause}.remedy`
  if (Object.hasOwn(EN.sentences, own)) return { key: own as SentenceKey, values: {} }
  return keyed(`remedy.${FAULTS.get(cause)?.layer ?? 'supply'}`)
}

function unknownEvidence({ posterior }: Context): LocalizableText[] {
  const nearest = posterior.hypotheses.find(({ causes }) => causes.length > 0)
  if (nearest === undefined || posterior.healthy > 0) {
    const [best] = posterior.hypotheses
    if (best === undefined || best.causes.length === 0) return [keyed('unknown.evidence-healthy')]
  }
  return [keyed('unknown.evidence', { nearest: nearest?.causes.join(' + ') ?? HEALTHY })]
}

function unknownRemedy(side: FaultSide): Sentence {
  return keyed('unknown.remedy', { side: keyed(`side.${side}`) })
}

/** Of each check that surprises, the figure that does so most. */
function unexplainedIn({ learned: { model }, results, symptoms, posterior }: Context): Unexplained[] {
  const [best] = posterior.hypotheses
  if (best === undefined) return []
  const read = new ReadResults(results)
  const explanation: LocalizableText = best.causes.length === 0 ? keyed('unexplained.healthy') : best.causes.join(' + ')
  const causes = best.causes.length === 0 ? [HEALTHY] : best.causes
  const likelihoods = causes.map((cause) => likeliestForm(model, symptoms, model.causes.indexOf(cause)))
  return [...posterior.fit.byCheck]
    .filter(([, surprise]) => surprise >= SURPRISING)
    .map(([check]) => {
      const own = [...FEATURES.entries()].filter(
        ([index, feature]) => feature.check === check && symptoms[index] >= 0 && model.weights[index] > 0,
      )
      const chance = (index: number): number =>
        model.weights[index] * Math.max(...likelihoods.map((each) => each[model.offsets[index] + symptoms[index]]))
      const [, feature] = own.reduce((most, each) => (chance(each[0]) < chance(most[0]) ? each : most))
      const sentence = keyed('unexplained.figure', { ...symptomWords(feature, read), cause: explanation })
      return { check, what: say(EN, sentence), keyed: { what: sentence } }
    })
}
