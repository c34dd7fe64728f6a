/** Where the schemas are published of the documents that we print and read. */

/** A document that says what form it has. */
export interface PublishedDocument {
  readonly $schema: string
  readonly version: number
}

/** The package's own folder `schema/`, as an editor finds it that follows `$schema`. */
const FOLDER = 'https://unpkg.com/linkpulse/schema'

const NAMES = [
  'board',
  'report',
  'drill',
  'net-stat',
  'port',
  'round',
  'comparison',
  'chip-comparison',
  'chip-answer',
  'check',
  'fault',
  'connector',
  'cable',
  'line-standard',
  'line-standards',
  'rs449',
  'serial-port',
  'mission-result',
  'lab',
  'lab-event',
  'run-event',
  'run-report',
  'audit',
  'campaign',
  'campaign-result',
  'campaign-report',
] as const

export type SchemaName = (typeof NAMES)[number]

/** Of a document, by name. */
export const SCHEMA_ADDRESSES = Object.fromEntries(NAMES.map((name) => [name, `${FOLDER}/${name}.json`])) as Readonly<
  Record<SchemaName, string>
>

/** What a document of ours begins with. */
export function documentHead<const Version extends number>(name: SchemaName, version: Version) {
  return { $schema: SCHEMA_ADDRESSES[name], version }
}
