/** What a command says of itself. Help, reading of its words, completion and docs/commands.md are all made of this. */

import { SPOKEN_LANGUAGES } from './language.js'

/** What there is to choose from where a shell completes a value: `completion/values.ts` looks it up when it is asked. */
export type ValueKind =
  | 'board'
  | 'box'
  | 'cable'
  | 'check'
  | 'command'
  | 'connector'
  | 'fault'
  | 'flash port'
  | 'line'
  | 'net target'
  | 'probe'
  | 'running net'
  | 'serial cable'
  | 'service'
  | 'simulated target'
  | 'target'

/** A kind of value, the values themselves, or files whose names end so (all of them where no ending is named). */
export type Takes = ValueKind | readonly string[] | { readonly files: readonly string[] }

export interface OptionHelp {
  /** What stands for the value in the help (`FILE`); left out for a flag. */
  readonly value?: string
  /** May be given more than once. */
  readonly multiple?: boolean
  /** The value is the path of a file that is read, or of one that is written; `-` may be standard output. */
  readonly file?: 'input' | 'output' | 'output or -'
  readonly short?: string
  readonly help: string
  /** For completion; left out where nobody can know, and where any file will do. */
  readonly takes?: Takes
  /** The value is a list of them, with commas between. */
  readonly commas?: boolean
}

export interface CommandHelp<Option extends string = string> {
  /** Of one word or two: `net up`. */
  readonly name: string
  /** After the command's name: `[TARGET]`. */
  readonly operands: string
  readonly minimum: number
  readonly maximum: number
  /** For completion, by position; the last is that of all that follow. */
  readonly takes?: readonly Takes[]
  readonly summary: string
  readonly options: Readonly<Record<Option, OptionHelp>>
  /** Lines after the options in `linkpulse help COMMAND`. */
  readonly notes?: readonly string[]
  /**
   * What it prints is all it is for, and it goes on until it is ended: so it ends when nobody reads that any more. Whoever
   * listens to `readerGone` writes down first what they have.
   */
  readonly endsWithReader?: boolean
}

type Described<Options> = Omit<CommandHelp, 'options'> & { readonly options: Options }

/** Of every command. */
const LANG_OPTION: OptionHelp = {
  value: SPOKEN_LANGUAGES.join('|'),
  takes: SPOKEN_LANGUAGES,
  help: 'the language of what people read (default: that of LC_ALL, LC_MESSAGES or LANG)',
}

/** Declares a command, and gives it what every command has. The names of its options are part of its type, so its code asks for no other. */
export function command<const Options extends Readonly<Record<string, OptionHelp>>>(
  help: Described<Options>,
): CommandHelp<(keyof Options & string) | 'lang'> {
  return { ...help, options: { ...help.options, lang: LANG_OPTION } }
}
