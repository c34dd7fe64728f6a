/** A script before it runs: everything in it that is not supported, and what its settings are. */
import { integer } from './call-values.js'
import { prepareCall } from './calls.js'
import { type CodeStatement, parseCode } from './expression.js'
import type { PreparedCall } from './prepared-call.js'
import type { Packet, Script, Statement } from './script.js'
import { applyCommand, applyOption, defaultSettings, type Settings } from './settings.js'
import { isKnownVariable } from './tcp-info.js'
import { Unsupported, UnsupportedStatement } from './unsupported.js'

export interface PreparedScript {
  readonly script: Script
  readonly settings: Settings
  readonly statements: readonly PreparedStatement[]
  /** When there are any, the script is not run. */
  readonly unsupported: readonly UnsupportedStatement[]
}

export interface PreparedStatement {
  readonly statement: Statement
  readonly step:
    | { readonly kind: 'packet'; readonly packet: Packet }
    | { readonly kind: 'call'; readonly call: PreparedCall }
    | { readonly kind: 'code'; readonly code: readonly CodeStatement[] }
    | { readonly kind: 'nothing' }
}

export function prepareScript(script: Script): PreparedScript {
  const settings = defaultSettings()
  const statements: PreparedStatement[] = []
  const unsupported: UnsupportedStatement[] = []
  const attempt = (line: number, work: () => void) => {
    try {
      work()
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error
      unsupported.push(new UnsupportedStatement(script.file, line, error.message))
    }
  }
  for (const option of script.options) attempt(option.line, () => applyOption(settings, option))
  let begun = false
  for (const statement of script.statements)
    attempt(statement.line, () => {
      statements.push({ statement, step: prepareStep(statement, settings, begun) })
      if (statement.action.kind !== 'command') begun = true
    })
  return { script, settings, statements, unsupported }
}

function prepareStep({ action }: Statement, settings: Settings, begun: boolean): PreparedStatement['step'] {
  switch (action.kind) {
    case 'packet':
      return { kind: 'packet', packet: action }
    case 'call':
      if (action.result.kind !== 'any') integer(action.result, 'a result')
      return { kind: 'call', call: prepareCall(action) }
    case 'code':
      return { kind: 'code', code: prepareCode(action.code) }
    case 'command': {
      const before = settings.tcp
      applyCommand(settings, action.command)
      if (begun && settings.tcp !== before)
        throw new Unsupported('the stack is made before the first statement: set sysctls before it')
      return { kind: 'nothing' }
    }
  }
}

function prepareCode(code: string): CodeStatement[] {
  let statements: CodeStatement[]
  try {
    statements = parseCode(code)
  } catch (error) {
    if (error instanceof RangeError) throw new Unsupported(error.message)
    throw error
  }
  for (const { names } of statements)
    for (const name of names)
      if (!isKnownVariable(name)) throw new Unsupported(`${name} is not among the variables that code has here`)
  return statements
}
