/** Arguments and results of calls: C's constants, strings and structures, as far as scripts use them. */
import { keyed } from '../text/keyed.js'
import { Reader } from './reader.js'
import type { StructField, Value } from './script.js'

const HEXADECIMAL = /0x[0-9a-f]+/iy
const DECIMAL = /-?\d+/y
const NAME = /[A-Za-z_]\w*/y
const TEXT = /"((?:\\[\s\S]|[^"\\])*)"/y
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', 0: '\0', '"': '"', '\\': '\\' }

/** One value, or several or-ed. */
export function parseValue(reader: Reader): Value {
  const first = parseOne(reader)
  if (!reader.next('|')) return first
  const items = [first]
  while (reader.accept('|')) items.push(parseOne(reader))
  return { kind: 'or', items, at: first.at }
}

/** Values with commas between them, up to `close`, which is taken. */
export function parseValues(reader: Reader, close: string): Value[] {
  const values: Value[] = []
  if (reader.accept(close)) return values
  do values.push(parseValue(reader))
  while (reader.accept(','))
  reader.expect(close, keyed('pkt.where.comma-value'))
  return values
}

function parseOne(reader: Reader): Value {
  reader.skip()
  const { at } = reader
  if (reader.accept('...')) return { kind: 'any', at }
  if (reader.accept('[')) return { kind: 'list', items: reader.nested(() => parseValues(reader, ']')), at }
  if (reader.accept('{')) return { kind: 'struct', fields: reader.nested(() => parseFields(reader)), at }
  if (reader.accept('(')) {
    const value = reader.nested(() => parseValue(reader))
    reader.expect(')', keyed('pkt.where.parenthesis'))
    return value
  }
  const hexadecimal = reader.take(HEXADECIMAL)
  if (hexadecimal !== undefined) return { kind: 'number', value: Number.parseInt(hexadecimal, 16), at }
  const decimal = reader.take(DECIMAL)
  if (decimal !== undefined) return { kind: 'number', value: Number(decimal), at }
  let text = reader.take(TEXT)
  if (text !== undefined) {
    // Texts beside each other are one, as in C.
    for (let more = reader.take(TEXT); more !== undefined; more = reader.take(TEXT)) text += more
    return { kind: 'text', text: unescaped(text), more: reader.accept('...'), at }
  }
  // Where a call is to put something: strace's `&sin6_addr`.
  if (reader.accept('&')) return { kind: 'name', name: `&${reader.take(NAME) ?? ''}`, at }
  const name = reader.take(NAME)
  if (name === undefined) reader.fail(keyed('pkt.expected-value', { found: reader.found() }))
  const definition = reader.definitions.get(name)
  if (definition !== undefined) return { ...parseValue(new Reader(`--define ${name}`, definition)), at }
  if (!reader.accept('(')) return { kind: 'name', name, at }
  return { kind: 'call', name, arguments: reader.nested(() => parseValues(reader, ')')), at }
}

function parseFields(reader: Reader): StructField[] {
  const fields: StructField[] = []
  if (reader.accept('}')) return fields
  do fields.push(parseField(reader))
  while (reader.accept(','))
  reader.expect('}', keyed('pkt.where.comma-field'))
  return fields
}

function parseField(reader: Reader): StructField {
  const value = parseValue(reader)
  if (!reader.accept('=')) return { value }
  if (value.kind === 'name') return { name: value.name, value: parseValue(reader) }
  if (value.kind === 'call' && value.arguments.length === 1)
    return { name: value.name, count: value.arguments[0], value: parseValue(reader) }
  return reader.fail(keyed('pkt.field-form'), value.at)
}

function unescaped(text: string): string {
  return text.replace(/\\(?:x([0-9a-f]{2})|([\s\S]))/gi, (_, hexadecimal: string | undefined, letter: string) =>
    hexadecimal === undefined ? (ESCAPES[letter] ?? letter) : String.fromCharCode(Number.parseInt(hexadecimal, 16)),
  )
}
