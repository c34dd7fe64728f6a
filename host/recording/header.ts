/** The first entry of a recording: what was recorded, and all that a run draws on beside what the entries hold. */
import * as v from 'valibot'
import { textField, truthField, versionField, wholeField, wordsField } from '../../boards/schema/fields.js'
import { schemaProblems } from '../../boards/schema/problems.js'
import { decodeJson, RECORDING_VERSION } from './format.js'

const WHOLE = Number.MAX_SAFE_INTEGER
const anything = (title: string) =>
  v.pipe(v.record(v.string(), v.unknown()), v.title(title), v.description('an object'))

export const RECORDING_HEADER = v.pipe(
  v.strictObject({
    version: versionField(RECORDING_VERSION),
    linkpulse: textField('The package that made it'),
    target: textField('As it was named on the command line'),
    backend: textField('Who executed the firmware'),
    board: wordsField('The board, by its name; empty where only the board knew'),
    about: wordsField('What the target was, in words'),
    seed: v.pipe(
      v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
      v.title('Seed of the run; null for a real board'),
      v.description('a whole number from 0 on, or null'),
    ),
    draws: wholeField("What the host's own chance is made of", 0, 0xffff_ffff, 'a seed'),
    start: wholeField("The target's clock at the beginning", 0, WHOLE, 'nanoseconds'),
    timers: v.pipe(
      v.picklist(['due', 'each']),
      v.title('Whether calls of the clock came when they were due, or each is noted'),
      v.description('due or each'),
    ),
    line: v.strictObject({
      baud: wholeField('Rate at the beginning', 1, 100_000_000, 'symbols a second'),
      lead: wholeField('Cells that may wait in the port', 0, 1_000, 'cells'),
      transit: v.exactOptional(wholeField('What a network on the way may add', 0, WHOLE, 'nanoseconds')),
      reopensForRate: v.exactOptional(truthField('A change of rate opens the port anew')),
      counts: truthField('The port counts'),
    }),
    programmer: v.exactOptional(
      v.strictObject({
        rate: v.exactOptional(wholeField('Where it was looked for', 1, 100_000_000, 'symbols a second')),
      }),
    ),
    lateness: truthField('The computer knew how late it was'),
    surroundings: v.exactOptional(
      v.strictObject({
        peer: textField("The partner's address"),
        board: v.exactOptional(anything('The board, as in a board file; left out with a real one')),
      }),
    ),
    options: anything('What the run was told'),
  }),
  v.title('Header of a recording'),
)

export type RecordingHeader = v.InferOutput<typeof RECORDING_HEADER>

/** @returns the header, or what is wrong with it */
export function readHeader(body: Uint8Array): RecordingHeader | readonly string[] {
  let value: unknown
  try {
    value = decodeJson(body)
  } catch {
    return ['the header is no JSON']
  }
  const problems = schemaProblems(RECORDING_HEADER, value)
  return problems.length > 0 ? problems : (value as RecordingHeader)
}
