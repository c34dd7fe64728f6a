/** From a script's text to its verdict. */
import { parseScript } from './parse.js'
import { type PreparedScript, prepareScript } from './prepare.js'
import { ScriptError } from './reader.js'
import { type RunOptions, type RunResult, runScript } from './run.js'

export interface DrillReport {
  readonly file: string
  /** `not run`: it is not in the language, or asks for what is not supported. */
  readonly verdict: 'pass' | 'fail' | 'not run'
  readonly statements: number
  /** Why it was not run, each with its place and remedy. */
  readonly problems: readonly { readonly line: number; readonly message: string; readonly unsupported: boolean }[]
  readonly result: RunResult | undefined
}

/** @param file what messages call it */
export function drill(file: string, text: string, options: RunOptions = {}): DrillReport {
  let prepared: PreparedScript
  try {
    prepared = prepareScript(parseScript(file, text))
  } catch (error) {
    if (error instanceof ScriptError) return notRun(file, 0, [error], false)
    throw error
  }
  const statements = prepared.statements.length
  if (prepared.unsupported.length > 0) return notRun(file, statements, prepared.unsupported, true)
  try {
    const result = runScript(prepared, options)
    return { file, verdict: result.failure === undefined ? 'pass' : 'fail', statements, problems: [], result }
  } catch (error) {
    if (error instanceof ScriptError) return notRun(file, statements, [error], false)
    throw error
  }
}

function notRun(file: string, statements: number, errors: readonly ScriptError[], unsupported: boolean): DrillReport {
  const problems = errors.map(({ line, what }) => ({ line, message: what, unsupported }))
  return { file, verdict: 'not run', statements, problems, result: undefined }
}
