/** Where in a file something stands that is wrong: `boot.yaml:7:5: steps[2] delay: …; give …`. */
import type { LineCounter } from 'yaml'
import { printable } from '../../../firmware/text/printable.js'
import { UsageError } from '../../errors/errors.js'

/** Something in a file that a person wrote: an error has file, line, column, key and remedy. */
export class FileProblem extends UsageError {
  /** @param key where in the document, as `steps[2].delay`; empty: the document itself */
  constructor(
    readonly file: string,
    readonly line: number,
    readonly column: number,
    readonly key: string,
    readonly what: string,
  ) {
    super(`${printable(file)}:${line}:${column}: ${key === '' ? '' : `${printable(key)}: `}${what}`)
  }
}

/** What finds the place of an offset in a text. */
export function linePlace(
  lines: LineCounter,
  offset: number | undefined,
): { readonly line: number; readonly column: number } {
  const { line, col } = lines.linePos(offset ?? 0)
  return { line: Math.max(1, line), column: Math.max(1, col) }
}
