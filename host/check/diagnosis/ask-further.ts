/** Questions to the person, one after another, for as long as one would tell enough: the diagnosis with what was answered. */
import { isStranger } from '../port-occupant.js'
import type { NextMeasurement, Report } from '../types.js'
import { diagnose, nextQuestion } from './diagnose.js'
import type { GivenAnswer } from './questions.js'

/** Nobody answers more of them. */
const MOST_QUESTIONS = 4

/**
 * @param ask what the person says: yes or no; undefined: no answer, and no more questions
 * @returns the report as it was where nothing was answered
 */
export async function askFurther(
  report: Report,
  ask: (question: NextMeasurement) => Promise<boolean | undefined>,
): Promise<Report> {
  const answers: GivenAnswer[] = []
  if (isStranger(report.occupant)) return report
  while (answers.length < MOST_QUESTIONS) {
    const question = nextQuestion(report.checks, answers, report.occupant)
    if (question === undefined) break
    const yes = await ask(question)
    if (yes === undefined) break
    answers.push({ question: question.what, yes })
  }
  if (answers.length === 0) return report
  const { diagnosis, unexplained, next } = diagnose(report.checks, { answers, occupant: report.occupant })
  return { ...report, diagnosis, unexplained, nextMeasurement: next }
}
