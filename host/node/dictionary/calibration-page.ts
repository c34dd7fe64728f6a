/** What the judgement of a dictionary looks like: tables in Markdown, and a diagram. */
import {
  confusions,
  figuresOf,
  type JudgedRun,
  leaveOut,
  PLAINLY,
  type RightFigures,
  type Said,
  saidLeftOut,
  saidOf,
} from '../../campaign/learn/metrics.js'
import type { Dictionary } from '../../check/diagnosis/dictionary/dictionary.js'
import { percent } from './percent.js'

function judged(dictionary: Dictionary, runs: readonly JudgedRun[], prior: 'assumed' | 'flat'): Said[] {
  return runs.map((run) => saidOf(dictionary, run, { prior }))
}

function figureRows(assumed: RightFigures, flat: RightFigures): string[] {
  const row = (what: string, value: (figures: RightFigures) => string): string =>
    `| ${what} | ${value(assumed)} | ${value(flat)} |`
  return [
    '| held-out runs | priors of the table | flat priors |',
    '|---|---|---|',
    row('faults of which a user suffers', ({ runs }) => String(runs)),
    row('… not called sound', ({ detected }) => percent(detected)),
    row('… named first, alone or in one class with what nothing tells apart', ({ named }) => percent(named)),
    row('… in the set that holds 90 %', ({ held }) => percent(held)),
    row('… the side is right', ({ side }) => percent(side)),
    row(`… another cause first at ${PLAINLY} or more`, ({ plainlyWrong }) => String(plainlyWrong)),
    row('sound boards called something else', ({ falseAlarms, sound }) => `${falseAlarms} of ${sound}`),
    row('Brier score (0 to 2)', ({ brier }) => brier.toFixed(3)),
    row('expected calibration error', ({ calibrationError }) => calibrationError.toFixed(3)),
  ]
}

/** Rows of the confusion matrix off its diagonal, the most frequent. */
const CONFUSIONS = 30

export function calibrationPage(dictionary: Dictionary, runs: readonly JudgedRun[]): string {
  const said = judged(dictionary, runs, 'assumed')
  const { provenance, twins } = dictionary
  const leftOut = saidLeftOut(dictionary, runs)
  const out = leaveOut(dictionary, runs, leftOut)
  const mixed = confusions(said)
  return [
    '## What the dictionary is made of',
    '',
    `${provenance.faults} faults, ${provenance.runsOfEach} runs of each, and ${provenance.soundRuns} sound boards, drawn from seed ${provenance.seed} (plan ${provenance.plan}); ${provenance.symptoms} symptoms have a weight.`,
    '',
    '## Judged on runs of other seeds and severities',
    '',
    ...figureRows(figuresOf(said, leftOut), figuresOf(judged(dictionary, runs, 'flat'), leftOut)),
    '',
    'Calibration is judged with faults that are not in the list as often among them as the table of priors assumes.',
    '',
    '![What is stated against how often it is so](figures/reliability.svg)',
    '',
    '## The twin ceiling: what no figure tells apart',
    '',
    'Of these groups each run is as likely to fall to one as to another of them, on runs that were held out; no engine can do better before something else is measured.',
    '',
    ...twins.map((group) => `- ${group.map((cause) => `\`${cause}\``).join(', ')}`),
    '',
    '## A fault that is not in the list',
    '',
    `Each of ${out.runs} held-out runs again, as if its fault were not in the list:`,
    '',
    '| | runs |',
    '|---|---|',
    `| \`unknown\`, or sound | ${out.unknown} |`,
    `| a neighbour first: of the same side and layer, or one that showed the same | ${out.neighbour} |`,
    `| another cause first, below ${PLAINLY} | ${out.unsure} |`,
    `| another cause first at ${PLAINLY} or more | ${out.plainlyWrong} (${percent(out.plainlyWrong / Math.max(1, out.runs))}) |`,
    `| the side is right | ${out.side} |`,
    '',
    '## What was taken for what',
    '',
    'Off the diagonal of the confusion matrix, the most frequent first; a fault that was named, alone or in its class, is not here.',
    '',
    '| is | was called | runs |',
    '|---|---|---|',
    ...mixed.slice(0, CONFUSIONS).map(({ truth, first, runs: count }) => `| \`${truth}\` | \`${first}\` | ${count} |`),
    ...(mixed.length > CONFUSIONS
      ? [
          `| ${mixed.length - CONFUSIONS} more | | ${mixed.slice(CONFUSIONS).reduce((sum, each) => sum + each.runs, 0)} |`,
        ]
      : []),
    '',
  ].join('\n')
}

const SIZE = 360
const MARGIN = 48

/** Stated confidence to the right, how often it was so upwards; the area of a dot is the number of statements. */
export function reliabilityDiagram(dictionary: Dictionary, runs: readonly JudgedRun[]): string {
  const { steps } = figuresOf(judged(dictionary, runs, 'assumed'), saidLeftOut(dictionary, runs))
  const place = (share: number): number => MARGIN + share * (SIZE - 2 * MARGIN)
  const most = Math.max(...steps.map(({ count }) => count))
  const dots = steps.filter(({ count }) => count > 0)
  const words = dots.map(
    ({ count, confidence, right }) => `${percent(confidence)} stated, ${percent(right)} so, ${Math.round(count)} times`,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}" role="img" font-family="sans-serif" font-size="12">`,
    `<title>What is stated against how often it is so</title>`,
    `<desc>${words.join('; ')}.</desc>`,
    `<rect width="${SIZE}" height="${SIZE}" fill="#ffffff"/>`,
    `<path d="M${place(0)} ${SIZE - place(0)}L${place(1)} ${SIZE - place(1)}" stroke="#999999" stroke-dasharray="4 4"/>`,
    `<path d="M${place(0)} ${SIZE - place(1)}V${SIZE - place(0)}H${place(1)}" fill="none" stroke="#333333"/>`,
    ...dots.map(({ count, confidence, right }) => {
      const radius = (3 + 12 * Math.sqrt(count / most)).toFixed(1)
      return `<circle cx="${place(confidence).toFixed(1)}" cy="${(SIZE - place(right)).toFixed(1)}" r="${radius}" fill="#2c7a4b" fill-opacity="0.6"/>`
    }),
    ...[0, 0.5, 1].map(
      (share) =>
        `<text x="${place(share)}" y="${SIZE - MARGIN + 18}" text-anchor="middle">${share}</text><text x="${MARGIN - 10}" y="${SIZE - place(share) + 4}" text-anchor="end">${share}</text>`,
    ),
    `<text x="${SIZE / 2}" y="${SIZE - 10}" text-anchor="middle">stated</text>`,
    `<text x="14" y="${SIZE / 2}" text-anchor="middle" transform="rotate(-90 14 ${SIZE / 2})">so</text>`,
    '</svg>',
    '',
  ].join('\n')
}
