/** The command that does the same again, for a report: what was given, without what only says where it is written. */
import { shellWord } from '../../shell-word.js'
import type { Arguments } from './arguments.js'

const SEED = 'seed'
/** How a run is shown. */
const SHOWN: readonly string[] = ['json']

/** @param seed that it had; undefined where it has none */
export function commandAgain(given: Arguments, seed: number | undefined): string {
  const words = ['linkpulse', given.command.name, ...given.operands]
  for (const name of given.names) {
    const { value, file } = given.command.options[name]
    if (file === 'output' || file === 'output or -' || name === SEED || SHOWN.includes(name)) continue
    if (value === undefined) words.push(`--${name}`)
    else for (const each of given.all(name)) words.push(`--${name}`, each)
  }
  if (seed !== undefined && SEED in given.command.options) words.push(`--${SEED}`, `${seed}`)
  return words.map(shellWord).join(' ')
}
