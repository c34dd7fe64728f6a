/** All that is wrong with a document, a line each: place, key, what is wrong and what to give. */
import { pathText, type SchemaPath, type SchemaProblem } from '../../boards/schema/problems.js'

/** @param place where in the text a path stands, as `lab.yaml:3:5`; left out where there is no text */
export function placedProblems(
  problems: readonly SchemaProblem[],
  place?: (path: SchemaPath, problem: string) => string,
): string {
  return problems
    .map(({ path, problem }) => {
      const parts = [
        ...(place === undefined ? [] : [place(path, problem)]),
        ...(path.length === 0 ? [] : [pathText(path)]),
      ]
      return `  ${[...parts, problem].join(': ')}`
    })
    .join('\n')
}
