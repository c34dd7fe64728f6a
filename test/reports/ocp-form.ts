/**
 * What OCP Test & Validation takes (opencomputeproject/ocp-diag-core, json_spec/output). Its JSON Schemas lie beside the repository, not in it: where they
 * are, Ajv judges each line by them; everywhere, the rules of the specification that no schema of a line can have are held, and by hand the form of each line.
 * LINKPULSE_OCP_SCHEMAS names another folder.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'

interface Line {
  readonly sequenceNumber: number
  readonly timestamp: string
  readonly schemaVersion?: { readonly major: number; readonly minor: number }
  readonly testRunArtifact?: Readonly<Record<string, unknown>>
  readonly testStepArtifact?: Readonly<Record<string, unknown>> & { readonly testStepId: string }
}

const FOLDER =
  process.env.LINKPULSE_OCP_SCHEMAS ?? fileURLToPath(new URL('../../../shared/schemas/ocp', import.meta.url))
const ROOT_SCHEMA = 'https://github.com/opencomputeproject/ocp-diag-core/output'

/** RFC 3339 5.6, in UTC. */
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/

export function ocpLines(text: string): Line[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
}

let judged: ReturnType<typeof schemaJudge> | 'not yet' = 'not yet'

/** Undefined where the schemas are not at hand. */
function schemaJudge(): ((line: unknown) => string) | undefined {
  if (!existsSync(FOLDER)) return undefined
  const ajv = new Ajv2020({ strict: false, formats: { 'date-time': DATE_TIME } })
  for (const name of readdirSync(FOLDER).filter((each) => each.endsWith('.json'))) {
    ajv.addSchema(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as object)
  }
  const judge = ajv.getSchema(ROOT_SCHEMA)
  if (judge === undefined) throw new Error(`${FOLDER} has no schema ${ROOT_SCHEMA}`)
  return (line) => (judge(line) ? '' : JSON.stringify(judge.errors))
}

/** What is wrong with an output, a line each. */
export function ocpFaults(text: string): string[] {
  const lines = ocpLines(text)
  if (judged === 'not yet') judged = schemaJudge()
  const judge = judged
  const bySchema = judge === undefined ? [] : lines.map(judge)
  return [...bySchema, ...lines.map(formFault), ...orderFaults(lines)].filter((fault) => fault !== '')
}

/** Keys of each artifact (json_spec/README.md): those that it must have, and those that it may. */
const FORMS: Readonly<Record<string, readonly [must: readonly string[], may: readonly string[]]>> = {
  testRunStart: [['name', 'version', 'commandLine', 'parameters', 'dutInfo'], ['metadata']],
  testRunEnd: [['status', 'result'], []],
  testStepStart: [['name'], []],
  testStepEnd: [['status'], []],
  measurement: [
    ['name', 'value'],
    ['unit', 'validators', 'hardwareInfoId', 'subcomponent', 'metadata'],
  ],
  diagnosis: [
    ['verdict', 'type'],
    ['message', 'hardwareInfoId', 'subcomponent', 'sourceLocation'],
  ],
  log: [['severity', 'message'], ['sourceLocation']],
}

function formFault(line: Line): string {
  const { sequenceNumber, timestamp, schemaVersion, ...artifacts } = line
  const at = `line ${sequenceNumber}: `
  if (!DATE_TIME.test(timestamp)) return `${at}${timestamp} is no time`
  const whole = Object.values(artifacts)
  if (schemaVersion !== undefined) {
    return whole.length === 0 && schemaVersion.major === 2 && schemaVersion.minor === 0 ? '' : `${at}another version`
  }
  if (whole.length !== 1) return `${at}${whole.length} artifacts`
  const inner = Object.entries(whole[0] as object).filter(([key]) => key !== 'testStepId')
  if (inner.length !== 1) return `${at}${inner.length} contents`
  const [name, content] = inner[0] as [string, object]
  const form = FORMS[name]
  if (form === undefined) return `${at}${name} is no artifact of ours`
  const [must, may] = form
  const keys = Object.keys(content)
  const wrong = [
    ...must.filter((key) => !keys.includes(key)),
    ...keys.filter((key) => ![...must, ...may].includes(key)),
  ]
  return wrong.length === 0 ? '' : `${at}${name}: ${wrong.join(', ')}`
}

/** Numbers count up from 0; the version comes first, then the start of the run, and its end last; a step begins, has its contents, and ends once. */
function orderFaults(lines: readonly Line[]): string[] {
  const faults: string[] = []
  for (const [at, { sequenceNumber }] of lines.entries()) {
    if (sequenceNumber !== at) faults.push(`line ${at} has the number ${sequenceNumber}`)
  }
  if (lines[0]?.schemaVersion === undefined) faults.push('the first line is no version')
  if (lines[1]?.testRunArtifact?.testRunStart === undefined) faults.push('the second line is no start')
  if (lines.at(-1)?.testRunArtifact?.testRunEnd === undefined) faults.push('the last line is no end')
  const open = new Set<string>()
  const over = new Set<string>()
  for (const { testStepArtifact: step } of lines) {
    if (step === undefined) continue
    const { testStepId } = step
    if (step.testStepStart !== undefined) {
      if (open.has(testStepId) || over.has(testStepId)) faults.push(`step ${testStepId} begins twice`)
      open.add(testStepId)
    } else if (!open.has(testStepId)) faults.push(`step ${testStepId} has not begun, or is over`)
    if (step.testStepEnd === undefined) continue
    open.delete(testStepId)
    over.add(testStepId)
  }
  return [...faults, ...[...open].map((step) => `step ${step} has no end`)]
}
