/** The JSON Schemas in schema/, made of the schemas that the program itself holds its documents against. */
import { join } from 'node:path'
import { toJsonSchema } from '@valibot/to-json-schema'
import type { GenericSchema } from 'valibot'
import { BOARD_FILE_SCHEMA } from '../../boards/catalogue/schema.js'
import { FAULT_DOCUMENT } from '../../boards/faults/document.js'
import { SCHEMA_ADDRESSES, type SchemaName } from '../../boards/schema/published.js'
import { AUDIT_DOCUMENT } from '../../host/audit/document.js'
import { CAMPAIGN_REPORT } from '../../host/campaign-file/report.js'
import { RESULT_LINE } from '../../host/campaign-file/result.js'
import { CAMPAIGN_FILE } from '../../host/campaign-file/schema.js'
import { CHECK_DOCUMENT } from '../../host/check/check-document.js'
import { COMPARISON } from '../../host/check/compare/schema.js'
import { REPORT } from '../../host/check/report/schema.js'
import { ROUND } from '../../host/check/watch/schema.js'
import { CHIP_COMPARISON } from '../../host/chip/against/schema.js'
import { CHIP_ANSWER_DOCUMENT } from '../../host/chip/answer-document.js'
import { DRILL_DOCUMENT } from '../../host/drill/schema.js'
import { LAB_EVENT } from '../../host/lab-file/event-schema.js'
import { LAB_FILE } from '../../host/lab-file/schema.js'
import { NET_STAT_DOCUMENT } from '../../host/network/status-schema.js'
import { RUN_EVENT } from '../../host/node/run/event.js'
import { RUN_REPORT } from '../../host/node/run/report.js'
import { SERIAL_PORT_DOCUMENT } from '../../host/node/serial/port-document.js'
import { CABLE_DOCUMENT } from '../../host/physical/cable-document.js'
import { CONNECTOR_DOCUMENT } from '../../host/physical/connector-document.js'
import { LINE_STANDARD_DOCUMENT, LINE_STANDARDS_DOCUMENT, RS449_DOCUMENT } from '../../host/physical/line-document.js'
import { PORT_DOCUMENT } from '../../host/port-guess/guess-schema.js'
import { MISSION_RESULT } from '../../host/workshop/missions/result-schema.js'
import { ROOT } from '../docs/shown.js'
import { writeWhole } from '../support/write-whole.js'

const SCHEMAS: Readonly<Record<SchemaName, GenericSchema>> = {
  board: BOARD_FILE_SCHEMA,
  report: REPORT,
  drill: DRILL_DOCUMENT,
  'net-stat': NET_STAT_DOCUMENT,
  port: PORT_DOCUMENT,
  round: ROUND,
  comparison: COMPARISON,
  'chip-comparison': CHIP_COMPARISON,
  'chip-answer': CHIP_ANSWER_DOCUMENT,
  check: CHECK_DOCUMENT,
  fault: FAULT_DOCUMENT,
  connector: CONNECTOR_DOCUMENT,
  cable: CABLE_DOCUMENT,
  'line-standard': LINE_STANDARD_DOCUMENT,
  'line-standards': LINE_STANDARDS_DOCUMENT,
  rs449: RS449_DOCUMENT,
  'serial-port': SERIAL_PORT_DOCUMENT,
  'mission-result': MISSION_RESULT,
  lab: LAB_FILE,
  'lab-event': LAB_EVENT,
  'run-event': RUN_EVENT,
  'run-report': RUN_REPORT,
  audit: AUDIT_DOCUMENT,
  campaign: CAMPAIGN_FILE,
  'campaign-result': RESULT_LINE,
  'campaign-report': CAMPAIGN_REPORT,
}

/** By the names of their files. What JSON Schema cannot say (characters that nobody can see) is left out of it. */
export function jsonSchemas(): ReadonlyMap<string, string> {
  const names = Object.keys(SCHEMAS) as (keyof typeof SCHEMAS)[]
  return new Map(
    names.map((name) => {
      const { $schema, ...rest } = toJsonSchema(SCHEMAS[name], { ignoreActions: ['check', 'readonly'] })
      return [`schema/${name}.json`, `${JSON.stringify({ $schema, $id: SCHEMA_ADDRESSES[name], ...rest }, null, 2)}\n`]
    }),
  )
}

export function renewSchemas(): void {
  for (const [file, text] of jsonSchemas()) {
    writeWhole('generated', join(ROOT, file), text)
    console.log(`wrote ${join(ROOT, file)}`)
  }
}
