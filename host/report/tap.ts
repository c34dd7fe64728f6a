/** TAP version 13, which every consumer reads: a test point a case; why it failed is in the YAML block below it. */
import { printable } from '../../firmware/text/printable.js'
import type { TestCase, TestResults } from './test-results.js'

export function tapOfTests({ suites }: TestResults): string {
  const cases = suites.flatMap(({ name, cases }) => cases.map((each) => ({ ...each, name: `${name} ${each.name}` })))
  const points = cases.flatMap((each, at) => pointLines(each, at + 1))
  return `${['TAP version 13', `1..${cases.length}`, ...points].join('\n')}\n`
}

function pointLines({ name, verdict, reason, details, seed, command }: TestCase, number: number): string[] {
  const skipped = verdict === 'skip' ? ` # SKIP ${escapeTap(reason)}` : ''
  const point = `${verdict === 'fail' ? 'not ok' : 'ok'} ${number} - ${escapeTap(name)}${skipped}`
  if (verdict !== 'fail') return [point]
  return [
    point,
    '  ---',
    `  message: ${quoted(reason)}`,
    ...(seed === undefined ? [] : [`  seed: ${seed}`]),
    ...(command === undefined ? [] : [`  again: ${quoted(command)}`]),
    ...(details.length === 0 ? [] : ['  details:', ...details.map((each) => `    - ${quoted(each)}`)]),
    '  ...',
  ]
}

/** In TAP `#` starts a directive and `\` escapes (TAP 13). */
function escapeTap(text: string): string {
  return printable(text).replace(/[\\#]/g, (character) => `\\${character}`)
}

/** A double-quoted YAML scalar is a JSON string (YAML 1.2, 1.1). */
function quoted(text: string): string {
  return JSON.stringify(printable(text))
}
