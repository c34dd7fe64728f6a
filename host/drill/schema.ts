/** The form of the document that `linkpulse drill --json` prints. */
import * as v from 'valibot'
import { documentFields, fromZeroField, oneOfField, truthField, wordsField } from '../../boards/schema/fields.js'

export const DRILL_VERSION = 1

const problem = v.strictObject({
  line: fromZeroField('Line of the script'),
  column: fromZeroField('Column of that line, in characters, from 1'),
  message: wordsField('What is wrong there, and what to do'),
  unsupported: truthField('Whether it is in the language, and not supported here'),
})

const failure = v.strictObject({
  line: fromZeroField('Line of the script'),
  column: fromZeroField('Column of that line, in characters, from 1'),
  statement: wordsField('What stands there'),
  message: wordsField('What is not as it says'),
  expected: v.exactOptional(wordsField('The packet that the line expects')),
  actual: v.exactOptional(wordsField('The packet that was sent')),
})

const storyLine = v.strictObject({
  at: fromZeroField('Nanoseconds of virtual time'),
  text: wordsField('What happened'),
})

const script = v.strictObject({
  file: wordsField('The script'),
  verdict: oneOfField('What came of it', ['pass', 'fail', 'not run']),
  statements: fromZeroField('Statements in it'),
  problems: v.exactOptional(v.array(problem)),
  duration: v.exactOptional(fromZeroField('Nanoseconds of virtual time that it took')),
  notes: v.exactOptional(v.array(wordsField('What its code printed, or a remark'))),
  surplus: v.exactOptional(v.array(wordsField('A packet that no line expects, left over at the end'))),
  failure: v.exactOptional(failure),
  story: v.exactOptional(v.array(storyLine)),
})

export const DRILL_DOCUMENT = v.pipe(
  v.strictObject({
    ...documentFields(DRILL_VERSION),
    total: fromZeroField('Scripts'),
    passed: fromZeroField('Scripts that passed'),
    failed: fromZeroField('Scripts of which an expectation failed'),
    notRun: fromZeroField('Scripts that were not run'),
    scripts: v.array(script),
  }),
  v.title('What linkpulse drill found'),
)

export type DrillDocument = v.InferOutput<typeof DRILL_DOCUMENT>
