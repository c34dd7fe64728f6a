/** What `campaign` and `merge` print and write in the end. */

import { CAMPAIGN_FORMS } from '../../campaign-file/forms.js'
import type { CampaignPlan } from '../../campaign-file/plan.js'
import { type CampaignReport, campaignReport, finishedRuns } from '../../campaign-file/report.js'
import { campaignText } from '../../campaign-file/report-text.js'
import type { CampaignRun } from '../../campaign-file/result.js'
import { rangeAsUsage } from '../../errors/range-as-usage.js'
import type { ArgumentsOf } from './arguments.js'
import type { MERGE_COMMAND } from './commands/merge.command.js'
import { inLanguage } from './messages.js'
import type { Outputs } from './outputs.js'
import { printJson } from './print-json.js'
import { ReportFiles } from './report-files.js'
import { print } from './say.js'
import { WORDS } from './words.js'

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
  const reports = new ReportFiles(outputs, CAMPAIGN_FORMS)
  reports.write({ report, runs })
  reports.close()
  return report
}
