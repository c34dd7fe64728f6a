/**
 * Reads a board file. A person wrote it, so every complaint names the file, the field and the remedy, and all complaints
 * come at once.
 */
import type * as v from 'valibot'
import { readJson } from '../schema/json.js'
import { schemaProblems } from '../schema/problems.js'
import { contradictions } from './contradictions.js'
import type { BoardDefinition } from './definition.js'
import { BOARD_FILE_SCHEMA } from './schema.js'

export class BoardFileError extends Error {
  constructor(
    readonly source: string,
    readonly problems: readonly string[],
  ) {
    super(`${source} is not a board file:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.name = 'BoardFileError'
  }
}

/**
 * Checks a board that was written as an object.
 * @param source what to call it in errors: a file path.
 * @throws BoardFileError with every problem.
 */
export function validateBoard(value: unknown, source: string): BoardDefinition {
  const problems = schemaProblems(BOARD_FILE_SCHEMA, value)
  if (problems.length > 0) throw new BoardFileError(source, problems)
  const { $schema, version, ...board } = value as v.InferOutput<typeof BOARD_FILE_SCHEMA>
  const contradicting = contradictions(board)
  if (contradicting.length > 0) throw new BoardFileError(source, contradicting)
  return board
}

/**
 * Reads a board file's text.
 * @param source what to call it in errors: its path.
 * @throws BoardFileError with every problem, or with the place where it is not JSON.
 */
export function parseBoard(text: string, source: string): BoardDefinition {
  const refuse = (problem: string): Error => new BoardFileError(source, [problem])
  return validateBoard(readJson(text, 'a board has 3 levels', refuse), source)
}
