/** Before the first test: say what is missing now, rather than in the middle of a run. */
import { installCommand, missingTools } from './tools.js'

export function setup(): void {
  const missing = missingTools()
  if (missing.length > 0) {
    const names = missing.map((tool) => tool.command).join(', ')
    throw new Error(`the tests need ${names}: run \`make tools\`, or \`sudo ${installCommand(missing)}\``)
  }
}
