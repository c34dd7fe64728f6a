/** The form of what `linkpulse check TARGET --against TARGET --json` prints. */
import * as v from 'valibot'
import { documentFields, fromZeroField, textField, truthField, wordsField } from '../../../boards/schema/fields.js'

export const CHIP_COMPARISON_VERSION = 1

const step = v.strictObject({
  operation: wordsField('What was done'),
  expected: wordsField('What the chip read that it was compared with; empty where nothing was read'),
  got: wordsField('What the chip read that was looked at'),
})

const difference = v.strictObject({
  program: fromZeroField('Number of the program, from 1 on'),
  again: v.strictObject({
    of: fromZeroField('How often it was run again'),
    differed: fromZeroField('How often it differed then'),
  }),
  what: v.pipe(v.nullable(v.string()), v.title('What was read that differs; null where one chip did not do it at all')),
  bits: v.array(wordsField('A bit in which it differs')),
  rule: wordsField('What the data sheet says of it'),
  reference: wordsField('Where'),
  steps: v.array(step),
})

export const CHIP_COMPARISON = v.pipe(
  v.strictObject({
    ...documentFields(CHIP_COMPARISON_VERSION),
    target: textField('Whose chip was looked at'),
    against: textField('Whose chip it was compared with'),
    seed: fromZeroField('Seed of the programs'),
    programs: fromZeroField('Programs that were run'),
    operations: fromZeroField('Operations, up to the first difference'),
    differs: truthField('Whether there is a difference'),
    difference: v.nullable(difference),
    leftOut: v.array(
      v.strictObject({ what: wordsField('Register and bits that were not compared'), why: wordsField('The reason') }),
    ),
  }),
  v.title('Two chips that ran the same programs'),
)

export type ChipComparisonDocument = v.InferOutput<typeof CHIP_COMPARISON>
