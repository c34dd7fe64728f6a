/** What came of the runs of a campaign: the lines of a file of results. A file has its plan first, then a line a run, in whatever order they ended. */
import * as v from 'valibot'
import {
  documentFields,
  fromZeroField,
  listField,
  oneOfField,
  textField,
  wholeField,
  wordsField,
} from '../../boards/schema/fields.js'
import { probabilityField } from '../check/report/schema-fields.js'
import { CAMPAIGN_PLAN, MOST_RUNS } from './plan.js'

export const RESULT_VERSION = 1

/** The first line. */
export const RESULTS_HEAD = v.strictObject({ ...documentFields(RESULT_VERSION), campaign: CAMPAIGN_PLAN })

/** Of a run, without its number. */
const outcome = {
  outcome: oneOfField('How it ended; error: it could not be run', ['pass', 'fail', 'error']),
  reason: wordsField('Why it is no pass; empty where it is'),
  failed: listField(wordsField('A check that failed, or an expectation that was not met')),
  diagnosis: listField(
    v.strictObject({
      cause: textField('What is likely broken'),
      confidence: probabilityField('How likely it is this, or one that nothing tells from it'),
      class: listField(textField('It, and those that nothing tells from it')),
    }),
  ),
  seconds: fromZeroField('How long it took, in simulated seconds'),
}

export const RUN_OUTCOME = v.strictObject(outcome)
/** How a run ended: on every machine the same. */
export type CampaignOutcome = v.InferOutput<typeof RUN_OUTCOME>

const verdict = {
  verdict: oneOfField('Whether it ended as the campaign expects', ['met', 'unmet', 'error']),
}

/** Every other line. */
export const RUN_RESULT = v.strictObject({
  run: wholeField('Which run, counted from 0 in the order of the plan', 0, MOST_RUNS - 1, 'run'),
  ...verdict,
  ...outcome,
})
export type CampaignRun = v.InferOutput<typeof RUN_RESULT>

/** Two are the same result if this is: all that they say. */
export function resultKey(result: CampaignRun): string {
  return JSON.stringify(result)
}

export const RESULT_LINE = v.pipe(
  v.union([RESULTS_HEAD, RUN_RESULT]),
  v.title('A line of a file of results of `linkpulse campaign`'),
)
