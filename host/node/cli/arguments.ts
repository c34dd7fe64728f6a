/** What a person gave a command, checked against what it takes. */
import { UsageError } from '../../errors/errors.js'
import type { CommandHelp } from './command.js'

/** Of a time in seconds, on whatever clock: a timer of Node holds no longer (2^31 ms, 24 days), and one that is longer ends at once. */
const LONGEST_SECONDS = 2_147_483

/** What a person gave: looked up by option name, so a command reads like its help. */
export class Arguments<Option extends string = string> {
  constructor(
    readonly command: CommandHelp<Option>,
    readonly operands: readonly string[],
    private readonly values: ReadonlyMap<string, readonly string[]>,
  ) {}

  /** Of the options that were given, in the order of the help; how it is said is of every command, and none of these. */
  get names(): readonly Option[] {
    return (Object.keys(this.command.options) as Option[]).filter((name) => name !== 'lang' && this.values.has(name))
  }

  has(option: Option | 'help'): boolean {
    return this.values.has(option)
  }

  all(option: Option): readonly string[] {
    return this.values.get(option) ?? []
  }

  text(option: Option): string | undefined {
    return this.values.get(option)?.at(-1)
  }

  /** @throws UsageError when it is not a whole number from `minimum` to `maximum`. */
  whole(option: Option, minimum: number, maximum: number): number | undefined {
    const text = this.text(option)
    if (text === undefined) return undefined
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= minimum && value <= maximum)) {
      throw new UsageError(`--${option} takes a whole number from ${minimum} to ${maximum}, not "${text}"`)
    }
    return value
  }

  /** @throws UsageError when it is not a number from `minimum` to `maximum`. */
  number(option: Option, minimum: number, maximum: number): number | undefined {
    const text = this.text(option)
    if (text === undefined) return undefined
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= minimum && value <= maximum))
      throw new UsageError(`--${option} takes a number from ${minimum} to ${maximum}, not "${text}"`)
    return value
  }

  /** @throws UsageError when it is no time from a millisecond to `LONGEST_SECONDS`. */
  seconds(option: Option): number | undefined {
    return this.number(option, 0.001, LONGEST_SECONDS)
  }
}

/** The names of a command's options. */
export type OptionOf<Help> = Help extends CommandHelp<infer Option> ? Option : never

/** What a declared command was given. */
export type ArgumentsOf<Help> = Arguments<OptionOf<Help>>
