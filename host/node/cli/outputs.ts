/** The files that a command writes; refuses one that the command reads. */

import { UsageError } from '../../errors/errors.js'
import { type Named, refuseSameFile } from '../files/distinct.js'
import { OutputFile } from '../files/output.js'
import { reasonOf } from '../files/reasons.js'
import type { Arguments } from './arguments.js'

/** What was printed did not get where it was sent. */
export function unwritable(error: Error): UsageError {
  return new UsageError(
    `cannot write to standard output: ${reasonOf(error, 'standard output')}; send it somewhere else (> FILE)`,
  )
}

/** Of one command, by the options that name them. `-` is left out where it means standard output. */
export class Outputs {
  readonly #files = new Map<string, OutputFile[]>()

  /**
   * Looks at all of them before the run, so that a path nobody can write to is known before the work is done. A named pipe
   * waits for its reader here: signals must do what they do to any program.
   * @param given what the options and operands are says its help (`CommandHelp`)
   * @param inputs that the command reads and that no option or operand names
   * @param made what it makes itself at a path: a socket
   * @throws UsageError for one that cannot be written, that is another one too, or one of the command's inputs
   */
  constructor(given: Arguments, inputs: readonly Named[] = [], made: readonly Named[] = []) {
    const operands = given.operands.flatMap(pathsIn)
    const read: Named[] = [...inputs, ...operands.map((path) => ({ what: 'the operand', path }))]
    for (const [option, { file }] of Object.entries(given.command.options)) {
      for (const path of given.all(option)) {
        if (file === 'input') read.push({ what: `the --${option} file`, path })
        if (file === 'input' || file === undefined || (file === 'output or -' && path === '-')) continue
        if (path === '-') {
          throw new UsageError(
            `--${option} takes the path of a file, and standard output has what is printed; give a path (./- is a file of that name)`,
          )
        }
        this.#files.set(option, [...this.files(option), new OutputFile(`--${option}`, path)])
      }
    }
    const files = [...this.#files.values()].flat()
    refuseSameFile(files, read, made)
    for (const file of files) file.open()
  }

  /** Undefined when the option was not given, or names standard output. */
  file(option: string): OutputFile | undefined {
    return this.files(option)[0]
  }

  /** Of an option that may be given several times, in the order in which they were. */
  files(option: string): readonly OutputFile[] {
    return this.#files.get(option) ?? []
  }

  /** Nothing came of those that are not closed yet. */
  discard(): void {
    for (const file of [...this.#files.values()].flat()) file.discard()
  }
}

/** What an operand may name as a file: itself, or the port in `serial:PATH@RATE`. */
function pathsIn(operand: string): readonly string[] {
  const [, port] = /^(?:serprog:)?(?:serial:)?(.+?)(?:@\d+)?$/.exec(operand) ?? []
  return port === undefined || port === operand ? [operand] : [operand, port]
}

/** Takes every step, even where one before it failed. @throws what the first one threw that failed */
export function inTurn(...steps: readonly (() => void)[]): void {
  const failures: unknown[] = []
  for (const step of steps) {
    try {
      step()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}
