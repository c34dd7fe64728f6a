/** A campaign as tests: a suite for each subject under each fault, a case for each seed. */
import type { TestCase, TestResults } from '../report/test-results.js'
import { likelyCause } from './judge.js'
import { commandOf, plannedFaultText } from './plan.js'
import type { CampaignReport, FinishedRun } from './report.js'
import { matrixOf } from './report-text.js'
import { NO_FAULT } from './schema.js'

export function campaignTests(report: CampaignReport, runs: readonly FinishedRun[]): TestResults {
  const suites = new Map<string, TestCase[]>()
  for (const run of runs) {
    const suite = `${run.subject.name} ${plannedFaultText(run.fault) ?? NO_FAULT}`
    suites.set(suite, [...(suites.get(suite) ?? []), caseOf(run)])
  }
  return {
    name: report.campaign.name,
    subject: report.campaign.subjects.map((each) => each.name).join(', '),
    table: matrixOf(report),
    suites: [...suites].map(([name, cases]) => ({ name, cases })),
  }
}

function caseOf(run: FinishedRun): TestCase {
  const { result, seed } = run
  const base = { name: `seed ${seed}`, seed, command: commandOf(run) }
  if (result === undefined) {
    return { ...base, verdict: 'skip', seconds: 0, reason: 'it was not run yet', details: [] }
  }
  const { verdict, seconds, reason, failed, diagnosis } = result
  return {
    ...base,
    verdict: verdict === 'met' ? 'pass' : 'fail',
    seconds,
    reason: verdict === 'met' ? '' : reason,
    details: [
      ...failed.map((each) => `failed: ${each}`),
      ...diagnosis.map((each) => `diagnosis: ${likelyCause(each)}`),
    ],
  }
}
