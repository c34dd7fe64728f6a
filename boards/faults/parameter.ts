/** What a fault can be told: how much of it, where, how often. */

import type { Random } from '../../firmware/hal/random.js'
import { exp, log } from '../../firmware/math/elementary.js'
import { printable } from '../../firmware/text/printable.js'
import { suggestion } from '../nearest.js'
import { type FaultUnit, quantityExample, readQuantity, sayQuantity, writeQuantity } from './units.js'

/** A quantity, within a range. */
export interface QuantityParameter {
  readonly title: string
  readonly unit: FaultUnit
  /** The range, ends included, in the unit itself. */
  readonly min: number
  readonly max: number
  readonly default: number
  /** How it is drawn and drawn as a curve: in equal steps, or in equal ratios. */
  readonly scale: 'linear' | 'log'
  /** A number of things, or which of them. */
  readonly whole?: true
  /** Which way it gets worse: to the higher, the lower, or away from zero both ways. Left out: any is as bad as another. */
  readonly worse?: 'higher' | 'lower' | 'away'
  /** From here on (the way it gets worse) a user begins to suffer: a ping is lost or late. */
  readonly suffers?: number
}

/** One of a few. */
export interface ChoiceParameter<Choice extends string = string> {
  readonly title: string
  readonly choices: readonly Choice[]
  readonly default: NoInfer<Choice>
  /** Those of which a user suffers; left out: all. */
  readonly suffers?: readonly NoInfer<Choice>[]
}

/** By name, in the order in which they are told; the first needs no name. */
export type DeclaredParameters = Readonly<Record<string, QuantityParameter | ChoiceParameter>>

export type FaultParameter<Name extends string = string> = (QuantityParameter | ChoiceParameter) & {
  readonly name: Name
}

/** A number in the parameter's unit, or a choice. */
export type ParameterValue = number | string

export function isChoice(parameter: QuantityParameter | ChoiceParameter): parameter is ChoiceParameter {
  return 'choices' in parameter
}

/** @throws RangeError that names the parameter, its range and its unit */
export function readParameter(fault: string, parameter: FaultParameter, text: string): ParameterValue {
  const { name } = parameter
  const fail = (what: string): never => {
    throw new RangeError(`${fault}: ${name} is ${rangeOf(parameter)}; ${what}`)
  }
  if (isChoice(parameter)) {
    if (parameter.choices.includes(text)) return text
    // Of a digit or two every other is as near.
    const near = text.length > 2 ? suggestion(text, parameter.choices) : ''
    return fail(`"${printable(text)}" is none of them${near}`)
  }
  const value = readQuantity(text, parameter.unit)
  if (value === undefined) return fail(quantityExample(text, parameter.unit))
  if (value < parameter.min || value > parameter.max) return fail(`${printable(text)} is outside`)
  if (parameter.whole && !Number.isInteger(value)) return fail(`${printable(text)} is not a whole number`)
  return value
}

/** As `readParameter` reads it. */
export function writeParameter(parameter: FaultParameter, value: ParameterValue): string {
  return isChoice(parameter) ? String(value) : writeQuantity(value as number, parameter.unit)
}

/** For a sentence. */
export function sayParameter(parameter: FaultParameter, value: ParameterValue): string {
  return isChoice(parameter) ? String(value) : sayQuantity(value as number, parameter.unit)
}

/** What it may be, for a sentence: `0.05 V to 0.6 V`, `one of even, odd`. */
export function rangeOf(parameter: FaultParameter): string {
  if (isChoice(parameter)) return `one of ${parameter.choices.join(', ')}`
  const { unit, min, max } = parameter
  const what = parameter.whole && unit === 'count' ? 'a whole number, ' : ''
  return `${what}${sayQuantity(min, unit)} to ${sayQuantity(max, unit)}`
}

/** Digits that are kept of what is drawn: its text stays short, and no figure is known better. */
const DIGITS = 3

/** Drawn over the whole range: evenly, or evenly by ratio. */
export function drawParameter(parameter: FaultParameter, random: Random): ParameterValue {
  if (isChoice(parameter)) return parameter.choices[random.below(parameter.choices.length)]
  const { min, max, scale, whole } = parameter
  if (whole && scale === 'linear') return min + random.below(max - min + 1)
  const at = random.float()
  const drawn = scale === 'linear' ? min + at * (max - min) : exp(log(min) + at * (log(max) - log(min)))
  const value = whole ? Math.round(drawn) : Number(drawn.toPrecision(DIGITS))
  return Math.min(max, Math.max(min, value))
}

/** Whether a user suffers from that much; of what has no severity one always does. */
export function suffersOf(parameter: FaultParameter, value: ParameterValue): boolean {
  if (isChoice(parameter)) return parameter.suffers === undefined || parameter.suffers.includes(String(value))
  const { suffers, worse } = parameter
  if (suffers === undefined || typeof value !== 'number') return true
  if (worse === 'away') return Math.abs(value) >= suffers
  return worse === 'lower' ? value <= suffers : value >= suffers
}

/** The worst it can be. */
export function worstOf(parameter: FaultParameter): ParameterValue {
  if (isChoice(parameter)) return parameter.default
  const { worse, min, max } = parameter
  if (worse === undefined) return parameter.default
  if (worse === 'away') return max >= -min ? max : min
  return worse === 'lower' ? min : max
}
