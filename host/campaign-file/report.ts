/** What a campaign came to: made of its plan and its results alone, so it is the same whoever performed the runs, where, in which order and how often. */
import * as v from 'valibot'
import { documentFields, listField, oneOfField, textField, wholeField, wordsField } from '../../boards/schema/fields.js'
import { documentHead } from '../../boards/schema/published.js'
import { CAMPAIGN_PLAN, type CampaignPlan, commandOf, MOST_RUNS, type NumberedRun, runsOf } from './plan.js'
import { type CampaignRun, RUN_RESULT, resultKey } from './result.js'
import { EXPECTED_OUTCOMES } from './schema.js'

const VERSION = 1

const counted = (title: string) => wholeField(title, 0, MOST_RUNS, 'runs')
const COUNTS = {
  planned: counted('Runs that the campaign has'),
  met: counted('Runs that ended as expected'),
  unmet: counted('Runs that did not'),
  error: counted('Runs that could not be made'),
  missing: counted('Runs that nobody has made yet'),
}
const seed = wholeField('Seed', 0, 0xffff_ffff, 'seed')
const CELL = {
  subject: textField('What was tested'),
  fault: textField('What was broken, or none'),
  severity: wordsField('How much of it; empty: as much as it is by default'),
  expect: oneOfField('How a run must end', EXPECTED_OUTCOMES),
}

export const CAMPAIGN_REPORT = v.strictObject({
  ...documentFields(VERSION),
  campaign: CAMPAIGN_PLAN,
  runs: v.strictObject(COUNTS),
  matrix: listField(
    v.strictObject({
      ...CELL,
      ...COUNTS,
      firstFailure: v.pipe(
        v.nullable(seed),
        v.title('The first seed that failed, in the order of the campaign'),
        v.description('a seed, or null'),
      ),
    }),
  ),
  failures: listField(
    v.strictObject({ ...CELL, seed, ...RUN_RESULT.entries, command: textField('What runs it again, and alone') }),
  ),
})

export type CampaignReport = v.InferOutput<typeof CAMPAIGN_REPORT>
type Counts = { -readonly [Name in keyof typeof COUNTS]: number }

/** A run with what came of it; undefined: nobody has made it yet. */
export interface FinishedRun extends NumberedRun {
  readonly result: CampaignRun | undefined
}

/** Two results of one run are not the same, which a campaign promises. */
class ContradictionError extends RangeError {}

/**
 * Every run of the plan with its result, in the order of the plan.
 * @throws ContradictionError; RangeError for the number of a run that there is not
 */
export function finishedRuns(plan: CampaignPlan, results: Iterable<CampaignRun>): FinishedRun[] {
  const runs = runsOf(plan)
  const found: (CampaignRun | undefined)[] = runs.map(() => undefined)
  for (const each of results) {
    // Whether it was read or is new: its fields stand in one order.
    const result = v.parse(RUN_RESULT, each)
    const { run } = result
    if (run >= runs.length)
      throw new RangeError(`the campaign has ${runs.length} runs, and there is a result of ${run}`)
    const before = found[run]
    if (before !== undefined && resultKey(before) !== resultKey(result)) {
      throw new ContradictionError(
        `run ${run} has two results that differ, and every machine should come to the same: ${commandOf(runs[run])}`,
      )
    }
    found[run] = result
  }
  return runs.map((run) => ({ ...run, result: found[run.run] }))
}

export function campaignReport(plan: CampaignPlan, runs: readonly FinishedRun[]): CampaignReport {
  const all = noRuns()
  const cells = new Map<string, CampaignReport['matrix'][number]>()
  const failures: CampaignReport['failures'][number][] = []
  for (const finished of runs) {
    const { subject, fault, seed: ofRun, result } = finished
    const place = { subject: subject.name, fault: fault.fault, severity: fault.severity, expect: fault.expect }
    const key = JSON.stringify(place)
    const cell = cells.get(key) ?? { ...place, ...noRuns(), firstFailure: null }
    const verdict = result?.verdict ?? 'missing'
    const failed = verdict === 'unmet' || verdict === 'error'
    cells.set(key, {
      ...cell,
      planned: cell.planned + 1,
      [verdict]: cell[verdict] + 1,
      firstFailure: cell.firstFailure ?? (failed ? ofRun : null),
    })
    all.planned++
    all[verdict]++
    if (failed && result !== undefined) {
      failures.push({ ...place, seed: ofRun, ...result, command: commandOf(finished) })
    }
  }
  const head = documentHead('campaign-report', VERSION)
  return { ...head, campaign: v.parse(CAMPAIGN_PLAN, plan), runs: all, matrix: [...cells.values()], failures }
}

function noRuns(): Counts {
  return { planned: 0, met: 0, unmet: 0, error: 0, missing: 0 }
}
