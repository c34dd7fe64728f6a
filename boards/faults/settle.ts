/**
 * A fault as a person writes it, and back: `NAME`, `NAME:VALUE` (of the first parameter), `NAME:key=value,key=value`, each
 * value with its unit. Settled, each parameter has its value.
 */
import type { Random } from '../../firmware/hal/random.js'
import { printable } from '../../firmware/text/printable.js'
import type { BoardDefinition } from '../catalogue/definition.js'
import { suggestion } from '../nearest.js'
import type { BreakableMode, Breakage, Fault, FaultValues } from './fault.js'
import {
  drawParameter,
  type FaultParameter,
  type ParameterValue,
  rangeOf,
  readParameter,
  suffersOf,
  worstOf,
  writeParameter,
} from './parameter.js'
import { FAULTS } from './registry.js'

/** A fault with a value for each of its parameters, on a board that can have it. */
export interface SettledFault {
  readonly fault: Fault
  readonly values: FaultValues
  /** As `settleFault` reads it back to the same values: every parameter is named. */
  readonly text: string
  /** Whether a user suffers from that much: what is less may count as healthy. */
  readonly suffered: boolean
  readonly breakage: Breakage
}

/** @throws RangeError for a fault nobody knows, with the nearest there is */
export function faultNamed(name: string): Fault {
  const found = FAULTS.get(name)
  if (found !== undefined) return found
  throw new RangeError(
    `there is no fault "${printable(name)}"${suggestion(name, [...FAULTS.keys()])} (\`linkpulse faults\` lists them)`,
  )
}

/** The name in front of what a fault is told; no matter whether there is such a fault. */
export function faultName(text: string): string {
  const colon = text.indexOf(':')
  return colon < 0 ? text : text.slice(0, colon)
}

/**
 * Reads a fault for a board.
 * @throws RangeError that names the fault, the parameter with range and unit, or the boards that can have it
 */
export function settleFault(text: string, definition: BoardDefinition, mode?: BreakableMode): SettledFault {
  const name = faultName(text)
  const fault = faultNamed(name)
  const given = text === name ? new Map<string, ParameterValue>() : readValues(fault, text.slice(name.length + 1))
  return settled(fault, (parameter) => given.get(parameter.name) ?? parameter.default, definition, mode)
}

/** Draws a fault over the whole range of each of its parameters. @throws RangeError when this board cannot have it */
export function drawFault(
  fault: Fault,
  random: Random,
  definition: BoardDefinition,
  mode?: BreakableMode,
): SettledFault {
  requirePossible(fault, definition, mode)
  for (let attempts = 0; ; attempts++) {
    const drawn = new Map(fault.parameters.map((each) => [each.name, drawParameter(each, random)]))
    const values = Object.fromEntries(drawn)
    if (attempts < ATTEMPTS && fault.refuse?.(values, definition) !== undefined) continue
    return settled(fault, ({ name }) => values[name], definition, mode)
  }
}

/** As bad as it gets. @throws RangeError when this board cannot have it */
export function worstFault(fault: Fault, definition: BoardDefinition, mode?: BreakableMode): SettledFault {
  return settled(fault, worstOf, definition, mode)
}

/** Draws until a board can have what was drawn: one value of a few is refused at most. */
const ATTEMPTS = 100

function settled(
  fault: Fault,
  value: (parameter: FaultParameter) => ParameterValue,
  definition: BoardDefinition,
  mode: BreakableMode | undefined,
): SettledFault {
  requirePossible(fault, definition, mode)
  const { name, parameters } = fault
  const values = Object.fromEntries(parameters.map((parameter) => [parameter.name, value(parameter)]))
  const refused = fault.refuse?.(values, definition)
  if (refused !== undefined) throw new RangeError(`${name}: ${refused}`)
  const told = parameters.map((parameter) => `${parameter.name}=${writeParameter(parameter, values[parameter.name])}`)
  return {
    fault,
    values,
    text: told.length === 0 ? name : `${name}:${told.join(',')}`,
    suffered: fault.harmless !== true && parameters.every((parameter) => suffersOf(parameter, values[parameter.name])),
    breakage: fault.breaks(values, definition),
  }
}

function requirePossible(fault: Fault, definition: BoardDefinition, mode: BreakableMode | undefined): void {
  const { name, boards, modes } = fault
  if (boards !== undefined && !boards.includes(definition.name)) {
    throw new RangeError(`the fault ${name} cannot happen to ${definition.name}, only to ${boards.join(', ')}`)
  }
  if (mode !== undefined && modes !== undefined && !modes.includes(mode)) {
    throw new RangeError(
      `the fault ${name} means nothing on ${mode}:${definition.name}; use it with ${modes.map((each) => `${each}:${definition.name}`).join(', ')}`,
    )
  }
}

function readValues(fault: Fault, told: string): Map<string, ParameterValue> {
  const { name, parameters } = fault
  const [first] = parameters
  if (first === undefined) throw new RangeError(`${name} has no parameters; leave ":${printable(told)}" out`)
  const values = new Map<string, ParameterValue>()
  for (const [index, part] of told.split(',').entries()) {
    const [key, text] = keyAndValue(part.trim())
    if (text === '') throw new RangeError(`${name}: a value is missing in "${printable(told)}"; ${has(fault)}`)
    if (key === undefined && index > 0) {
      throw new RangeError(`${name}: only the first value may stand without its name; ${has(fault)}`)
    }
    const parameter = key === undefined ? first : parameters.find((each) => each.name === key)
    if (parameter === undefined) {
      const near = suggestion(
        key ?? '',
        parameters.map((each) => each.name),
      )
      throw new RangeError(`${name} has no parameter "${printable(key ?? '')}"${near} (${has(fault)})`)
    }
    if (values.has(parameter.name)) throw new RangeError(`${name}: ${parameter.name} is given twice; give it once`)
    values.set(parameter.name, readParameter(name, parameter, text))
  }
  return values
}

function keyAndValue(part: string): [key: string | undefined, value: string] {
  const equals = part.indexOf('=')
  return equals < 0 ? [undefined, part] : [part.slice(0, equals).trim(), part.slice(equals + 1).trim()]
}

function has({ name, parameters }: Fault): string {
  return `${name} takes ${parameters.map((each) => `${each.name}, ${rangeOf(each)}`).join('; ')}`
}
