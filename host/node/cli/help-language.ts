/** What help is made of, in any language. */
import type { CommandHelp } from './command.js'

/** Of one command, as much as is words. */
export interface CommandWords<Option extends string = string> {
  readonly summary: string
  readonly options: Readonly<Record<Option, string>>
  readonly notes?: readonly string[]
}

/** What stands around commands in a list and in an explanation. */
export interface HelpFrame {
  readonly title: string
  readonly usage: string
  /** The words of a usage that stand for something: a command, its options. */
  readonly command: string
  readonly option: string
  readonly version: string
  /** Of --help. */
  readonly explainIt: string
  readonly help: string
  readonly begin: string
  /** Of a terminal, that a text takes. */
  readonly columns: (text: string) => number
  /** @param word that the names of commands begin with */
  readonly explainsOne: (word: string) => string
}

export interface HelpLanguage {
  readonly frame: HelpFrame
  readonly of: (command: CommandHelp) => CommandHelp
}
