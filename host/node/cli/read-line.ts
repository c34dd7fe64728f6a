/** The command line, read by Commander (github.com/tj/commander.js): commands of one word or two, each with its options. */
import { Command as Commander, type CommanderError, Option } from 'commander'
import { suggestion } from '../../../boards/nearest.js'
import { UsageError } from '../../errors/errors.js'
import { Arguments } from './arguments.js'
import type { CommandHelp, OptionHelp } from './command.js'
import { SPOKEN_LANGUAGES } from './language.js'

/** What a line asks for: a command with what it was given, or what is no command. */
export type Line =
  | { readonly command: CommandHelp; readonly given: Arguments }
  /** `group` is the word that the names of commands begin with, or empty; `word` the one behind it, where there is one. */
  | { readonly group: string; readonly word: string | undefined }

/** @throws UsageError for a word that is wrong, naming it, and the nearest that is right */
export function readLine(commands: readonly CommandHelp[], words: readonly string[]): Line {
  let line: Line | undefined
  const groups = new Map<string, Commander>()
  const groupOf = (name: string): Commander => {
    const known = groups.get(name)
    if (known !== undefined) return known
    const group = bare(name).allowUnknownOption().argument('[word...]')
    group.action(() => {
      line = { group: name, word: group.args[0] }
    })
    groups.set(name, group)
    if (name !== '') groupOf('').addCommand(group)
    return group
  }
  const asked = words.find((word) => word !== '--')
  for (const command of commands) {
    const [first, second] = command.name.split(' ')
    // The others are not declared to Commander, which takes longer than all the rest.
    if (first !== asked) continue
    const made = commanderOf(command, words, (given) => {
      line = { command, given }
    })
    groupOf(second === undefined ? '' : first).addCommand(made)
  }
  groupOf('').parse(words, { from: 'user' })
  return line!
}

/** For a language that there is not. */
export function unspoken(word: string): UsageError {
  return new UsageError(`--lang takes ${SPOKEN_LANGUAGES.join(' or ')}, not "${word}"`)
}

/** Says nothing by itself, never ends the process, and leaves help to us. */
function bare(name: string): Commander {
  return new Commander(name)
    .helpOption(false)
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeErr: () => {}, outputError: () => {} })
    .showSuggestionAfterError(false)
}

/** @param words the whole line: Commander does not say whether a value was joined to its option */
function commanderOf(help: CommandHelp, words: readonly string[], take: (given: Arguments) => void): Commander {
  const command = bare(help.name.split(' ').at(-1) ?? '')
  command.exitOverride((error) => {
    throw asUsageError(help, error)
  })
  for (const [name, option] of Object.entries(help.options)) command.addOption(optionOf(name, option, words))
  command.addOption(new Option('-h, --help'))
  // What is too few or too many is said below, in the command's own words.
  return command.argument('[operand...]').action(() => take(argumentsOf(help, command)))
}

function optionOf(name: string, { value, short, multiple }: OptionHelp, words: readonly string[]): Option {
  const flags = `${short === undefined ? '' : `-${short}, `}--${name}`
  if (value === undefined) return new Option(flags)
  const apart = (given: string): boolean =>
    words.some((word, at) => (word === `--${name}` || word === `-${short}`) && words[at + 1] === given)
  return new Option(`${flags} <value>`).argParser((given: string, before: readonly string[] | undefined) => {
    if (given === '') throw new UsageError(`--${name} needs a value: --${name} ${value}`)
    if (given.startsWith('--') && apart(given)) {
      throw new UsageError(`--${name} needs a value (${value}), but "${given}" follows it`)
    }
    if (before !== undefined && !multiple) {
      throw new UsageError(`--${name} was given twice, as "${before[0]}" and "${given}"; give it once`)
    }
    return [...(before ?? []), given]
  })
}

function argumentsOf(help: CommandHelp, command: Commander): Arguments {
  const values = new Map<string, readonly string[]>()
  for (const option of command.options) {
    const key = option.attributeName()
    if (command.getOptionValueSource(key) !== 'cli') continue
    const value: unknown = command.getOptionValue(key)
    values.set(option.long?.slice(2) ?? '', Array.isArray(value) ? (value as string[]) : [''])
  }
  const operands = command.args
  if (!values.has('help')) {
    if (operands.length < help.minimum) {
      throw new UsageError(`${help.name} needs ${help.operands}; ${seeHelp(help)}`)
    }
    if (operands.length > help.maximum) {
      throw new UsageError(`${help.name} does not know what to do with "${operands[help.maximum]}"; ${seeHelp(help)}`)
    }
  }
  return new Arguments(help, operands, values)
}

function seeHelp({ name }: CommandHelp): string {
  return `\`linkpulse help ${name}\` lists what it takes`
}

/** Commander's errors carry a code; which word is wrong stands in their message only. */
function asUsageError(help: CommandHelp, error: CommanderError): Error {
  if (error.code === 'commander.unknownOption') {
    const [, word = ''] = /'(.*)'/s.exec(error.message) ?? []
    const [, flag, given] = /^(--[^=]+)=(.*)$/s.exec(word) ?? []
    if (flag !== undefined && Object.hasOwn(help.options, flag.slice(2))) {
      return new UsageError(`${flag} takes no value, but was given "${given}"`)
    }
    const known = Object.keys(help.options).map((name) => `--${name}`)
    const name = flag ?? word
    return new UsageError(`${help.name} has no option ${name}${suggestion(name, known)} (${seeHelp(help)})`)
  }
  if (error.code === 'commander.optionMissingArgument') {
    const [, name = ''] = /--([\w-]+)/.exec(error.message) ?? []
    return new UsageError(`--${name} needs a value: --${name} ${help.options[name]?.value ?? 'VALUE'}`)
  }
  return error
}
