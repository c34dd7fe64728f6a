/** The words after `linkpulse COMMAND`, checked against what the command takes. */
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UsageError } from '../../errors/errors.js'
import { suggestion } from './nearest.js'

export interface OptionHelp {
  /** What stands for the value in the help (`FILE`); left out for a flag. */
  readonly value?: string
  /** May be given more than once. */
  readonly multiple?: boolean
  /** The value is the path of a file that is read, or of one that is written; `-` may be standard output. */
  readonly file?: 'input' | 'output' | 'output or -'
  readonly short?: string
  readonly help: string
}

export interface CommandHelp {
  readonly name: string
  /** After the command's name: `[TARGET]`. */
  readonly operands: string
  readonly minimum: number
  readonly maximum: number
  readonly summary: string
  readonly options: Readonly<Record<string, OptionHelp>>
  /** Lines after the options in `linkpulse help COMMAND`. */
  readonly notes?: readonly string[]
}

/** Of a time in seconds, on whatever clock: a timer of Node holds no longer (2^31 ms, 24 days), and one that is longer ends at once. */
export const LONGEST_SECONDS = 2_147_483

/** What a person gave: looked up by option name, so a command reads like its help. */
export class Arguments {
  constructor(
    readonly command: CommandHelp,
    readonly operands: readonly string[],
    private readonly values: ReadonlyMap<string, readonly string[]>,
  ) {}

  has(option: string): boolean {
    return this.values.has(option)
  }

  all(option: string): readonly string[] {
    return this.values.get(option) ?? []
  }

  text(option: string): string | undefined {
    return this.values.get(option)?.at(-1)
  }

  /** @throws UsageError when it is not a whole number from `minimum` to `maximum`. */
  whole(option: string, minimum: number, maximum: number): number | undefined {
    const text = this.text(option)
    if (text === undefined) return undefined
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= minimum && value <= maximum)) {
      throw new UsageError(`--${option} takes a whole number from ${minimum} to ${maximum}, not "${text}"`)
    }
    return value
  }

  /** @throws UsageError when it is not a number from `minimum` to `maximum`. */
  number(option: string, minimum: number, maximum: number): number | undefined {
    const text = this.text(option)
    if (text === undefined) return undefined
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= minimum && value <= maximum))
      throw new UsageError(`--${option} takes a number from ${minimum} to ${maximum}, not "${text}"`)
    return value
  }

  /** @throws UsageError when it is no time from a millisecond to `LONGEST_SECONDS`. */
  seconds(option: string): number | undefined {
    return this.number(option, 0.001, LONGEST_SECONDS)
  }
}

/**
 * @param words what follows the command's name
 * @throws UsageError naming the word that is wrong, and the nearest that is right
 */
export function readArguments(command: CommandHelp, words: readonly string[]): Arguments {
  const config: NonNullable<ParseArgsConfig['options']> = { help: { type: 'boolean', short: 'h' } }
  for (const [name, { value, short }] of Object.entries(command.options)) {
    config[name] = { type: value === undefined ? 'boolean' : 'string', ...(short === undefined ? {} : { short }) }
  }
  const { tokens } = parseArgs({
    args: [...words],
    options: config,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const operands: string[] = []
  const values = new Map<string, string[]>()
  const seeHelp = `\`linkpulse help ${command.name}\` lists what it takes`
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value)
    if (token.kind !== 'option') continue
    const option = command.options[token.name]
    if (option === undefined && token.name !== 'help') {
      const known = Object.keys(command.options).map((name) => `--${name}`)
      throw new UsageError(
        `${command.name} has no option ${token.rawName}${suggestion(token.rawName, known)} (${seeHelp})`,
      )
    }
    if (option?.value === undefined) {
      if (token.value !== undefined)
        throw new UsageError(`${token.rawName} takes no value, but was given "${token.value}"`)
    } else if (token.value === undefined || token.value === '') {
      throw new UsageError(`${token.rawName} needs a value: ${token.rawName} ${option.value}`)
    } else if (token.value.startsWith('--') && !token.inlineValue) {
      throw new UsageError(`${token.rawName} needs a value (${option.value}), but "${token.value}" follows it`)
    }
    const given = values.get(token.name)
    if (given !== undefined && !option?.multiple && option?.value !== undefined) {
      throw new UsageError(`${token.rawName} was given twice, as "${given[0]}" and "${token.value}"; give it once`)
    }
    values.set(token.name, [...(given ?? []), token.value ?? ''])
  }
  if (!values.has('help')) {
    if (operands.length < command.minimum) {
      throw new UsageError(`${command.name} needs ${command.operands}; ${seeHelp}`)
    }
    if (operands.length > command.maximum) {
      throw new UsageError(`${command.name} does not know what to do with "${operands[command.maximum]}"; ${seeHelp}`)
    }
  }
  return new Arguments(command, operands, values)
}
