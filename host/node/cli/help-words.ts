/** What a command says of itself, in a language: the English is its declaration (`NAME.command.ts`). */
import type { CommandHelp } from './command.js'
import { LANGUAGE } from './language.js'

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
  /** @param word that the names of commands begin with */
  readonly explainsOne: (word: string) => string
}

export interface HelpLanguage {
  readonly frame: HelpFrame
  readonly of: (command: CommandHelp) => CommandHelp
}

export const ENGLISH_HELP: HelpLanguage = {
  frame: {
    title: 'linkpulse: a network interface you can see through',
    usage: 'Usage: ',
    command: 'COMMAND',
    option: 'OPTION',
    version: 'print the version',
    explainIt: 'explain it',
    help: 'what a command takes',
    begin: 'Begin with `linkpulse check`: it needs no hardware.',
    explainsOne: (word) => `\`linkpulse help ${word} COMMAND\` explains one.`,
  },
  of: (command) => command,
}

export const HELP_LANGUAGE: HelpLanguage = LANGUAGE === 'zh' ? (await import('./zh/help.js')).HELP_ZH : ENGLISH_HELP
