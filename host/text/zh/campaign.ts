/** `linkpulse campaign` 和 `linkpulse merge` 说的话。 */
import type { CAMPAIGN_WORDS } from '../en/campaign.js'
import type { SameSentences } from '../keyed.js'

export const CAMPAIGN_WORDS_ZH: SameSentences<typeof CAMPAIGN_WORDS> = {
  'campaign.counts': ({ name, planned, met, unmet, error, missing }) =>
    `${name}：${planned} 次运行：${met} 次符合期望，${unmet} 次不符合${error > 0 ? `，${error} 次没能运行` : ''}${missing > 0 ? `，还缺 ${missing} 次` : ''}`,
  'campaign.first-failures': '最先失败的：',
  'campaign.seed': ({ seed }) => `种子 ${seed}`,
  'campaign.more-seeds': ({ seeds, more }) => `还有种子 ${seeds}${more > 0 ? ` 等，另有 ${more} 个` : ''}`,
  'campaign.more-cells': ({ more }) => `还有 ${more} 处：见 --report`,
}
