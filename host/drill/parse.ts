/** From a script's text to its statements. */
import { SECOND } from '../../firmware/hal/clock.js'
import { parsePacket } from './parse-packet.js'
import { parseValue, parseValues } from './parse-value.js'
import { Reader, ScriptError } from './reader.js'
import type { Action, Call, Script, ScriptOption, Statement, StatementTime } from './script.js'

const OPTION = /--([A-Za-z_][\w-]*)/y
const OPTION_VALUE = /"([^"\n]*)"|[^\s"]+/y
const TIME = /\d+(?:\.\d+)?|\.\d+/y
const NAME = /[A-Za-z_]\w*/y
const ERROR_NAME = /E[A-Z0-9]+\b/y
const NOTE = /\([^)\n]*\)/y
const COMMAND = /`((?:\\[\s\S]|[^`\\])*)`/y
const CODE = /%\{([\s\S]*?)\}%/y

/**
 * @param file what messages call it
 * @throws ScriptError at the first place that is not in the language, with what would be
 */
export function parseScript(file: string, text: string): Script {
  const reader = new Reader(file, text)
  const options: ScriptOption[] = []
  while (reader.next('--')) options.push(parseOption(reader))
  const statements: Statement[] = []
  while (reader.skip()) statements.push(parseStatement(reader))
  if (statements.length === 0)
    throw new ScriptError(file, 1, 'there is no statement in it: it checks nothing; docs/drill.md has the language')
  return { file, options, statements }
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
  const error = reader.take(ERROR_NAME)
  reader.take(NOTE)
  return { kind: 'call', name, arguments: values, result, ...(error !== undefined && { error }) }
}
