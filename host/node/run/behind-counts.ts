/** What stands below the counts at the end of a run, so that nothing has to be counted by hand in what it printed. */
import type { ChipDropReason } from '../../../boards/chips/enc28j60/drop-reason.js'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import type { Sketch } from '../../sketch/sketch.js'
import { DROP_KEYS } from '../../text/drop-keys.js'
import { keyed, type LocalizableText } from '../../text/keyed.js'
import type { FindingCounts } from './report.js'

/** A line of the summary, and of which sketch it is. */
export interface SummaryLine {
  readonly sketch: string
  readonly line: LocalizableText
}

/** What is behind the counts: rules broken more than once, and why frames went no further. */
export function behindTheCounts(
  sketches: readonly Pick<Sketch, 'name' | 'chip'>[],
  findings: FindingCounts,
): SummaryLine[] {
  const again = findings.all
    .filter(({ count }) => count > 1)
    .map(({ sketch, rule, count, at }) => ({
      sketch,
      line: keyed('run.finding-again', { rule, count, at: (at / MILLISECOND).toFixed(6) }),
    }))
  const dropped = sketches.flatMap(({ name: sketch, chip }) => {
    const reasons = Object.entries(chip.counters.dropped) as [ChipDropReason, number][]
    const dropsOf = (way: 'receive' | 'transmit') =>
      reasons
        .filter(([reason]) => reason.startsWith(way))
        .map(([reason, count]) => keyed('run.dropped', { count, reason: keyed(DROP_KEYS[reason]) }))
    const [received, sent] = [dropsOf('receive'), dropsOf('transmit')]
    return [
      ...(received.length > 0 ? [{ sketch, line: keyed('run.not-received', { drops: received }) }] : []),
      ...(sent.length > 0 ? [{ sketch, line: keyed('run.not-sent', { drops: sent }) }] : []),
    ]
  })
  return [...again, ...dropped]
}
