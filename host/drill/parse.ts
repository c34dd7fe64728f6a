/** From a script's text to its statements. */
import { SECOND } from '../../firmware/hal/clock.js'
import { ERROR_NAMES } from './error-names.js'
import { parsePacket } from './parse-packet.js'
import { parseValue, parseValues } from './parse-value.js'
import { Reader, ScriptError } from './reader.js'
import type { Action, Call, Script, ScriptOption, Statement, StatementTime } from './script.js'
import { statementStarts } from './statement-starts.js'

const OPTION = /--([A-Za-z_][\w-]*)/y
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

/** @param file what messages call it */
export function parseScript(file: string, text: string): ParsedScript {
  const reader = new Reader(file, text)
  const options: ScriptOption[] = []
  const statements: Statement[] = []
  const errors: ScriptError[] = []
  let starts: readonly number[] | undefined
  let begin = 0
  for (;;) {
    try {
      if (!reader.skip()) break
      begin = reader.at
      if (statements.length === 0 && reader.next('--')) options.push(parseOption(reader))
      else statements.push(parseStatement(reader))
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error
      errors.push(error)
      starts ??= statementStarts(text)
      const next = firstAbove(starts, begin)
      if (next === undefined) break
      reader.goTo(next)
    }
  }
  if (statements.length === 0 && errors.length === 0)
    errors.push(
      new ScriptError(file, 1, 'there is no statement in it: it checks nothing; docs/drill.md has the language'),
    )
  return { script: { file, options, statements }, errors }
}

/** @param places in ascending order */
function firstAbove(places: readonly number[], at: number): number | undefined {
  let [low, high] = [0, places.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (places[middle] > at) high = middle
    else low = middle + 1
  }
  return places[low]
}

function parseOption(reader: Reader): ScriptOption {
  const { line } = reader
  const name = reader.take(OPTION)
  if (name === undefined) reader.fail(`expected an option as --tolerance_usecs=4000, but ${reader.found()}`)
  if (!reader.accept('=')) return { name, value: '', line }
  const value = reader.take(OPTION_VALUE)
  if (value === undefined) reader.fail(`--${name}= needs a value`)
  return { name, value, line }
}

function parseStatement(reader: Reader): Statement {
  const begin = reader.at
  const { line } = reader
  // Commands before the first statement and after the last have no time.
  const time: StatementTime = reader.next('`') ? { kind: 'relative', at: 0 } : parseTime(reader)
  const returnsAt = time.kind !== 'any' && reader.accept('...') ? parseReturnTime(reader) : undefined
  const action = parseAction(reader)
  if (returnsAt !== undefined) {
    if (action.kind !== 'call') reader.fail('only a call takes two times (0.1...0.2 for one that blocks)', begin)
    if (time.kind !== 'any' && returnsAt < time.at) reader.fail('this call returns before it is made', begin)
  }
  const text = reader.text.slice(begin, reader.at).replace(/\s+/g, ' ').trim()
  return { line, text, time, action: returnsAt === undefined ? action : ({ ...action, returnsAt } as Call) }
}

function parseTime(reader: Reader): StatementTime {
  if (reader.accept('*')) return { kind: 'any' }
  const kind = reader.accept('+') ? 'relative' : 'absolute'
  const at = seconds(reader)
  if (at === undefined)
    reader.fail(`expected when the statement is due (0.100, +0.1, 0.1~0.2 or *), but ${reader.found()}`)
  if (!reader.accept('~')) return { kind, at }
  if (reader.accept('+') !== (kind === 'relative'))
    reader.fail('both times of a range are since the same: write 0.1~0.2 or +0.1~+0.2')
  const latest = seconds(reader)
  if (latest === undefined) reader.fail(`expected the end of the range after "~", but ${reader.found()}`)
  if (latest < at) reader.fail('this range ends before it begins')
  return { kind, at, latest }
}

/** The second time of a call that blocks counts from where the first does. */
function parseReturnTime(reader: Reader): number {
  reader.accept('+')
  return seconds(reader) ?? reader.fail(`expected when the call returns after "...", but ${reader.found()}`)
}

function seconds(reader: Reader): number | undefined {
  const text = reader.take(TIME)
  return text === undefined ? undefined : Math.round(Number(text) * SECOND)
}

function parseAction(reader: Reader): Action {
  if (reader.accept('<')) return parsePacket(reader, 'inject')
  if (reader.accept('>')) return parsePacket(reader, 'expect')
  const command = reader.take(COMMAND)
  if (command !== undefined) return { kind: 'command', command: command.trim() }
  const code = reader.take(CODE)
  if (code !== undefined) return { kind: 'code', code }
  const name = reader.take(NAME)
  if (name === undefined)
    reader.fail(`expected < or > and a packet, a call, a \`command\` or %{ code }%, but ${reader.found()}`)
  return parseCall(reader, name)
}

function parseCall(reader: Reader, name: string): Call {
  reader.expect('(', `after the name of a call (${name})`)
  const values = parseValues(reader, ')')
  reader.expect('=', `and what ${name}() returns`)
  const result = parseValue(reader)
  reader.skip()
  const errorAt = reader.at
  const error = reader.take(ERROR_NAME)
  if (error !== undefined && !ERROR_NAMES.has(error))
    reader.fail(`there is no error ${error}: write one of errno(3), as EINVAL`, errorAt)
  reader.take(NOTE)
  return { kind: 'call', name, arguments: values, result, ...(error !== undefined && { error }) }
}
