/** A figure as a language calls it. */
import type { Figure } from '../check/figure.js'
import type { Words } from './words.js'

/** Any table of figures, as a figure looks itself up in it; the type of the language has made sure that it is there. */
type Table = Readonly<Record<string, Readonly<Record<string, string | ((of: object) => string)>>>>

export function figureName(words: Words, { check, key, symbol, of = {} }: Figure): string {
  if (symbol !== undefined) return symbol
  const name = (words.figures as unknown as Table)[check][key]
  return typeof name === 'string' ? name : name(of)
}
