/** What may stand where the cursor is, by what the commands say of themselves. */

import type { CommandHelp, OptionHelp, Takes, ValueKind } from '../command.js'
import { helpLanguage } from '../help.js'

export interface Proposal {
  readonly word: string
  /** A few words about it, which zsh and fish show. */
  readonly help: string
}

export interface Proposals {
  readonly words: readonly Proposal[]
  /** Files whose names end so may stand there as well, all of them where no ending is named; undefined: none. */
  readonly files?: readonly string[]
}

/** What the values of a kind may depend on. */
export interface WordPlace {
  /** Operands in front of it. */
  readonly operands: readonly string[]
  /** The file of --board-file, where the line has one. */
  readonly boardFile: string | undefined
  /** What stands of the value already. */
  readonly current: string
}

export type LookUp = (kind: ValueKind, place: WordPlace) => Promise<Proposals>

/** What a line has in front of the word that is being written. */
interface Before {
  readonly options: ReadonlyMap<string, string>
  readonly operands: readonly string[]
  /** The option whose value comes next. */
  readonly awaiting: OptionHelp | undefined
  /** `--` was there: nothing is an option any more. */
  readonly literal: boolean
}

const { frame } = await helpLanguage()
const HELP: Proposal = { word: '--help', help: frame.explainIt }

/**
 * @param words what follows the program's name, up to the cursor: the last one is being written, and may be empty
 * @param lookUp finds the values of a kind
 */
export async function propose(
  commands: readonly CommandHelp[],
  words: readonly string[],
  lookUp: LookUp,
): Promise<Proposals> {
  const before = words.slice(0, -1)
  const current = words.at(-1) ?? ''
  const command = commands.find(({ name }) => {
    const parts = name.split(' ')
    return parts.every((part, at) => before[at] === part)
  })
  if (command === undefined) return beginning({ words: nextWords(commands, before) }, current)
  const state = readBefore(command, before.slice(command.name.split(' ').length))
  const place: WordPlace = { operands: state.operands, boardFile: state.options.get('board-file'), current }
  if (state.awaiting !== undefined) return valuesOf(state.awaiting, place, lookUp)
  const options: Proposals = { words: state.literal ? [] : optionsLeft(command, state.options) }
  const [, name, value] = (state.literal ? null : /^--([^=]+)=(.*)$/s.exec(current)) ?? []
  if (name !== undefined) {
    const option = command.options[name]
    if (option?.value === undefined) return { words: [] }
    return behind(`--${name}=`, await valuesOf(option, { ...place, current: value }, lookUp))
  }
  if (!state.literal && /^-./.test(current)) return beginning(options, current)
  const takes = operandAt(command, state.operands.length)
  return takes === undefined ? beginning(options, current) : find(takes, place, lookUp)
}

/** The words of commands that may follow these; at the beginning, the options of the program as well. */
export function nextWords(commands: readonly CommandHelp[], before: readonly string[]): readonly Proposal[] {
  const found = new Map<string, string>()
  for (const { name, summary } of commands) {
    const parts = name.split(' ')
    if (parts.length <= before.length || !before.every((word, at) => parts[at] === word)) continue
    const [word, more] = parts.slice(before.length)
    if (!found.has(word)) found.set(word, more === undefined ? summary : `${word} ${more} …`)
  }
  const words = [...found].map(([word, help]) => ({ word, help }))
  if (before.length > 0) return words.length === 0 ? [] : [...words, HELP]
  return [...words, HELP, { word: '--version', help: frame.version }]
}

/** Follows the words as they are read: which options there were, and whether a value is due. */
function readBefore(command: CommandHelp, words: readonly string[]): Before {
  const options = new Map<string, string>()
  const operands: string[] = []
  let awaiting: string | undefined
  let literal = false
  for (const word of words) {
    if (awaiting !== undefined) {
      options.set(awaiting, word)
      awaiting = undefined
    } else if (literal || !/^-./.test(word)) operands.push(word)
    else if (word === '--') literal = true
    else {
      const [, name = '', joined] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [undefined, lastOfCluster(command, word)]
      options.set(name, joined ?? '')
      if (joined === undefined && command.options[name]?.value !== undefined) awaiting = name
    }
  }
  return { options, operands, literal, awaiting: awaiting === undefined ? undefined : command.options[awaiting] }
}

/** The option that the last letter of `-lw` stands for. One whose value is joined to it (`-c5`) awaits none. */
function lastOfCluster(command: CommandHelp, word: string): string | undefined {
  const byLetter = (letter: string) => Object.entries(command.options).find(([, { short }]) => short === letter)
  for (const [at, letter] of [...word.slice(1)].entries()) {
    const [name, option] = byLetter(letter) ?? []
    if (option?.value !== undefined) return at + 2 === word.length ? name : undefined
  }
  return byLetter(word.slice(-1))?.[0]
}

/** Those that may still be given. */
function optionsLeft(command: CommandHelp, given: ReadonlyMap<string, string>): readonly Proposal[] {
  const left = Object.entries(command.options).filter(([name, { multiple }]) => multiple || !given.has(name))
  return [...left.map(([name, { help }]) => ({ word: `--${name}`, help })), ...(given.has('help') ? [] : [HELP])]
}

function operandAt({ takes, maximum }: CommandHelp, at: number): Takes | undefined {
  return at < maximum ? takes?.[Math.min(at, takes.length - 1)] : undefined
}

async function valuesOf({ takes, commas, file }: OptionHelp, place: WordPlace, lookUp: LookUp): Promise<Proposals> {
  const wanted = takes ?? (file === undefined ? [] : { files: [] })
  if (!commas) return find(wanted, place, lookUp)
  const at = place.current.lastIndexOf(',') + 1
  const first = place.current.slice(0, at)
  const { words } = await find(wanted, { ...place, current: place.current.slice(at) }, lookUp)
  const named = first.split(',')
  return behind(first, { words: words.filter(({ word }) => !named.includes(word)) })
}

async function find(takes: Takes, place: WordPlace, lookUp: LookUp): Promise<Proposals> {
  if (typeof takes === 'string') return beginning(await lookUp(takes, place), place.current)
  if ('files' in takes) return { words: [], files: takes.files }
  return beginning({ words: takes.map((word) => ({ word, help: '' })) }, place.current)
}

function beginning({ words, ...rest }: Proposals, current: string): Proposals {
  return { ...rest, words: words.filter(({ word }) => word.startsWith(current)) }
}

/** The same with what stands in front of them in their word; the shells do so for files themselves. */
function behind(first: string, { words, ...rest }: Proposals): Proposals {
  return { ...rest, words: words.map(({ word, help }) => ({ word: first + word, help })) }
}
