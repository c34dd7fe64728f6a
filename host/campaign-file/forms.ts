/** `campaign --report FILE`, and `merge`: what they have of their own beside the formats of all commands. */
import { jsonText } from '../json-text.js'
import type { ReportForms } from '../report/formats.js'
import type { CampaignReport, FinishedRun } from './report.js'
import { campaignTests } from './test-results.js'

/** The document has the runs that failed; tests are all of them. */
export interface FinishedCampaign {
  readonly report: CampaignReport
  readonly runs: readonly FinishedRun[]
}

export const CAMPAIGN_FORMS: ReportForms<FinishedCampaign> = {
  own: { '.json': ({ report }) => jsonText(report) },
  tests: ({ report, runs }) => campaignTests(report, runs),
}
