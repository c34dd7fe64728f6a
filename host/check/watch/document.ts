/** A round of a watch as a document (`check --watch --json`). */
import { documentHead } from '../../../boards/schema/published.js'
import { reportDocument } from '../report/document.js'
import { ROUND_VERSION, type RoundDocument } from './schema.js'
import type { WatchedRound } from './watch.js'

export function roundDocument({ number, from, to, changes, report }: WatchedRound): RoundDocument {
  const { verdicts, figures, causes } = changes
  return {
    ...documentHead('round', ROUND_VERSION),
    round: number,
    from,
    to,
    changes: {
      verdicts: verdicts.map(({ at, check, title, from, to, reason, was }) => ({
        at,
        check,
        title,
        from,
        to,
        reason,
        was,
      })),
      figures: figures.map(({ at, check, from, to, ratio, back }) => ({
        ...{ at, check, name: to.name, unit: to.unit },
        from: from.value,
        to: to.value,
        ratio,
        back,
      })),
      causes: causes.map(({ at, cause, from, to }) => ({ at, cause, from, to })),
    },
    report: reportDocument(report),
  }
}
