import { readTextFile } from '../../files/input.js'
import { FileProblem } from '../../scenario/place.js'
import { projectFileOf, readDiagram, readProject, SCENARIO_INPUT } from '../../scenario/project.js'
import { readScenario } from '../../scenario/scenario.js'
import type { ArgumentsOf } from '../arguments.js'
import { interruptible } from '../interruption.js'
import { inLanguage } from '../messages.js'
import { print } from '../say.js'
import type { LINT_COMMAND } from './lint.command.js'

/** What is to be said of a file. */
interface Findings {
  readonly problems: readonly FileProblem[]
  readonly warnings: readonly string[]
}

/** `linkpulse lint FILE...`: what is wrong with the files that `run` reads. */
export async function lint(given: ArgumentsOf<typeof LINT_COMMAND>): Promise<number> {
  let wrong = 0
  for (const path of given.operands) {
    const { problems, warnings } = await interruptible((signal) => findingsIn(path, signal))
    for (const { message } of problems) print(`${inLanguage(message)}\n`)
    for (const warning of warnings) print(`${`${path}: ${inLanguage(`warning: ${warning}`)}`}\n`)
    wrong += problems.length
  }
  return wrong === 0 ? 0 : 1
}

/** @throws UsageError for a file that cannot be read */
async function findingsIn(path: string, signal: AbortSignal): Promise<Findings> {
  const project = projectFileOf(path)
  try {
    if (project !== undefined)
      return { problems: [], warnings: (await readProject(project, signal)).circuit?.warnings ?? [] }
    if (path.endsWith('.json')) return { problems: [], warnings: (await readDiagram(path, signal)).warnings }
  } catch (error) {
    if (error instanceof FileProblem) return { problems: [error], warnings: [] }
    throw error
  }
  return { problems: readScenario(path, await readTextFile(path, SCENARIO_INPUT, signal)).problems, warnings: [] }
}
