/** From a script's text to its statements. */
import { SECOND } from '../../firmware/hal/clock.js'
import { firstAbove } from '../../firmware/math/first-above.js'
import { keyed } from '../text/keyed.js'
import { ERROR_NAMES } from './error-names.js'
import { ipVersionOf, wireFamily } from './ip-version.js'
import { parsePacket } from './parse-packet.js'
import { parseValue, parseValues } from './parse-value.js'
import { Reader, ScriptError } from './reader.js'
import type { Action, Call, GivenOption, Script, ScriptOption, Statement, StatementTime } from './script.js'
import { statementStarts } from './statement-starts.js'

const OPTION = /--([A-Za-z_][\w-]*)/y
/** `--define=NAME=VALUE` has a value in a value, which may be a text or a command. */
const DEFINITION = /[A-Za-z_]\w*=(?:"[^"\n]*"|`[^`\n]*`|[^\s"`]+)/y
const OPTION_VALUE = /"([^"\n]*)"|[^\s"]+/y
const TIME = /\d+(?:\.\d+)?|\.\d+/y
const NAME = /[A-Za-z_]\w*/y
const ERROR_NAME = /E[A-Z0-9]+\b/y
const NOTE = /\([^)\n]*\)/y
const COMMAND = /`((?:\\[\s\S]|[^`\\])*)`/y
const CODE = /%\{([\s\S]*?)\}%/y

export interface ParsedScript {
  /** What is in the language. */
  readonly script: Script
  /** Every place that is not, with what would be; when there are any, the script is not run. */
  readonly errors: readonly ScriptError[]
}

/**
 * @param file what messages call it
 * @param definitions what words stand for, beside what the script itself defines
 * @param given what the command line says behind the options of the script
 */
export function parseScript(
  file: string,
  text: string,
  definitions: ReadonlyMap<string, string> = new Map(),
  given: readonly GivenOption[] = [],
): ParsedScript {
  const defined = new Map(definitions)
  const reader = new Reader(file, text, defined)
  const options: ScriptOption[] = []
  const statements: Statement[] = []
  const errors: ScriptError[] = []
  let starts: readonly number[] | undefined
  let begin = 0
  let optionsOver = false
  for (;;) {
    try {
      if (!reader.skip()) break
      begin = reader.at
      if (statements.length === 0 && reader.next('--')) {
        const option = parseOption(reader)
        options.push(option)
        if (option.name === 'define') define(defined, option.value)
      } else {
        if (!optionsOver) reader.family = wireFamily(ipVersionOf([...options, ...given]))
        optionsOver = true
        statements.push(parseStatement(reader))
      }
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error
      errors.push(error)
      starts ??= statementStarts(text)
      const places = starts
      const next: number | undefined = places[firstAbove(begin, 0, places.length, (i) => places[i])]
      if (next === undefined) break
      reader.goTo(next)
    }
  }
  if (statements.length === 0 && errors.length === 0)
    errors.push(new ScriptError(file, { line: 1, column: 1 }, keyed('pkt.empty')))
  return { script: { file, options, statements, placeAt: (at) => reader.placeAt(at) }, errors }
}

/** Takes `NAME=VALUE`. */
function define(definitions: Map<string, string>, definition: string): void {
  const equals = definition.indexOf('=')
  if (equals > 0) definitions.set(definition.slice(0, equals), definition.slice(equals + 1))
}

function parseOption(reader: Reader): ScriptOption {
  const place = reader.placeAt(reader.at)
  const name = reader.take(OPTION)
  if (name === undefined) reader.fail(keyed('pkt.expected-option', { found: reader.found() }))
  if (!reader.accept('=')) return { name, value: '', ...place }
  const value = reader.take(name === 'define' ? DEFINITION : OPTION_VALUE)
  if (value === undefined) reader.fail(keyed(name === 'define' ? 'pkt.define-form' : 'pkt.option-value', { name }))
  return { name, value, ...place }
}

function parseStatement(reader: Reader): Statement {
  const begin = reader.at
  const place = reader.placeAt(begin)
  // Commands before the first statement and after the last have no time.
  const time: StatementTime = reader.next('`') ? { kind: 'relative', at: 0 } : parseTime(reader)
  const returnsAt = time.kind !== 'any' && reader.accept('...') ? parseReturnTime(reader) : undefined
  const action = parseAction(reader)
  if (returnsAt !== undefined) {
    if (action.kind !== 'call') reader.fail(keyed('pkt.two-times'), begin)
    if (time.kind !== 'any' && returnsAt < time.at) reader.fail(keyed('pkt.returns-before'), begin)
  }
  const text = reader.text.slice(begin, reader.end).replace(/\s+/g, ' ').trim()
  return { ...place, text, time, action: returnsAt === undefined ? action : ({ ...action, returnsAt } as Call) }
}

function parseTime(reader: Reader): StatementTime {
  if (reader.accept('*')) return { kind: 'any' }
  const kind = reader.accept('+') ? 'relative' : 'absolute'
  const at = seconds(reader)
  if (at === undefined) reader.fail(keyed('pkt.expected-time', { found: reader.found() }))
  if (!reader.accept('~')) return { kind, at }
  if (reader.accept('+') !== (kind === 'relative')) reader.fail(keyed('pkt.range-mixed'))
  const latest = seconds(reader)
  if (latest === undefined) reader.fail(keyed('pkt.expected-range-end', { found: reader.found() }))
  if (latest < at) reader.fail(keyed('pkt.range-backwards'))
  return { kind, at, latest }
}

/** The second time of a call that blocks counts from where the first does. */
function parseReturnTime(reader: Reader): number {
  reader.accept('+')
  return seconds(reader) ?? reader.fail(keyed('pkt.expected-return-time', { found: reader.found() }))
}

function seconds(reader: Reader): number | undefined {
  const text = reader.take(TIME)
  return text === undefined ? undefined : Math.round(Number(text) * SECOND)
}

function parseAction(reader: Reader): Action {
  if (reader.accept('<')) return parsePacket(reader, 'inject')
  if (reader.accept('>')) return parsePacket(reader, 'expect')
  reader.skip()
  const { at } = reader
  const command = reader.take(COMMAND)
  if (command !== undefined) return { kind: 'command', command, at: at + 1 }
  const code = reader.take(CODE)
  if (code !== undefined) return { kind: 'code', code }
  const name = reader.take(NAME)
  if (name === undefined) reader.fail(keyed('pkt.expected-action', { found: reader.found() }))
  return parseCall(reader, name)
}

function parseCall(reader: Reader, name: string): Call {
  reader.expect('(', keyed('pkt.where.call-name', { name }))
  const values = parseValues(reader, ')')
  reader.expect('=', keyed('pkt.where.result', { name }))
  const result = parseValue(reader)
  reader.skip()
  const errorAt = reader.at
  const error = reader.take(ERROR_NAME)
  if (error !== undefined && !ERROR_NAMES.has(error)) reader.fail(keyed('pkt.no-such-error', { error }), errorAt)
  reader.take(NOTE)
  return { kind: 'call', name, arguments: values, result, ...(error !== undefined && { error }) }
}
