/**
 * What is wrong with a document, as sentences for whoever wrote it: the place, what is expected there, what was found. All of
 * them at once, those of unknown keys before those of fields, in the order of the schema. Whether a value is good is
 * judged by the schema itself.
 */
import * as v from 'valibot'
import { printable } from '../../firmware/text/printable.js'
import { suggestion } from '../nearest.js'
import { isPlainObject } from '../plain-object.js'

type Schema = v.GenericSchema

function isObject(schema: Schema): schema is v.StrictObjectSchema<v.ObjectEntries, undefined> {
  return schema.type === 'strict_object'
}

function isOptional(schema: Schema): schema is v.ExactOptionalSchema<Schema, undefined> {
  return schema.type === 'exact_optional'
}

/** A list whose elements have places of their own; one with a description is judged as a whole. */
function isList(schema: Schema): schema is v.ArraySchema<Schema, undefined> {
  return schema.type === 'array' && v.getDescription(schema) === undefined
}

function isChoice(schema: Schema): schema is v.PicklistSchema<v.PicklistOptions, undefined> {
  return schema.type === 'picklist'
}

function isRecord(schema: Schema): schema is v.RecordSchema<v.GenericSchema<string, string>, Schema, undefined> {
  return schema.type === 'record'
}

/** Where in a document: the keys that lead there, numbers where they are places of a list. */
export type SchemaPath = readonly (string | number)[]

/** One thing that is wrong with a document. */
export interface SchemaProblem {
  readonly path: SchemaPath
  /** What is wrong there, and what to do, without the place. */
  readonly problem: string
}

/** A place as a person reads it: `chip.pins.cs`, `cables[0].length`. */
export function pathText(path: SchemaPath): string {
  const text = path.reduce<string>((before, key) => {
    if (typeof key === 'number') return `${before}[${key}]`
    return before === '' ? key : `${before}.${key}`
  }, '')
  return printable(text)
}

/** @returns one sentence for each problem, with its place; none for a document that the schema takes */
export function schemaProblems(schema: Schema, value: unknown): string[] {
  return problemsWithin(schema, value).map(({ path, problem }) => `${pathText(path) || 'the file'}: ${problem}`)
}

/**
 * @param path of the value in the document; empty for the whole of it
 * @returns what is wrong, each with its place; nothing for a document that the schema takes
 */
export function problemsWithin(schema: Schema, value: unknown, path: SchemaPath = []): SchemaProblem[] {
  if (isOptional(schema)) return problemsWithin(schema.wrapped, value, path)
  const here = (problem: string): SchemaProblem[] => [{ path, problem }]
  if (isObject(schema)) return objectProblems(schema.entries, value, path)
  if (isList(schema)) {
    if (!Array.isArray(value)) return here(expected('a list', value))
    return value.flatMap((element, at) => problemsWithin(schema.item, element, [...path, at]))
  }
  if (isRecord(schema)) {
    if (!isPlainObject(value)) return here(expected('an object', value))
    return Object.entries(value).flatMap(([key, inner]) => [
      ...(v.is(schema.key, key)
        ? []
        : [{ path: [...path, key], problem: `expected as its name ${v.getDescription(schema.key)}` }]),
      ...problemsWithin(schema.value, inner, [...path, key]),
    ])
  }
  const { issues } = v.safeParse(schema, value)
  if (issues === undefined) return []
  const check = issues.find(({ type }) => type === 'check')
  if (check !== undefined) return here(check.message)
  return here(`${expected(v.getDescription(schema) ?? 'another value', value)}${meant(schema, value)}`)
}

function objectProblems(entries: v.ObjectEntries, value: unknown, path: SchemaPath): SchemaProblem[] {
  const keys = Object.keys(entries)
  if (!isPlainObject(value)) return [{ path, problem: expected(`an object with ${keys.join(', ')}`, value) }]
  const unknown = Object.keys(value)
    .filter((key) => !Object.hasOwn(entries, key))
    .map((key) => ({
      path: [...path, key],
      problem: `unknown key; remove it or use one of ${keys.join(', ')}${suggestion(key, keys)}`,
    }))
  const fields = Object.entries(entries).flatMap(([key, entry]) => {
    if (Object.hasOwn(value, key)) return problemsWithin(entry as Schema, value[key], [...path, key])
    if (isOptional(entry as Schema)) return []
    return [{ path: [...path, key], problem: `missing; add ${v.getDescription(entry as Schema) ?? 'it'}` }]
  })
  return [...unknown, ...fields]
}

/** The nearest of what may stand there, where it is a choice. */
function meant(schema: Schema, value: unknown): string {
  if (typeof value !== 'string' || !isChoice(schema)) return ''
  return suggestion(
    value,
    schema.options.map((each) => `${each}`),
  )
}

function expected(what: string, value: unknown): string {
  return `expected ${what}; found ${show(value)}`
}

/** As JSON, and short: what stands in the file. */
function show(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value)
  return printable(json.length > 40 ? `${json.slice(0, 37)}...` : json)
}
