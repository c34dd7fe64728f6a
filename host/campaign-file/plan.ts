/** What a campaign runs, so short that each file of results carries it: who has that can tell every run's number, and what is missing. */
import * as v from 'valibot'
import { listField, matchingField, oneOfField, textField, wordsField } from '../../boards/schema/fields.js'
import { shellWord } from '../shell-word.js'
import { EXPECTED_OUTCOMES, NO_FAULT } from './schema.js'

/** Runs of a campaign, at most: reports have each of them. */
export const MOST_RUNS = 200_000

export const CAMPAIGN_PLAN = v.strictObject({
  name: textField('What the campaign is called'),
  /** Of the campaign, of every file it names and of this version: results of another one are no results of this. */
  of: matchingField('What the results depend on', /^[0-9a-f]{16}$/, 'the first 16 digits of a SHA-256'),
  subjects: listField(
    v.strictObject({
      name: textField('What is tested'),
      command: textField('What runs it alone, in the folder of the campaign file; a fault and the seed are added'),
    }),
  ),
  faults: listField(
    v.strictObject({
      fault: textField('What is broken, or none'),
      severity: wordsField('How much of it; empty: as much as it is by default'),
      expect: oneOfField('How its runs must end', EXPECTED_OUTCOMES),
    }),
  ),
  seeds: matchingField('Its seeds', /^[0-9]+(?:\.\.[0-9]+)?(?:,[0-9]+(?:\.\.[0-9]+)?)*$/, 'ranges, as 1..20,25'),
})

export type CampaignPlan = v.InferOutput<typeof CAMPAIGN_PLAN>
export type PlannedFault = CampaignPlan['faults'][number]

/** One run, by its number: subjects first, then faults, then seeds, each in the order of the file. */
export interface NumberedRun {
  /** From 0 on. */
  readonly run: number
  readonly subject: CampaignPlan['subjects'][number]
  readonly fault: PlannedFault
  readonly seed: number
}

/** The seeds of a plan, in its order. */
export function seedsOf({ seeds }: Pick<CampaignPlan, 'seeds'>): number[] {
  return seeds.split(',').flatMap((part) => {
    const [first, last = first] = part.split('..').map(Number)
    return Array.from({ length: Math.min(MOST_RUNS + 1, last - first + 1) }, (_, at) => first + at)
  })
}

/** Seeds as a plan has them: `1..20,25`. */
export function seedText(seeds: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const seed of seeds) {
    const last = ranges.at(-1)
    if (last !== undefined && seed === last[1] + 1) last[1] = seed
    else ranges.push([seed, seed])
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}..${last}`)).join(',')
}

/** Every run, in the order of its number. */
export function runsOf(plan: CampaignPlan): NumberedRun[] {
  const seeds = seedsOf(plan)
  let run = 0
  return plan.subjects.flatMap((subject) =>
    plan.faults.flatMap((fault) => seeds.map((seed) => ({ run: run++, subject, fault, seed }))),
  )
}

/** As `--fault` takes it; undefined where nothing is broken. */
export function plannedFaultText({ fault, severity }: PlannedFault): string | undefined {
  if (fault === NO_FAULT) return undefined
  return severity === '' ? fault : `${fault}:${severity}`
}

/** What runs it alone. */
export function commandOf({ subject, fault, seed }: NumberedRun): string {
  const broken = plannedFaultText(fault)
  return `${subject.command}${broken === undefined ? '' : ` --fault ${shellWord(broken)}`} --seed ${seed}`
}
