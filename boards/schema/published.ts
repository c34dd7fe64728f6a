/** Where the schemas are published of the documents that we print and read. */

/** A document that says what form it has. */
export interface PublishedDocument {
  readonly $schema: string
  readonly version: number
}

/** The package's own folder `schema/`, as an editor finds it that follows `$schema`. */
const FOLDER = 'https://unpkg.com/linkpulse/schema'

/** Of a document, by name. */
export const SCHEMA_ADDRESSES = {
  board: `${FOLDER}/board.json`,
  report: `${FOLDER}/report.json`,
  drill: `${FOLDER}/drill.json`,
  'net-stat': `${FOLDER}/net-stat.json`,
  port: `${FOLDER}/port.json`,
  round: `${FOLDER}/round.json`,
  comparison: `${FOLDER}/comparison.json`,
  'chip-comparison': `${FOLDER}/chip-comparison.json`,
  'chip-answer': `${FOLDER}/chip-answer.json`,
  check: `${FOLDER}/check.json`,
  fault: `${FOLDER}/fault.json`,
  connector: `${FOLDER}/connector.json`,
  cable: `${FOLDER}/cable.json`,
  'line-standard': `${FOLDER}/line-standard.json`,
  'line-standards': `${FOLDER}/line-standards.json`,
  rs449: `${FOLDER}/rs449.json`,
  'serial-port': `${FOLDER}/serial-port.json`,
} as const
