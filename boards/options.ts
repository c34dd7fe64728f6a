/**
 * What a person gives the library, held against what it takes: an option of the wrong type is named with its value and what would do,
 * before anything is built. What a value of the right type cannot be (an address that is no station's) is for whoever uses it to say.
 * Limits and names are those of the fields that documents are made of (`schema/fields.ts`): an option and a board file that ask for the same
 * have one field.
 */
import * as v from 'valibot'
import { printable } from '../firmware/text/printable.js'
import { isPlainObject } from './plain-object.js'
import { oneOfField, truthField, wholeField } from './schema/fields.js'

/** Whether a value will do; and if not, what would, as `give …`. */
export interface OptionRule {
  readonly holds: (value: unknown) => boolean
  readonly remedy: string
  /** Of an object: what is in it. */
  readonly inside?: Rules
  /** Must be given. */
  readonly required?: boolean
}

export type Rules = Readonly<Record<string, OptionRule>>
/** A rule for each option there is. */
export type RulesFor<Options> = { readonly [Name in keyof Required<Options>]: OptionRule }

/**
 * @param call what was called, as `addHost`
 * @throws TypeError that names option, value and remedy
 */
export function checkOptions(call: string, given: unknown, rules: Rules): void {
  if (!isPlainObject(given))
    throw new TypeError(`${call}: the options are ${shown(given)}; give an object, as { ${Object.keys(rules)[0]}: … }`)
  checkInside(call, '', given, rules)
}

/** As `checkOptions`, for a value that is no option: `what` is what to call it. */
export function checkValue(call: string, what: string, value: unknown, rule: OptionRule): void {
  if (!rule.holds(value)) throw new TypeError(`${call}: ${what} is ${shown(value)}; ${rule.remedy}`)
}

function checkInside(call: string, place: string, given: Readonly<Record<string, unknown>>, rules: Rules): void {
  for (const name of Object.keys(given)) {
    if (given[name] === undefined || Object.hasOwn(rules, name)) continue
    throw new TypeError(
      `${call}: there is no option ${printable(place + name)}, which is ${shown(given[name])}; give one of ${Object.keys(rules).join(', ')}`,
    )
  }
  for (const [name, rule] of Object.entries(rules)) {
    const value = given[name]
    if (value === undefined) {
      if (rule.required) throw new TypeError(`${call}: the option ${place}${name} is missing; ${rule.remedy}`)
      continue
    }
    checkValue(call, `the option ${place}${name}`, value, rule)
    if (rule.inside !== undefined && isPlainObject(value)) checkInside(call, `${place}${name}.`, value, rule.inside)
  }
}

/** As it would be written, and short. */
function shown(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value !== 'object' && typeof value !== 'string') return String(value)
  let text: string
  try {
    text = JSON.stringify(value)
  } catch {
    text = 'an object' // one that leads back to itself
  }
  return printable(text.length > 60 ? `${text.slice(0, 57)}...` : text)
}

/** An option that takes what a field of a document takes; the field's description says what that is. */
export function option(field: v.GenericSchema): OptionRule {
  return { holds: (value) => v.is(field, value), remedy: `give ${v.getDescription(field)}` }
}

export const flag = option(truthField(''))

export function text(remedy: string): OptionRule {
  return { holds: (value) => typeof value === 'string', remedy }
}

export function number(remedy: string): OptionRule {
  return { holds: (value) => typeof value === 'number' && !Number.isNaN(value), remedy }
}

export function whole(least: number, most: number, unit: string): OptionRule {
  return option(wholeField('', least, most, unit))
}

export function oneOf(...names: readonly string[]): OptionRule {
  return option(oneOfField('', names))
}

export function listOf(each: (value: unknown) => boolean, remedy: string): OptionRule {
  return { holds: (value) => Array.isArray(value) && value.every(each), remedy }
}

export const callback = (remedy: string): OptionRule => ({ holds: (value) => typeof value === 'function', remedy })

/** @param inside each of its options; left out: whoever uses it looks into it */
export function object(remedy: string, inside?: Rules): OptionRule {
  return { holds: isPlainObject, remedy, ...(inside === undefined ? {} : { inside }) }
}

export function required(rule: OptionRule): OptionRule {
  return { ...rule, required: true }
}
