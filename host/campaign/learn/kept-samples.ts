/** Symptoms of runs as text, to be judged again without running anything: a line each, and the symptoms' names in front. */
import { FEATURES, type Symptoms } from '../../check/diagnosis/features/features.js'
import type { JudgedRun } from './metrics.js'
import type { Witness } from './witnesses.js'

const LEFT_OUT = '-'
const FIRST_CASE = 'a'.charCodeAt(0)

/** A letter a symptom. */
function letters(symptoms: Symptoms): string {
  return Array.from(symptoms, (which) => (which < 0 ? LEFT_OUT : String.fromCharCode(FIRST_CASE + which))).join('')
}

function under(lines: readonly string[]): string {
  return `${[FEATURES.map(({ id, cases }) => `${id}/${cases}`).join(';'), ...lines].join('\n')}\n`
}

/** `cause suffered symptoms` */
export function writeSamples(runs: readonly JudgedRun[]): string {
  return under(
    runs.map(({ cause, suffered, symptoms }) => `${cause} ${suffered ? 'suffered' : 'slight'} ${letters(symptoms)}`),
  )
}

/** `symptoms run`, the run as JSON */
export function writeWitnesses(witnesses: readonly Witness[]): string {
  return under(witnesses.map(({ run, symptoms }) => `${letters(symptoms)} ${JSON.stringify(run)}`))
}
