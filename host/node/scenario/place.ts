/** Where in a file something stands that is wrong: `boot.yaml:7:5: steps[2] delay: …; give …`. */
import { printable } from '../../../firmware/text/printable.js'
import { UsageError } from '../../errors/errors.js'
import { DEEPEST, type YamlFault } from '../files/yaml-text.js'

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

/** Why a text cannot be read: `more than 64 levels`, or as the package says it. */
export function reasonOfFault({ reason }: YamlFault): string {
  return reason.kind === 'too deep' ? `more than ${DEEPEST} levels` : reason.message
}
