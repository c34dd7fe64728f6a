/** The form of the report document; what each field means in full is in `../types.ts`. */
import * as v from 'valibot'
import {
  fromZeroField,
  matchingField,
  oneOfField,
  textField,
  versionField,
  wordsField,
} from '../../../boards/schema/fields.js'
import { LAYERS } from '../types.js'
import { CHECK_VIEWS } from '../view.js'
import { CHECK_NAME, figureField, findingField, probabilityField, VERDICTS } from './schema-fields.js'

/** The version of this form; another number where a reader of the form before would misread a report. */
export const REPORT_VERSION = 1

const measurement = v.strictObject({
  name: textField('What was measured'),
  value: figureField('What it was; null where it could not be taken'),
  unit: wordsField('SI symbol, %, or empty for a count or a register'),
  min: figureField('Least that is right; null where there is no limit'),
  max: figureField('Most that is right; null where there is no limit'),
})

const check = v.strictObject({
  id: matchingField('Identifier', CHECK_NAME, 'the name of a check, as chip.revision'),
  layer: oneOfField('Layer', LAYERS),
  title: wordsField('What a person calls it'),
  verdict: oneOfField('Verdict', VERDICTS),
  measurements: v.array(measurement),
  reference: wordsField('The clause that the limits come from'),
  reason: wordsField('What is wrong, or why there was nothing to measure; empty where the verdict says it all'),
  again: v.exactOptional(
    v.pipe(
      v.strictObject({
        verdict: oneOfField('Verdict of the second time', VERDICTS),
        measurements: v.array(measurement),
      }),
      v.title('Where it failed and was run once more at the end'),
    ),
  ),
})

const occupant = v.strictObject({
  who: wordsField('Who it is, as `linkpulse doctor --json` has it'),
  title: wordsField('What a person calls it'),
  probability: v.pipe(
    v.number(),
    v.minValue(0),
    v.maxValue(1),
    v.title('The probability that it is this one'),
    v.description('a number from 0 to 1'),
  ),
  evidence: v.array(wordsField('What was heard')),
  said: v.array(wordsField('What it said, a line each')),
  next: v.array(wordsField('What to do')),
})

const diagnosis = v.strictObject({
  cause: wordsField('A fault, by its name in `linkpulse faults`, or `unknown`: something that is not in that list'),
  confidence: probabilityField('The probability that it is this cause, or one of its class'),
  class: v.array(
    wordsField('A cause that nothing in this report tells from it, by its name; the cause itself is the first'),
  ),
  side: wordsField('Where to look: board, chip, wire, partner or computer'),
  evidence: v.array(wordsField('What was seen')),
  remedy: wordsField('What to do'),
})

const unexplained = v.strictObject({
  check: wordsField('Identifier of a check'),
  what: wordsField('What was measured and the likeliest explanation hardly ever shows'),
})

const nextMeasurement = v.strictObject({
  kind: oneOfField('What it is', ['check', 'repeat', 'question']),
  what: wordsField('Identifier of the check, or of the question'),
  say: wordsField('What to do, or to look at'),
  why: wordsField('What it would tell apart'),
  gain: fromZeroField('Bits that it is expected to tell'),
  seconds: fromZeroField('What it takes, roughly'),
})

export const REPORT = v.pipe(
  v.strictObject({
    $schema: textField('Where the schema of a report is published'),
    version: versionField(REPORT_VERSION),
    file: v.exactOptional(wordsField('Where `linkpulse diagnose` read it')),
    target: wordsField('As it was named on the command line'),
    backend: wordsField('Who executed the firmware'),
    board: wordsField('The board, by its name'),
    seed: v.pipe(
      v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
      v.title('Seed of the run; null where nothing is drawn from one (a real board)'),
      v.description('a whole number from 0 on, or null'),
    ),
    view: oneOfField('From where it was looked at', CHECK_VIEWS),
    checks: v.array(check),
    occupant: v.nullable(occupant),
    diagnosis: v.array(diagnosis),
    unexplained: v.array(unexplained),
    nextMeasurement: v.nullable(nextMeasurement),
    findings: v.array(findingField),
    counters: v.record(v.string(), v.record(v.string(), fromZeroField('A count'))),
    verdict: oneOfField('The worst verdict of its checks', VERDICTS),
  }),
  v.title('A report of linkpulse check'),
)

/** A report as it is written. */
export type ReportDocument = v.InferOutput<typeof REPORT>
