/** From a script's text to its verdict. */
import type { Sentence } from '../text/keyed.js'
import { LineSubject } from './line-subject.js'
import { parseScript } from './parse.js'
import { type PreparedScript, prepareScript } from './prepare.js'
import { ScriptError } from './reader.js'
import { type DrillOptions, type RunResult, runScript, runScriptAgainst } from './run.js'
import type { Dialogue, SubjectWatcher } from './subject.js'
import { UnsupportedStatement, WrongStatement } from './unsupported.js'

export interface DrillReport {
  readonly file: string
  /** `not run`: it is not in the language, or asks for what is not supported. */
  readonly verdict: 'pass' | 'fail' | 'not run'
  readonly statements: number
  /** Why it was not run, each with its place and remedy. */
  readonly problems: readonly DrillProblem[]
  readonly result: RunResult | undefined
}

export interface DrillProblem {
  readonly line: number
  readonly column: number
  readonly sentence: Sentence
  /** It is in the language, and not supported here. */
  readonly unsupported: boolean
}

/** @param file what messages call it */
export function drill(file: string, text: string, options: DrillOptions = {}): DrillReport {
  const { prepared, problem } = prepare(file, text, options)
  if (problem !== undefined) return problem
  try {
    return verdictOf(prepared, runScript(prepared, options))
  } catch (error) {
    return notRunFor(prepared, error)
  }
}

/** How a dialogue with somebody else's stack is led: its lines go out, and their answers come back. */
export type Converse = <T>(dialogue: Dialogue<T>) => Promise<T>

/** As `drill`, against somebody else's stack, of which this is the only run. */
export async function drillAgainst(
  file: string,
  text: string,
  options: DrillOptions,
  converse: Converse,
): Promise<DrillReport> {
  const { prepared, problem } = prepare(file, text, options)
  if (problem !== undefined) return problem
  const open = (watcher: SubjectWatcher) => new LineSubject(prepared.settings, watcher)
  try {
    return verdictOf(prepared, await converse(runScriptAgainst(prepared, { ...options, agreedOnly: true }, open)))
  } catch (error) {
    return notRunFor(prepared, error)
  }
}

function prepare(
  file: string,
  text: string,
  options: DrillOptions,
): { prepared: PreparedScript; problem?: DrillReport } {
  const { script, errors } = parseScript(file, text, options.definitions, options.given)
  const prepared = prepareScript(script, options)
  const all = [...errors, ...prepared.unsupported]
  return { prepared, ...(all.length > 0 && { problem: notRun(file, prepared.statements.length, all) }) }
}

function verdictOf({ script, statements }: PreparedScript, result: RunResult): DrillReport {
  const verdict = result.failure === undefined ? 'pass' : 'fail'
  return { file: script.file, verdict, statements: statements.length, problems: [], result }
}

function notRunFor({ script, statements }: PreparedScript, error: unknown): DrillReport {
  if (error instanceof ScriptError) return notRun(script.file, statements.length, [error])
  if (!(error instanceof WrongStatement)) throw error
  // Of the stack under test, before the first statement.
  const problem = new ScriptError(script.file, { line: 1, column: 1 }, error.sentence)
  return notRun(script.file, statements.length, [problem])
}

/** In the order of the places, whatever is wrong there. */
function notRun(file: string, statements: number, errors: readonly ScriptError[]): DrillReport {
  const problems = errors
    .map((error) => ({
      line: error.line,
      column: error.column,
      sentence: error.sentence,
      unsupported: error instanceof UnsupportedStatement,
    }))
    .sort((one, other) => one.line - other.line || one.column - other.column)
  return { file, verdict: 'not run', statements, problems, result: undefined }
}
