/** The report that a person reads, on standard output. */
import { PAINT, TextReporter } from '../../check/report/text.js'
import { printPainted } from './say.js'
import { hasColour, width } from './terminal.js'

/** @param live the running check is shown and replaced by its result: for a terminal */
export function terminalReporter(live = false): TextReporter {
  const columns = width(process.stdout)
  return new TextReporter((text) => printPainted(text, PAINT), {
    colour: hasColour(process.stdout),
    live,
    ...(columns === undefined ? {} : { width: columns }),
  })
}
