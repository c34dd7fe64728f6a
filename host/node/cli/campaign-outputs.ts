/** What `campaign` and `merge` print and write in the end. */
import type { CampaignPlan } from '../../campaign-file/plan.js'
import { type CampaignReport, campaignReport, finishedRuns } from '../../campaign-file/report.js'
import { campaignJson, campaignText } from '../../campaign-file/report-text.js'
import type { CampaignRun } from '../../campaign-file/result.js'
import { campaignTests } from '../../campaign-file/test-results.js'
import { UsageError } from '../../errors/errors.js'
import { rangeAsUsage } from '../../errors/range-as-usage.js'
import { TEST_ENDINGS, testFormat } from '../../report/formats.js'
import type { ArgumentsOf } from './arguments.js'
import type { MERGE_COMMAND } from './commands/merge.command.js'
import { inLanguage } from './messages.js'
import type { Outputs } from './outputs.js'
import { printJson } from './print-json.js'
import { print } from './say.js'
import { WORDS } from './words.js'

/** @throws UsageError for a --report whose ending says no format */
export function checkReports(paths: readonly string[]): void {
  for (const path of paths) {
    if (testFormat(path) !== undefined || path.endsWith('.json')) continue
    throw new UsageError(
      `the name of a --report file says its format: it ends in ${[...TEST_ENDINGS, '.json'].join(', ')}, and ${path} in none of them`,
    )
  }
}

/** @throws UsageError for results that contradict each other */
export function writeCampaign(
  given: Pick<ArgumentsOf<typeof MERGE_COMMAND>, 'has'>,
  outputs: Outputs,
  plan: CampaignPlan,
  results: Iterable<CampaignRun>,
): CampaignReport {
  const runs = rangeAsUsage(() => finishedRuns(plan, results))
  const report = campaignReport(plan, runs)
  if (given.has('json')) printJson(report)
  else print(campaignText(report, WORDS, inLanguage))
  for (const file of outputs.files('report')) {
    const format = testFormat(file.path)
    file.write(format === undefined ? campaignJson(report) : format(campaignTests(report, runs)))
    file.close()
  }
  return report
}
