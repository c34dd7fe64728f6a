import { describe, expect, it } from 'vitest'
import { severityPlans, severityPoint } from '../../host/campaign/judge/severity.js'
import { performRun } from '../../host/campaign/perform.js'
import { learnedDictionary } from '../../host/check/diagnosis/diagnose.js'
import { extentOf } from '../judge/parts.js'

/** Nothing is tuned on these. */
const SEED = 60_000_000
const STEPS = 8
const SEEDS = 4

const { first, count } = extentOf('severities')
/** Neighbours in the list are of one curve; a slice takes its severities from all over. */
const PLANS = severityPlans(STEPS, SEEDS, SEED)
const spread = (number: number): number => (number * 37 + 36) % PLANS.length

describe(`${count} severities`, () => {
  const plans = Array.from({ length: count }, (_, index) => PLANS[spread(first + index)])

  it('are each taken once in the whole', () => {
    expect(new Set(PLANS.map((_, number) => spread(number))).size).toBe(PLANS.length)
  })

  it.each(plans)('$fault of $severity is seen in a check before a user suffers', async (plan) => {
    const results = []
    for (const run of plan.runs) results.push(await performRun(run))
    const { suffered, detected } = severityPoint(learnedDictionary(), plan, results)
    expect(detected).toBeGreaterThanOrEqual(suffered)
  })
})
