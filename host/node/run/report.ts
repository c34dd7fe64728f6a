/** What came of a run, for `run --report FILE`: the document, and the same as tests. */
import * as v from 'valibot'
import {
  documentFields,
  fromZeroField,
  listField,
  oneOfField,
  textField,
  wholeField,
  wordsField,
} from '../../../boards/schema/fields.js'
import { documentHead } from '../../../boards/schema/published.js'
import { SECOND } from '../../../firmware/hal/clock.js'
import { jsonText } from '../../json-text.js'
import { Kinds } from '../../kinds.js'
import type { ReportForms } from '../../report/formats.js'
import type { TestResults } from '../../report/test-results.js'
import type { Sketch, SketchFinding } from '../../sketch/sketch.js'
import { FINDING_REMEDIES, TO_DO } from '../../text/en/finding-remedies.js'
import { findingLine } from '../../text/program-place.js'
import { PROGRAM_PLACES } from './place.js'
import type { Expectation } from './verdict.js'

const VERSION = 1

export const RUN_REPORT = v.strictObject({
  ...documentFields(VERSION),
  name: textField('The scenario, or the sketches'),
  command: textField('What runs it again'),
  seed: wholeField('Seed', 0, 0xffff_ffff, 'seed'),
  seconds: fromZeroField('How long it took, in simulated seconds'),
  status: wholeField('The exit status', 0, 4, 'status'),
  expectations: listField(
    v.strictObject({
      name: textField(
        'What was expected: a step of a scenario, or a text; or the run itself, where it ended for another reason',
      ),
      verdict: oneOfField('Whether it is met', ['met', 'unmet', 'late']),
      seconds: fromZeroField('How long a step took, or when a text was printed, in simulated seconds'),
      reason: wordsField('Why it is not; empty where it is'),
    }),
  ),
  findings: listField(
    v.strictObject({
      sketch: textField('Which of the sketches'),
      rule: textField('Name of the rule of the data sheet that it broke'),
      count: wholeField('How often', 1, Number.MAX_SAFE_INTEGER, 'times'),
      at: fromZeroField('When first, in nanoseconds of virtual time'),
      text: wordsField('In words, with the octets and the section: the first of them'),
      remedy: wordsField('What to do about it'),
      where: PROGRAM_PLACES,
    }),
  ),
  serial: listField(
    v.strictObject({
      sketch: textField('Which of the sketches'),
      lines: listField(wordsField('A line that it printed, without its end')),
    }),
  ),
})
export type RunReport = v.InferOutput<typeof RUN_REPORT>

/** Whose findings they are: a sketch, or whoever else drives a chip. */
export type FindingSubject = Pick<Sketch, 'name' | 'timesFound'>

/** Findings of all sketches, one of each rule, with their count. */
export class FindingCounts {
  readonly #onlyFirst: boolean
  readonly #kinds = new Kinds<{ readonly sketch: FindingSubject; readonly finding: SketchFinding }>()

  /** @param onlyFirst the run stops at its first finding: what the processor still does in that instant does not count */
  constructor(onlyFirst: boolean) {
    this.#onlyFirst = onlyFirst
  }

  /** Returns whether it is the first of its rule in this sketch. */
  add(sketch: FindingSubject, finding: SketchFinding): boolean {
    return this.#kinds.add(JSON.stringify([sketch.name, finding.id]), { sketch, finding })
  }

  get all(): RunReport['findings'] {
    return this.#kinds.all.map(({ first: { sketch, finding } }) => {
      const { id: rule, at, text, mild, where } = finding
      const count = this.#onlyFirst && !mild ? 1 : sketch.timesFound(rule)
      return { sketch: sketch.name, rule, count, at, text, remedy: FINDING_REMEDIES[rule], where }
    })
  }
}

export interface EndedRun {
  readonly name: string
  readonly command: string
  readonly seed: number
  /** Virtual time, nanoseconds. */
  readonly at: number
  readonly status: number
  readonly expectations: readonly Expectation[]
  /** Why it did not end well, where no expectation says so. */
  readonly ended: string
  readonly findings: FindingCounts
  readonly sketches: readonly Sketch[]
}

export function runReport(run: EndedRun): RunReport {
  const { name, command, seed, at, status, ended, findings, sketches } = run
  const seconds = at / SECOND
  const expectations = [...run.expectations]
  // A report must not be green where the exit status is red.
  if (status !== 0 && expectations.every(({ verdict }) => verdict === 'met')) {
    expectations.push({ name: 'run', verdict: status === 4 ? 'late' : 'unmet', seconds, reason: ended })
  }
  const serial = sketches.map((sketch) => ({ sketch: sketch.name, lines: sketch.serial.text.split(/\r?\n/) }))
  const head = documentHead('run-report', VERSION)
  return { ...head, name, command, seed, seconds, status, expectations, findings: findings.all, serial }
}

function runTests({ name, command, seed, seconds, expectations, findings, serial }: RunReport): TestResults {
  const told = findings.map(
    ({ sketch, count, at, text, where, remedy }) =>
      `${serial.length > 1 ? `${sketch}: ` : ''}${count} ×, first at ${(at / SECOND).toFixed(9)} s: ${findingLine({ text, where })}; ${TO_DO}${remedy}`,
  )
  const cases: readonly Expectation[] =
    expectations.length > 0 ? expectations : [{ name: 'run', verdict: 'met', seconds, reason: '' }]
  return {
    name: 'linkpulse run',
    subject: serial.map(({ sketch }) => sketch).join(', '),
    seed,
    command,
    suites: [
      {
        name,
        seconds,
        // A green report does not hide what the programs did wrong.
        output: [...serial.map(({ lines }) => lines.join('\n')), ...told.map((line) => `finding: ${line}`)].join('\n'),
        cases: cases.map(({ name: expected, verdict, seconds: taken, reason }) => ({
          name: expected,
          verdict: verdict === 'met' ? 'pass' : 'fail',
          seconds: taken,
          reason,
          details: verdict === 'met' ? [] : told.map((line) => `finding: ${line}`),
        })),
      },
    ],
    findings: told,
  }
}

export const RUN_FORMS: ReportForms<RunReport> = { own: { '.json': jsonText }, tests: runTests }
