/** The language in which the command line speaks: that of `--lang`, else that of the environment, else English. */

export const SPOKEN_LANGUAGES = ['en', 'zh'] as const
type Language = (typeof SPOKEN_LANGUAGES)[number]

/**
 * What `--lang` has among the words of a line, whether they are right otherwise or not: a mistake in them is told in that language.
 * Undefined where it is not there.
 */
export function languageWord(words: readonly string[]): string | undefined {
  const end = words.indexOf('--')
  const options = end < 0 ? words : words.slice(0, end)
  const at = options.findLastIndex((word) => word === '--lang' || word.startsWith('--lang='))
  if (at < 0) return undefined
  return options[at] === '--lang' ? options[at + 1] : options[at].slice('--lang='.length)
}

export function isSpoken(word: string): word is Language {
  return SPOKEN_LANGUAGES.some((each) => each === word)
}

/** The line as it is without a language in front of the command, where it is of no command yet. */
export function withoutFirstLanguage(words: readonly string[]): readonly string[] {
  const [first = ''] = words
  if (first.startsWith('--lang=')) return words.slice(1)
  return first === '--lang' && words.length > 1 ? words.slice(2) : words
}

/** Of messages, by POSIX (XBD 8.2): the first of these that is set and not empty. */
function languageOfEnvironment({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language {
  return /^zh/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'zh' : 'en'
}

export function languageOf(words: readonly string[], environment: NodeJS.ProcessEnv): Language {
  const word = languageWord(words)
  return word !== undefined && isSpoken(word) ? word : languageOfEnvironment(environment)
}

/** Of this process. */
export const LANGUAGE = languageOf(process.argv.slice(2), process.env)
