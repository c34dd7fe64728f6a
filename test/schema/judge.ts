/** Ajv, which knows nothing of ours, holds our documents against the JSON Schemas that are published with us. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { SCHEMA_ADDRESSES, type SchemaName } from '../../boards/schema/published.js'
import { ROOT } from '../docs/shown.js'

const ajv = new Ajv({ allErrors: true, strict: true })

type Judge = (document: unknown) => string[]

function judge(file: string): Judge {
  const validate = ajv.compile(JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as object)
  return (document) => {
    validate(document)
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }
}

const NAMES = Object.keys(SCHEMA_ADDRESSES) as SchemaName[]
const JUDGES = Object.fromEntries(NAMES.map((name) => [name, judge(`schema/${name}.json`)])) as Record<
  SchemaName,
  Judge
>

/** What is wrong with a document, a line each; nothing when the schema takes it. */
export const {
  report: reportFaults,
  board: boardFaults,
  drill: drillFaults,
  'net-stat': netStatFaults,
  port: portFaults,
  'chip-comparison': chipComparisonFaults,
  round: roundFaults,
  comparison: comparisonFaults,
} = JUDGES

/** The same, by the schema that the document names. */
export function faultsByItsSchema(document: { readonly $schema?: unknown }): string[] {
  const name = NAMES.find((each) => SCHEMA_ADDRESSES[each] === document.$schema)
  return name === undefined ? [`no schema of ours is ${document.$schema}`] : JUDGES[name](document)
}
