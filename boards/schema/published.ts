/** Where the schemas are published of the documents that we print and read. */

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
} as const
