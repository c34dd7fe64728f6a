/** A script before it runs: everything in it that is not supported, and what its settings are. */
import type { TcpDefaults } from '../../firmware/net/tcp/tcp.js'
import { keyed } from '../text/keyed.js'
import { integer } from './call-values.js'
import { prepareCall } from './calls.js'
import { applyCommand } from './commands.js'
import { type CodeStatement, parseCode } from './expression.js'
import { ipVersionOf } from './ip-version.js'
import type { PreparedCall } from './prepared-call.js'
import type { Call, GivenOption, Packet, Script, ShellCommand, Statement } from './script.js'
import { applyOption, type CommonSettings, defaultSettings, type Settings } from './settings.js'
import { shellCommands } from './shell-words.js'
import { isKnownVariable } from './tcp-info.js'
import { Unsupported, UnsupportedStatement } from './unsupported.js'

export interface PreparedScript {
  readonly script: Script
  /** Before the first statement. */
  readonly settings: Settings
  readonly statements: readonly PreparedStatement[]
  /** When there are any, the script is not run. */
  readonly unsupported: readonly UnsupportedStatement[]
}

export interface PreparedStatement {
  readonly statement: Statement
  readonly step: Step
}

type Step =
  | { readonly kind: 'packet'; readonly packet: Packet }
  | { readonly kind: 'call'; readonly call: PreparedCall }
  | { readonly kind: 'code'; readonly code: readonly CodeStatement[] }
  /** New connections begin from these. */
  | { readonly kind: 'defaults'; readonly defaults: Partial<TcpDefaults> }
  | { readonly kind: 'nothing' }

export function prepareScript(script: Script, common: CommonSettings = {}): PreparedScript {
  return new Preparation(script, common).prepare()
}

class Preparation {
  readonly #script: Script
  readonly #settings: Settings
  /** By the command line. */
  readonly #given: readonly GivenOption[]
  readonly #unsupported: UnsupportedStatement[] = []
  /** Names that code gave a value to. */
  readonly #assigned = new Set<string>()
  /** What the stack is made from: settings when the first statement begins that is no command. */
  #beginning: Partial<TcpDefaults> | undefined

  constructor(script: Script, common: CommonSettings) {
    this.#script = script
    this.#given = common.given ?? []
    this.#settings = defaultSettings(common, ipVersionOf([...script.options, ...this.#given]))
  }

  prepare(): PreparedScript {
    const script = this.#script
    for (const option of script.options) this.#attempt(option, () => applyOption(this.#settings, option))
    for (const option of this.#given) this.#attempt({ line: 1, column: 1 }, () => applyOption(this.#settings, option))
    const last = script.statements.findLastIndex(({ action }) => action.kind !== 'command')
    const statements = script.statements.map((statement, i): PreparedStatement => {
      const step = this.#attempt(statement, () => this.#step(statement, i > last))
      return { statement, step: step ?? { kind: 'nothing' } }
    })
    const settings = { ...this.#settings, tcp: this.#beginning ?? this.#settings.tcp }
    return { script, settings, statements, unsupported: this.#unsupported }
  }

  #attempt<T>(place: { line: number; column: number }, work: () => T): T | undefined {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error
      const where = error.at === undefined ? place : this.#script.placeAt(error.at)
      this.#unsupported.push(new UnsupportedStatement(this.#script.file, where, error.sentence))
      return undefined
    }
  }

  /** @param over nothing but commands follows: they tidy up, and there is nothing to tidy */
  #step({ action }: Statement, over: boolean): Step {
    if (action.kind === 'command') return over ? this.#tidy(action.command) : this.#command(action)
    this.#beginning ??= this.#settings.tcp
    switch (action.kind) {
      case 'packet':
        return { kind: 'packet', packet: action }
      case 'call':
        checkResult(action)
        return { kind: 'call', call: prepareCall(action) }
      case 'code':
        return { kind: 'code', code: this.#code(action.code) }
    }
  }

  #command({ command, at }: ShellCommand): Step {
    const before = this.#settings.tcp
    const running = this.#beginning !== undefined
    for (const each of shellCommands(command))
      this.#attempt(this.#script.placeAt(at + each.at), () => applyCommand(this.#settings, each, { at, running }))
    const defaults = this.#settings.tcp
    return running && defaults !== before ? { kind: 'defaults', defaults } : { kind: 'nothing' }
  }

  #tidy(command: string): Step {
    this.#settings.notes.push(
      keyed('pkt.note.command', { text: command.replace(/\s+/g, ' '), why: keyed('pkt.note.over') }),
    )
    return { kind: 'nothing' }
  }

  #code(code: string): CodeStatement[] {
    const statements = parseCode(code)
    for (const { names, target } of statements) {
      for (const name of names)
        if (!isKnownVariable(name) && !this.#assigned.has(name)) throw new Unsupported(keyed('pkt.variable', { name }))
      if (target !== undefined) this.#assigned.add(target)
    }
    return statements
  }
}

function checkResult({ result }: Call): void {
  if (result.kind !== 'any') integer(result, keyed('pkt.what.result'))
}
