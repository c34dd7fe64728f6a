/**
 * What a person reads, before it is said in a language: a key, and the values that its words are made of. What English says
 * is what there is to say (`en/sentences.ts`); a key that is not there, or a value too few, does not compile.
 */
import type { Figure } from '../check/figure.js'
import type { SENTENCES } from './en/sentences.js'

type English = typeof SENTENCES
export type SentenceKey = keyof English

export interface Sentence {
  readonly key: SentenceKey
  readonly values: object
}

/** The name of a figure. */
export interface FigureName {
  readonly figure: Figure
}

/** Words, or what becomes words: strings are the same in every language, those of a board, of an error, of a stored report. */
export type LocalizableText = string | Sentence | FigureName

/** Where words are wanted, or a list of them, sentences may stand: they are said in the same language. */
type Tellable<Values> = {
  readonly [N in keyof Values]: Values[N] extends string
    ? LocalizableText
    : Values[N] extends readonly string[]
      ? readonly LocalizableText[]
      : Values[N]
}

type Arguments<K extends SentenceKey> = English[K] extends (values: infer Values) => string ? [Tellable<Values>] : []

export function keyed<K extends SentenceKey>(key: K, ...[values]: Arguments<K>): Sentence {
  return { key, values: values ?? {} }
}

/** Some sentences in another language: the keys of English, and of each the same values. */
export type SameSentences<Some> = {
  readonly [K in keyof Some]: Some[K] extends (values: infer Values) => string ? (values: Values) => string : string
}

export type SentenceWords = SameSentences<English>
