/** The form of what a learner hands in. */
import * as v from 'valibot'
import { fromZeroField, textField, truthField, versionField, wholeField } from '../../../boards/schema/fields.js'
import { readJson } from '../../../boards/schema/json.js'
import { schemaProblems } from '../../../boards/schema/problems.js'
import type { MissionResult } from '../protocol.js'
import { MISSION_RESULT_VERSION } from './result.js'

const MOST = Number.MAX_SAFE_INTEGER
/** Deeds of a result; a learner who needs more has long stopped thinking. */
const MOST_DEEDS = 5_000
const text = v.pipe(v.string(), v.maxLength(200))
const count = (title: string) => wholeField(title, 0, MOST, 'from 0 on')

const deed = v.variant('kind', [
  v.strictObject({ kind: v.literal('set'), name: text, value: text }),
  v.strictObject({ kind: v.literal('act'), action: text, argument: text }),
  v.strictObject({ kind: v.literal('repair'), fault: text }),
  v.strictObject({ kind: v.literal('probe'), probe: text }),
  v.strictObject({ kind: v.literal('hint') }),
])

export const MISSION_RESULT = v.pipe(
  v.strictObject({
    $schema: textField('Where the schema of a result is published'),
    version: versionField(MISSION_RESULT_VERSION),
    mission: textField('The mission, by name'),
    seed: wholeField('The seed that says what is broken', 0, 0xffff_ffff, 'from 0 to 4294967295'),
    solved: truthField('Whether it is solved'),
    spent: count('Messages sent, probes put somewhere, repairs tried'),
    budget: count('How many of them suffice'),
    repairs: count('Repairs tried'),
    hints: count('Hints asked for'),
    at: fromZeroField('Virtual nanoseconds since the beginning'),
    executed: count('Events since the beginning'),
    hash: textField('Of everything that happened'),
    record: v.pipe(
      v.array(v.strictObject({ executed: count('Events before it'), at: fromZeroField('When, in nanoseconds'), deed })),
      v.maxLength(MOST_DEEDS),
      v.title('What was done, in order'),
    ),
  }),
  v.title('The result of a mission of the workshop'),
)

export class MissionResultError extends Error {
  override readonly name = 'MissionResultError'

  constructor(source: string, problems: readonly string[]) {
    super(`${source} is not the result of a mission:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
  }
}

/**
 * @param source what to call it in errors: its path
 * @throws MissionResultError with every problem, each with its place
 */
export function parseMissionResult(octets: string, source: string): MissionResult {
  const refuse = (...problems: string[]): Error => new MissionResultError(source, problems)
  const value = readJson(octets, 'a result has 4 levels', refuse)
  const problems = schemaProblems(MISSION_RESULT, value)
  if (problems.length > 0) throw refuse(...problems)
  const { $schema, version, ...result } = value as v.InferOutput<typeof MISSION_RESULT>
  return result
}
