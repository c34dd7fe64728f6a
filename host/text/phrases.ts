/**
 * Words that are found again by their form: English where they are made, on whatever floor, and said in another language where a person
 * reads them. Where both languages stand side by side (`words.ts`) a type holds them; here a test goes through all that is said.
 */

/**
 * English, and the same in another language: `{1}` stands for a value, `{1:or}` for several that `or` joins (another word likewise), and `{1:told}` for one that is a
 * phrase itself: why, or what to do. Any other is a name, a path, a number: it stays as it is.
 */
export type Phrase = readonly [english: string, other: string]

interface Form {
  readonly english: RegExp
  readonly other: string
  /** Characters that are no values: where several forms fit, the one that says most is meant. */
  readonly fixed: number
}

const VALUE = '(.*?)'
/** Directly behind another value stands what may be added: `; did you mean …`, `, or …`, ` (…)`. */
const ADDED = '((?:[;,] | \\().*?|)'

function formOf([english, other]: Phrase): Form {
  const pieces = english.split(/\{\d\}/)
  const escaped = pieces.map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const form = escaped.reduce((before, piece, at) => {
    const value = at > 1 && pieces[at - 1] === '' ? ADDED : VALUE
    return `${before}${value}${piece}`
  })
  return { english: new RegExp(`^${form}$`, 's'), other, fixed: pieces.join('').length }
}

/**
 * @param joints words that join several values, and the same in the other language
 * @returns what says a phrase in the other language; undefined where it has no such form
 */
export function phrasebook(
  phrases: readonly Phrase[],
  joints: Readonly<Record<string, string>>,
): (english: string) => string | undefined {
  let forms: readonly Form[] | undefined
  const tell = (phrase: string): string | undefined => {
    forms ??= phrases.map(formOf).sort((a, b) => b.fixed - a.fixed)
    for (const { english, other } of forms) {
      const found = english.exec(phrase)
      if (found === null) continue
      return other.replace(/\{(\d)(?::(\w+))?\}/g, (_, number: string, how: string | undefined) => {
        const value = found[Number(number)]
        if (how === 'told') return tell(value) ?? value
        return how === undefined ? value : value.replaceAll(` ${how} `, joints[how])
      })
    }
    return undefined
  }
  return tell
}
