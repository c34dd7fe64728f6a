/** What else a dictionary is judged by, as tables in Markdown: pairs of faults, stuck bits of the memory, and how severe a fault must be. */
import type { JudgedPair } from '../../campaign/judge/pairs.js'
import type { SeverityPoint } from '../../campaign/judge/severity.js'
import { percent } from './percent.js'

/** So many are shown of what went wrong. */
const SHOWN = 20

export function pairsSection(pairs: readonly JudgedPair[]): string[] {
  const show = pairs.filter(({ shows }) => shows)
  const missed = show.filter(({ bothNamed }) => !bothNamed)
  const thirds = pairs.filter(({ third }) => third !== undefined)
  return [
    '## Two faults at once',
    '',
    `${pairs.length} pairs of faults of different layers, at drawn severities. In ${show.length} either leaves a trace beside the other; of these both are named in ${show.length - missed.length}, and a third is stated at 0.6 or more in ${thirds.length} of all.`,
    '',
    ...(missed.length === 0 ? [] : ['Shows, and not both named:', '']),
    ...missed.slice(0, SHOWN).map(({ faults }) => `- \`${faults[0]}\` and \`${faults[1]}\``),
    ...(thirds.length === 0 ? [] : ['', 'A third is stated:', '']),
    ...thirds.slice(0, SHOWN).map(({ faults, third }) => `- \`${third}\` for \`${faults[0]}\` and \`${faults[1]}\``),
    '',
  ]
}

export interface MemoryBits {
  readonly runs: number
  readonly detected: number
  readonly named: number
}

export function memorySection({ runs, detected, named }: MemoryBits): string[] {
  return [
    '## Stuck bits of the buffer memory',
    '',
    `${runs} bits at random addresses: ${detected} do not pass, ${named} are named first, alone or in their class.`,
    '',
  ]
}

/** A value with its unit, in three digits. */
function short(severity: string): string {
  return severity.replace(/^[-\d.e]+/, (number) => String(Number(Number(number).toPrecision(3))))
}

/** The first point of a curve at which something holds for at least half of the runs. */
function from(points: readonly SeverityPoint[], share: (point: SeverityPoint) => number): string {
  const point = points.find((each) => share(each) >= 0.5)
  return point === undefined ? 'never' : short(point.severity)
}

export function severitySection(points: readonly SeverityPoint[]): string[] {
  const rows = [...new Set(points.map(({ fault }) => fault))].map((fault) => {
    const curve = points.filter((each) => each.fault === fault)
    const missed = curve.filter(({ suffered, detected }) => detected < suffered)
    const late = missed.map(
      ({ severity, suffered, detected }) => `${short(severity)}: ${percent(detected)} of ${percent(suffered)}`,
    )
    return `| \`${fault}\` | ${from(curve, ({ suffered }) => suffered)} | ${from(curve, ({ detected }) => detected)} | ${from(curve, ({ named }) => named)} | ${late.join('; ') || 'none'} |`
  })
  return [
    '## How severe it must be',
    '',
    'From where on half of the runs suffer (a ping or a message is lost, altered or late in half a minute of use), do not pass, and are named; and where more suffer than do not pass.',
    '',
    '| fault | a user suffers from | it does not pass from | it is named from | seen later than suffered |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ]
}
