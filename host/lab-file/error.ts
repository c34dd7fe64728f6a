/** What is wrong with a lab file or definition: all of it at once, each with its place in the document. */
import type { SchemaPath, SchemaProblem } from '../../boards/schema/problems.js'
import { UsageError } from '../errors/errors.js'
import { placedProblems } from '../errors/placed-problems.js'

/** A definition is no lab that can be built (exit status 2). */
export class LabFileError extends UsageError {
  /**
   * @param source what to call the definition: a path
   * @param place where in the source a path stands, as `lab.yaml:3:5`; left out where it was no text
   */
  constructor(
    readonly source: string,
    readonly problems: readonly SchemaProblem[],
    place?: (path: SchemaPath, problem: string) => string,
  ) {
    super(`${source} is not a lab that can be built:\n${placedProblems(problems, place)}`)
  }
}
