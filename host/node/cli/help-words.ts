/** What a command says of itself, in the process's language: the English is its declaration (`NAME.command.ts`). */
import type { HelpLanguage } from './help-language.js'
import { LANGUAGE } from './language.js'

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
