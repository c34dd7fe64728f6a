/** A round of a watch as a document (`check --watch --json`). Its times are nanoseconds, as those of every line of JSON. */
import { documentHead } from '../../../boards/schema/published.js'
import { SECOND } from '../../../firmware/hal/clock.js'
import { reportDocument } from '../report/document.js'
import { ROUND_VERSION, type RoundDocument } from './schema.js'
import type { WatchedRound } from './watch.js'

export function roundDocument({ number, from, to, changes, report }: WatchedRound): RoundDocument {
  const { verdicts, figures, causes } = changes
  return {
    ...documentHead('round', ROUND_VERSION),
    round: number,
    from: nanoseconds(from),
    to: nanoseconds(to),
    changes: {
      verdicts: verdicts.map(({ at, check, title, from, to, reason, was }) => ({
        at: nanoseconds(at),
        check,
        title,
        from,
        to,
        reason,
        was,
      })),
      figures: figures.map(({ at, check, from, to, ratio, back }) => ({
        ...{ at: nanoseconds(at), check, name: to.name, unit: to.unit },
        from: from.value,
        to: to.value,
        ratio,
        back,
      })),
      causes: causes.map(({ at, cause, from, to }) => ({ at: nanoseconds(at), cause, from, to })),
    },
    report: reportDocument(report),
  }
}

const nanoseconds = (seconds: number): number => Math.round(seconds * SECOND)
