/** The report of a campaign for a person: the matrix, and of each cell that failed the first run, with what runs it again. */
import { keyed } from '../text/keyed.js'
import { say } from '../text/say.js'
import { table } from '../text/table.js'
import type { Words } from '../text/words.js'
import { likelyCause } from './judge.js'
import { plannedFaultText } from './plan.js'
import type { CampaignReport } from './report.js'
import { NO_FAULT } from './schema.js'

/** Cells that failed, of which the first run is told. */
const MOST_TOLD = 20
/** Further seeds of one. */
const MOST_SEEDS = 8

/** One row a fault and severity, one column a subject; `18/20`: eighteen of twenty runs ended as expected. */
export function matrixOf({ matrix, campaign }: CampaignReport): string[][] {
  const rows = new Map<string, string[]>()
  for (const cell of matrix) {
    const name = `${plannedFaultText(cell) ?? NO_FAULT}${cell.expect === 'pass' ? '' : ` (${cell.expect})`}`
    const done = cell.planned - cell.missing
    const mark = cell.unmet + cell.error > 0 ? ' ✗' : ''
    rows.set(name, [...(rows.get(name) ?? [name]), `${cell.met}/${done}${mark}`])
  }
  return [['', ...campaign.subjects.map(({ name }) => name)], ...rows.values()]
}

/** @param told a message of the results in the reader's language */
export function campaignText(
  report: CampaignReport,
  words: Words,
  told = (message: string): string => message,
): string {
  const { runs, failures, campaign } = report
  const lines = [say(words, keyed('campaign.counts', { name: campaign.name, ...runs })), '']
  for (const line of table(matrixOf(report)).trimEnd().split('\n')) lines.push(`  ${line}`)
  const cells = new Map<string, CampaignReport['failures'][number][]>()
  for (const failure of failures) {
    const key = JSON.stringify([failure.subject, failure.fault, failure.severity])
    cells.set(key, [...(cells.get(key) ?? []), failure])
  }
  if (cells.size > 0) lines.push('', say(words, keyed('campaign.first-failures')))
  for (const [first, ...others] of [...cells.values()].slice(0, MOST_TOLD)) {
    const { subject, seed, reason, diagnosis, command } = first
    const likeliest =
      diagnosis.length > 0 && !reason.includes(likelyCause(diagnosis[0])) ? `; ${told(likelyCause(diagnosis[0]))}` : ''
    lines.push(
      `  ${subject}, ${plannedFaultText(first) ?? NO_FAULT}, ${say(words, keyed('campaign.seed', { seed }))}: ${told(reason)}${likeliest}`,
      `    ${command}`,
    )
    if (others.length === 0) continue
    const seeds = others.slice(0, MOST_SEEDS).map((each) => `${each.seed}`)
    const more = others.length - seeds.length
    lines.push(`    ${say(words, keyed('campaign.more-seeds', { seeds: seeds.join(', '), more }))}`)
  }
  if (cells.size > MOST_TOLD) {
    lines.push(`  ${say(words, keyed('campaign.more-cells', { more: cells.size - MOST_TOLD }))}`)
  }
  return `${lines.join('\n')}\n`
}
