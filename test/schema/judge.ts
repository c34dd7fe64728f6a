/** Ajv, which knows nothing of ours, holds our documents against the JSON Schemas that are published with us. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { ROOT } from '../docs/shown.js'

const ajv = new Ajv({ allErrors: true, strict: true })

function judge(file: string): (document: unknown) => string[] {
  const validate = ajv.compile(JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as object)
  return (document) => {
    validate(document)
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }
}

/** What is wrong with a document, a line each; nothing when the schema takes it. */
export const reportFaults = judge('schema/report.json')
export const boardFaults = judge('schema/board.json')
export const drillFaults = judge('schema/drill.json')
export const netStatFaults = judge('schema/net-stat.json')
export const portFaults = judge('schema/port.json')
export const chipComparisonFaults = judge('schema/chip-comparison.json')
export const roundFaults = judge('schema/round.json')
export const comparisonFaults = judge('schema/comparison.json')
