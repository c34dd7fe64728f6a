/** The form of a round of a watch: a line of `check --watch --json`. */
import * as v from 'valibot'
import { fromZeroField, textField, truthField, versionField, wholeField } from '../../../boards/schema/fields.js'
import { COMPARISON } from '../compare/schema.js'
import { REPORT } from '../report/schema.js'

/** The version of this form; another number where a reader of the form before would misread a round. */
export const ROUND_VERSION = 1

const at = fromZeroField('Nanoseconds since the watch began')

const [{ entries: compared }] = COMPARISON.pipe
const { why: _, ...figure } = compared.figures.item.entries

export const ROUND = v.pipe(
  v.strictObject({
    $schema: textField('Where the schema of a round is published'),
    version: versionField(ROUND_VERSION),
    round: wholeField('Which round it is', 1, Number.MAX_SAFE_INTEGER, 'from 1 on'),
    from: fromZeroField('When it began: nanoseconds since the watch did, on the clock of the target'),
    to: fromZeroField('When it ended, in the same nanoseconds'),
    changes: v.strictObject({
      verdicts: v.array(v.strictObject({ at, ...compared.verdicts.item.entries })),
      figures: v.array(
        v.strictObject({
          at,
          ...figure,
          back: truthField('It is again what it was in the rounds before it moved'),
        }),
      ),
      causes: v.array(v.strictObject({ at, ...compared.causes.item.entries })),
    }),
    report: REPORT,
  }),
  v.title('A round of linkpulse check --watch'),
)

export type RoundDocument = v.InferOutput<typeof ROUND>
