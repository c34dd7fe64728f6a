/** What the output is: a person at a terminal gets colour and progress, a pipe gets plain lines. */
import type { WriteStream } from 'node:tty'

type Output = NodeJS.WriteStream & Partial<Pick<WriteStream, 'isTTY' | 'columns'>>

export function isTerminal(output: Output): boolean {
  return output.isTTY === true && process.env.TERM !== 'dumb'
}

/** NO_COLOR (no-color.org): set and not empty, it wins. */
export function hasColour(output: Output): boolean {
  return isTerminal(output) && !process.env.NO_COLOR
}

/** Characters in a line of a terminal; undefined where the output is no terminal, and lines may be of any length. */
export function width(output: Output): number | undefined {
  return isTerminal(output) && output.columns > 0 ? output.columns : undefined
}
