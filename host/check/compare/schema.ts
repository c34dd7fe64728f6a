/** The form of a comparison, and of what changed from one round of a watch to the next; what each means in full is in `differences.ts`. */
import * as v from 'valibot'
import {
  matchingField,
  oneOfField,
  textField,
  truthField,
  versionField,
  wordsField,
} from '../../../boards/schema/fields.js'
import { CHECK_NAME, figureField, perhapsProbabilityField, VERDICTS } from '../report/schema-fields.js'
import { COMPARED_FACTS } from './differences.js'
import { FIGURE_REASONS } from './scatter.js'

/** The version of this form; another number where a reader of the form before would misread a comparison. */
export const COMPARISON_VERSION = 1

const checkName = () => matchingField('Identifier of the check', CHECK_NAME, 'the name of a check, as chip.revision')

const factValue = (title: string) =>
  v.pipe(
    v.nullable(v.union([v.string(), v.number()])),
    v.title(title),
    v.description('a text, a number, or null where a real board has none'),
  )

const verdictPair = v.strictObject({
  from: oneOfField('Verdict of the first', VERDICTS),
  to: oneOfField('Verdict of the second', VERDICTS),
})

export const COMPARISON = v.pipe(
  v.strictObject({
    $schema: textField('Where the schema of a comparison is published'),
    version: versionField(COMPARISON_VERSION),
    first: wordsField('The first report, as it was named on the command line'),
    second: wordsField('The second report'),
    differs: truthField('A check that both have, or one report as a whole, came to another verdict'),
    facts: v.array(
      v.strictObject({
        fact: oneOfField('What of it differs', COMPARED_FACTS),
        from: factValue('In the first'),
        to: factValue('In the second'),
      }),
    ),
    verdict: verdictPair,
    conclusion: v.strictObject({
      from: wordsField('Likeliest cause in the first, `healthy` or `unknown`'),
      to: wordsField('Likeliest cause in the second, `healthy` or `unknown`'),
    }),
    verdicts: v.array(
      v.strictObject({
        check: checkName(),
        title: wordsField('What a person calls it'),
        ...verdictPair.entries,
        reason: wordsField('What the second says of it; empty where the verdict says it all'),
        was: wordsField('What the first said of it'),
      }),
    ),
    only: v.strictObject({
      first: v.array(wordsField('Identifier of a check that the second has not')),
      second: v.array(wordsField('Identifier of a check that the first has not')),
    }),
    figures: v.array(
      v.strictObject({
        check: checkName(),
        name: textField('What was measured'),
        unit: wordsField('SI symbol, %, or empty for a count or a register'),
        from: figureField('What it was in the first; null where it could not be taken'),
        to: figureField('What it was in the second; null where it could not be taken'),
        ratio: figureField('Second to first; null where one was not taken or is 0, or where their signs differ'),
        why: oneOfField('It passed a limit, was taken in one only, or moved beyond its scatter', FIGURE_REASONS),
      }),
    ),
    causes: v.array(
      v.strictObject({
        cause: wordsField('A fault, by its name in `linkpulse faults`, or `unknown`'),
        from: perhapsProbabilityField('Its probability in the first; null where that does not name it'),
        to: perhapsProbabilityField('Its probability in the second; null where that does not name it'),
      }),
    ),
  }),
  v.title('A comparison of two reports of linkpulse check'),
)

export type ComparisonDocument = v.InferOutput<typeof COMPARISON>
