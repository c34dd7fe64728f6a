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

/**
 * @param path of the value in the document; empty for the whole of it
 * @returns one sentence for each; none for a document that the schema takes
 */
export function schemaProblems(schema: Schema, value: unknown, path = ''): string[] {
  if (isOptional(schema)) return schemaProblems(schema.wrapped, value, path)
  const within = (key: string): string => (path === '' ? key : `${path}.${key}`)
  if (isObject(schema)) {
    const { entries } = schema
    if (!isPlainObject(value)) return [expected(path, `an object with ${Object.keys(entries).join(', ')}`, value)]
    const unknown = Object.keys(value)
      .filter((key) => !Object.hasOwn(entries, key))
      .map(
        (key) => `${printable(within(key))}: unknown key; remove it or use one of ${Object.keys(entries).join(', ')}`,
      )
    const fields = Object.entries(entries).flatMap(([key, entry]) => {
      if (Object.hasOwn(value, key)) return schemaProblems(entry, value[key], within(key))
      return isOptional(entry) ? [] : [`${printable(within(key))}: missing; add ${v.getDescription(entry) ?? 'it'}`]
    })
    return [...unknown, ...fields]
  }
  if (isList(schema)) {
    if (!Array.isArray(value)) return [expected(path, 'a list', value)]
    return value.flatMap((element, at) => schemaProblems(schema.item, element, `${path}[${at}]`))
  }
  if (isRecord(schema)) {
    if (!isPlainObject(value)) return [expected(path, 'an object', value)]
    return Object.entries(value).flatMap(([key, inner]) => schemaProblems(schema.value, inner, within(key)))
  }
  const { issues } = v.safeParse(schema, value)
  if (issues === undefined) return []
  const check = issues.find(({ type }) => type === 'check')
  if (check !== undefined) return [`${printable(path)}: ${check.message}`]
  return [`${expected(path, v.getDescription(schema) ?? 'another value', value)}${meant(schema, value)}`]
}

/** The nearest of what may stand there, where it is a choice. */
function meant(schema: Schema, value: unknown): string {
  if (typeof value !== 'string' || !isChoice(schema)) return ''
  return suggestion(
    value,
    schema.options.map((each) => `${each}`),
  )
}

function expected(path: string, what: string, value: unknown): string {
  return `${printable(path) || 'the file'}: expected ${what}; found ${show(value)}`
}

/** As JSON, and short: what stands in the file. */
function show(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value)
  return printable(json.length > 40 ? `${json.slice(0, 37)}...` : json)
}
