/**
 * What GitHub takes as the metadata of a composite action, by hand from docs.github.com, "Metadata syntax reference", and the names of "Contexts
 * reference" that a composite action may use.
 */
export interface ActionStep {
  readonly id?: string
  readonly name?: string
  readonly run?: string
  readonly shell?: string
  readonly uses?: string
  readonly if?: string
  readonly env?: Readonly<Record<string, string>>
  readonly with?: Readonly<Record<string, string>>
  readonly 'working-directory'?: string
}

export interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>
  readonly outputs: Readonly<Record<string, { readonly value: string }>>
  readonly runs: { readonly steps: readonly ActionStep[] }
}

type Json = Readonly<Record<string, unknown>>

const ID = /^[A-Za-z_][\w-]*$/
const EXPRESSION = /\$\{\{\s*(.*?)\s*\}\}/g
const COLOURS = ['white', 'black', 'yellow', 'blue', 'green', 'orange', 'red', 'purple', 'gray-dark']
const STEP_KEYS = ['id', 'name', 'if', 'env', 'continue-on-error', 'working-directory']

const isMap = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''

/** What is wrong with it, a line each. */
export function actionFaults(action: unknown): string[] {
  if (!isMap(action)) return ['it is no map']
  const faults: string[] = []
  const need = (holds: boolean, fault: string): void => {
    if (!holds) faults.push(fault)
  }
  const only = (value: Json, keys: readonly string[], where: string): void => {
    for (const key of Object.keys(value)) need(keys.includes(key), `${where} has ${key}`)
  }
  only(action, ['name', 'author', 'description', 'inputs', 'outputs', 'runs', 'branding'], 'the action')
  for (const key of ['name', 'description']) need(isText(action[key]), `it has no ${key}`)
  const { inputs = {}, outputs = {}, runs, branding } = action
  for (const [id, input] of mapsIn(inputs)) {
    need(ID.test(id), `${id} is no id of an input`)
    only(input, ['description', 'required', 'default', 'deprecationMessage'], id)
    need(isText(input.description), `${id} has no description`)
    need(['boolean', 'undefined'].includes(typeof input.required), `required of ${id} is no boolean`)
    need(['string', 'undefined'].includes(typeof input.default), `the default of ${id} is no string`)
  }
  for (const [id, output] of mapsIn(outputs)) {
    need(ID.test(id), `${id} is no id of an output`)
    only(output, ['description', 'value'], id)
    need(isText(output.description) && isText(output.value), `${id} has no description, or no value`)
  }
  if (branding !== undefined) {
    need(isMap(branding) && COLOURS.includes(String(branding.color)) && isText(branding.icon), 'a branding of no form')
  }
  if (!isMap(runs) || runs.using !== 'composite' || !Array.isArray(runs.steps))
    return [...faults, 'it does not run steps']
  only(runs, ['using', 'steps'], 'runs')
  const steps = runs.steps as readonly Json[]
  const ids = steps.flatMap(({ id }) => (id === undefined ? [] : [String(id)]))
  need(new Set(ids).size === ids.length, 'two steps have one id')
  for (const [at, step] of steps.entries()) {
    const where = `step ${at}`
    if (step.run === undefined) {
      only(step, [...STEP_KEYS, 'uses', 'with'], where)
      // Of another repository, at a version.
      need(/^[\w-]+\/[\w./-]+@[\w.-]+$/.test(String(step.uses)), `${where} uses ${step.uses}`)
    } else {
      only(step, [...STEP_KEYS, 'run', 'shell'], where)
      need(isText(step.run) && isText(step.shell), `${where} has no shell`)
      // "Security hardening": an expression in a script is text of the script, whatever somebody put into it.
      need(!String(step.run).includes('${{'), `${where} has an expression in its script`)
    }
  }
  for (const [, expression] of JSON.stringify(action).matchAll(EXPRESSION)) {
    for (const [, name] of expression.matchAll(/\binputs\.([\w-]+)/g)) {
      need(isMap(inputs) && name in inputs, `there is no input ${name}`)
    }
    for (const [, id] of expression.matchAll(/\bsteps\.([\w-]+)\.outputs\./g))
      need(ids.includes(id), `there is no step ${id}`)
  }
  return faults
}

function mapsIn(value: unknown): [string, Json][] {
  if (!isMap(value)) return []
  return Object.entries(value).map(([key, each]) => [key, isMap(each) ? each : {}])
}

/** A text with the values of inputs in place of their expressions, as a runner does it. */
export function withInputs(text: string, inputs: Readonly<Record<string, string>>): string {
  return text.replace(EXPRESSION, (whole, expression: string) => {
    const [, name] = /^inputs\.([\w-]+)$/.exec(expression) ?? []
    if (name === undefined) throw new Error(`${whole} is no input`)
    return inputs[name]
  })
}
