import { describe, expect, it } from 'vitest'
import { severityPlans, severityPoint } from '../../host/campaign/judge/severity.js'
import { performRun } from '../../host/campaign/perform.js'
import { learnedDictionary } from '../../host/check/diagnosis/diagnose.js'
import { casesOf } from '../judge/parts.js'
import { spreadOver } from '../judge/spread.js'

/** Nothing is tuned on these. */
const SEED = 60_000_000
const STEPS = 8
const SEEDS = 4

/** Neighbours are of one curve. */
const PLANS = severityPlans(STEPS, SEEDS, SEED)
const plans = casesOf('severities', PLANS, spreadOver(PLANS.length, 37, 36))

describe(`${plans.length} severities`, () => {
  it.each(plans)('$fault of $severity is seen in a check before a user suffers', async (plan) => {
    const results = []
    for (const run of plan.runs) results.push(await performRun(run))
    const { suffered, detected } = severityPoint(learnedDictionary(), plan, results)
    expect(detected).toBeGreaterThanOrEqual(suffered)
  })
})
