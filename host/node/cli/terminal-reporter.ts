/** The report that a person reads, on standard output. */
import { progressOf } from '../../check/progress/progress-of.js'
import type { RunProgress } from '../../check/progress/run-progress.js'
import { PAINT, TextReporter } from '../../check/report/text.js'
import { every } from '../../event-loop.js'
import type { Target } from '../../target/target.js'
import { printPainted } from './say.js'
import { hasColour, isTerminal, width } from './terminal.js'
import { WORDS } from './words.js'

/** Of a report that is whole. */
export function terminalReporter(): TextReporter {
  return reporterWith({})
}

/**
 * Of a run: on a terminal the check that is under way is shown, with how far the run is, and replaced by its result.
 * @param only layers or identifiers of checks; all where there are none
 * @param soakSeconds for how long chip and link are watched at the end, at least
 */
export function liveReporter({ line }: Pick<Target, 'line'>, only: readonly string[], soakSeconds = 0): TextReporter {
  if (!isTerminal(process.stdout)) return terminalReporter()
  return reporterWith({ live: true, progress: progressOf(only, line.baud, soakSeconds) })
}

/** Between two looks at the time that is left, ms. */
const TICK_MILLISECONDS = 1000

/** Shows anew, each second, what is under way. Returns what ends that. */
export function ticking(shown: Pick<TextReporter, 'tick'>): () => void {
  return every(TICK_MILLISECONDS, () => shown.tick())
}

function reporterWith(options: { readonly live?: boolean; readonly progress?: RunProgress }): TextReporter {
  const columns = width(process.stdout)
  return new TextReporter((text) => printPainted(text, PAINT), {
    colour: hasColour(process.stdout),
    words: WORDS,
    ...options,
    ...(columns === undefined ? {} : { width: columns }),
  })
}
