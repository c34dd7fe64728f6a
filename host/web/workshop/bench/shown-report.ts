/** A report as the page shows it: the sentences of the command line, in one language. */
import { limitRemark, measurementName, showValue, withinLimits } from '../../../check/measure.js'
import { reportIn, resultIn, sideWords, unsaidOccupant } from '../../../check/report/in-words.js'
import type { CheckResult, Measurement, Report, Verdict } from '../../../check/types.js'
import { keyed, type LocalizableText } from '../../../text/keyed.js'
import { say } from '../../../text/say.js'
import type { Words } from '../../../text/words.js'

export interface ShownResult {
  readonly id: string
  readonly verdict: Verdict
  readonly verdictWord: string
  readonly title: string
  /** Empty where there is none. */
  readonly reason: string
  readonly figures: readonly { readonly text: string; readonly wrong: boolean }[]
  readonly reference: string
}

export interface ShownDiagnosis {
  readonly cause: string
  /** From 0 to 1. */
  readonly confidence: number
  /** The probability, and where to look. */
  readonly certainty: string
  readonly others: readonly string[]
  /** What nothing tells from it, in a sentence; empty where there is nothing. */
  readonly alike: string
  readonly evidence: readonly string[]
  readonly remedy: string
}

export interface ShownReport {
  readonly because: string
  readonly whatToDo: string
  readonly diagnosis: readonly ShownDiagnosis[]
  /** Heading and rows; no rows where nothing is left over. */
  readonly unexplained: { readonly heading: string; readonly rows: readonly string[] }
  /** What to do next, and why; empty where nothing would tell more. */
  readonly next: string
  /** Who is at the port, where that is nobody of ours. */
  readonly occupant: { readonly heading: string; readonly rows: readonly string[] } | undefined
}

export function shownResults(words: Words, results: readonly CheckResult[]): ShownResult[] {
  const speak = (text: LocalizableText) => say(words, text)
  const figure = (measurement: Measurement) => {
    const limit = speak(limitRemark(measurement))
    const value = `${speak(measurementName(measurement))}${speak(keyed('report.colon'))}${speak(showValue(measurement, measurement.value))}`
    return {
      text: limit === '' ? value : `${value}${speak(keyed('report.brackets', { text: limit }))}`,
      wrong: !withinLimits(measurement),
    }
  }
  return results.map((result) => {
    const { id, verdict, title, reason, reference } = resultIn(words, result)
    const verdictWord = speak(keyed(`verdict.${verdict}`))
    return { id, verdict, verdictWord, title, reason, reference, figures: result.measurements.map(figure) }
  })
}

export function shownReport(words: Words, report: Report): ShownReport {
  const speak = (text: LocalizableText) => say(words, text)
  const { diagnosis, unexplained, nextMeasurement } = reportIn(words, report)
  const occupant = unsaidOccupant(reportIn(words, report))
  return {
    because: speak(keyed('diagnosis.because-list')),
    whatToDo: speak(keyed('diagnosis.what-to-do')),
    diagnosis: diagnosis.map(({ cause, confidence, class: alike, side, evidence, remedy }) => {
      const others = alike.slice(1)
      const percent = speak(keyed('diagnosis.confidence', { percent: Math.round(confidence * 100) }))
      const where = keyed('diagnosis.side', { side: sideWords(side) })
      return {
        ...{ cause, confidence, others, evidence, remedy },
        certainty: speak(keyed('diagnosis.certainty', { percent, where })),
        alike: others.length === 0 ? '' : speak(keyed('diagnosis.class', { others })),
      }
    }),
    unexplained: {
      heading: speak(keyed('diagnosis.unexplained')),
      rows: unexplained.map(({ check, what }) => `${check}${speak(keyed('report.colon'))}${what}`),
    },
    next:
      nextMeasurement === null
        ? ''
        : `${speak(keyed('diagnosis.next'))}${speak(keyed('report.colon'))}${nextMeasurement.say} ${nextMeasurement.why}`,
    occupant:
      occupant === undefined
        ? undefined
        : {
            heading: speak(
              keyed('occupant.heading', { who: occupant.title, percent: Math.round(occupant.probability * 100) }),
            ),
            rows: [
              ...occupant.evidence,
              ...occupant.said.map((said) => speak(keyed('port.said', { said }))),
              ...occupant.next,
            ],
          },
  }
}
