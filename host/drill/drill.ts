/** From a script's text to its verdict. */
import type { Sentence } from '../text/keyed.js'
import { parseScript } from './parse.js'
import { prepareScript } from './prepare.js'
import { ScriptError } from './reader.js'
import { type DrillOptions, type RunResult, runScript } from './run.js'
import { UnsupportedStatement } from './unsupported.js'

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
  const { script, errors } = parseScript(file, text, options.definitions)
  const prepared = prepareScript(script, options)
  const statements = prepared.statements.length
  if (errors.length + prepared.unsupported.length > 0)
    return notRun(file, statements, [...errors, ...prepared.unsupported])
  try {
    const result = runScript(prepared, options)
    return { file, verdict: result.failure === undefined ? 'pass' : 'fail', statements, problems: [], result }
  } catch (error) {
    if (error instanceof ScriptError) return notRun(file, statements, [error])
    throw error
  }
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
