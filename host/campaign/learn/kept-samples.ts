/** Symptoms of runs as text, to be judged again without running anything: a line each, and the symptoms' names in front. */
import { FEATURES } from '../../check/diagnosis/features/features.js'
import type { JudgedRun } from './metrics.js'

const LEFT_OUT = '-'
const FIRST_CASE = 'a'.charCodeAt(0)

/** `cause suffered symptoms`, a letter a symptom. */
export function writeSamples(runs: readonly JudgedRun[]): string {
  const head = FEATURES.map(({ id, cases }) => `${id}/${cases}`).join(';')
  const lines = runs.map(({ cause, suffered, symptoms }) => {
    const letters = Array.from(symptoms, (which) => (which < 0 ? LEFT_OUT : String.fromCharCode(FIRST_CASE + which)))
    return `${cause} ${suffered ? 'suffered' : 'slight'} ${letters.join('')}`
  })
  return `${[head, ...lines].join('\n')}\n`
}
