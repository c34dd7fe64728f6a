import { CAMPAIGN_FORMS } from '../../../campaign-file/forms.js'
import { type CampaignRun, resultKey } from '../../../campaign-file/result.js'
import { UsageError } from '../../../errors/errors.js'
import { type ReadCampaignResults, readResults } from '../../campaign-file/results-file.js'
import type { ArgumentsOf } from '../arguments.js'
import { writeCampaign } from '../campaign-outputs.js'
import { Outputs } from '../outputs.js'
import { checkReports } from '../report-files.js'
import { tell } from '../say.js'
import type { MERGE_COMMAND } from './merge.command.js'

/** `linkpulse merge RESULTS...`: one report of the results of all shards. */
export async function merge(given: ArgumentsOf<typeof MERGE_COMMAND>): Promise<number> {
  const [firstPath, ...others] = given.operands
  checkReports(given.all('report'), CAMPAIGN_FORMS)
  const outputs = new Outputs(given)
  try {
    const results = new Map<string, CampaignRun>()
    const first = readResults(firstPath)
    const take = (path: string, read: ReadCampaignResults): void => {
      if (read.plan.of !== first.plan.of) {
        throw new UsageError(
          `${path} and ${firstPath} are not of one campaign, or it, its files or linkpulse changed between them; give those of one`,
        )
      }
      if (read.broken > 0) tell(`${path}: ${read.broken} lines that are no results were left out\n`)
      // By all that they say: two that differ are told by whoever puts them in order.
      for (const result of read.results) results.set(resultKey(result), result)
    }
    take(firstPath, first)
    for (const path of others) take(path, readResults(path))
    const { runs } = writeCampaign(given, outputs, first.plan, results.values())
    if (runs.unmet + runs.error > 0) return 1
    return runs.missing > 0 ? 3 : 0
  } finally {
    outputs.discard()
  }
}
