/** What `linkpulse campaign` and `linkpulse merge` say of many runs. */
import { counted } from './counted.js'

/** How the runs of a campaign ended. */
export interface CampaignCounts {
  readonly name: string
  readonly planned: number
  readonly met: number
  readonly unmet: number
  readonly error: number
  readonly missing: number
}

export const CAMPAIGN_WORDS = {
  'campaign.counts': ({ name, planned, met, unmet, error, missing }: CampaignCounts) =>
    `${name}: ${counted(planned, 'run')}: ${met} as expected, ${unmet} not${error > 0 ? `, ${error} could not be made` : ''}${missing > 0 ? `, ${missing} missing` : ''}`,
  'campaign.first-failures': 'what failed first:',
  'campaign.seed': ({ seed }: { readonly seed: number }) => `seed ${seed}`,
  'campaign.more-seeds': ({ seeds, more }: { readonly seeds: string; readonly more: number }) =>
    `and with the seeds ${seeds}${more > 0 ? ` and ${more} more` : ''}`,
  'campaign.more-cells': ({ more }: { readonly more: number }) => `and ${more} more: see a --report`,
}
