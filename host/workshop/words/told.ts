/**
 * What the workshop says, before it is said in a language: a key, and the values that its words are made of. Plain data, so that it crosses
 * from a worker to a page as it is. What English says is what there is to say; a key that is not there, or a value too few, does not compile.
 */
import type { WORKSHOP_EN } from './en.js'

type English = typeof WORKSHOP_EN
export type WorkshopKey = keyof English

/** Keys whose words take no values. */
export type PlainKey = { [K in WorkshopKey]: English[K] extends string ? K : never }[WorkshopKey]

export interface Told {
  readonly key: WorkshopKey
  readonly values: Readonly<Record<string, ToldValue>>
}

/** A string is the same in every language: digits, an octet, a circuit's name. */
export type ToldValue = string | number | Told

type Tellable<Values> = {
  readonly [N in keyof Values]: Values[N] extends string ? string | Told : Values[N]
}
type ValuesOfKey<K extends WorkshopKey> = English[K] extends (values: infer Values) => string ? [Tellable<Values>] : []

/** Every key in another language, with the same values as in English: a language that lacks one does not compile. */
export type WorkshopWords = {
  readonly [K in WorkshopKey]: English[K] extends (values: infer Values) => string ? (values: Values) => string : string
}

export function told<K extends WorkshopKey>(key: K, ...[values]: ValuesOfKey<K>): Told {
  return { key, values: (values ?? {}) as Readonly<Record<string, ToldValue>> }
}

/** In one language's words. */
export function sayTold(words: WorkshopWords, what: Told | string): string {
  if (typeof what === 'string') return what
  const text = words[what.key] as string | ((values: object) => string)
  if (typeof text === 'string') return text
  const values = Object.entries(what.values).map(([name, value]) => [
    name,
    typeof value === 'object' ? sayTold(words, value) : value,
  ])
  return text(Object.fromEntries(values))
}

/** A part of another language: the keys of that part of English. */
export type SameKeys<English> = {
  readonly [K in keyof English]: English[K] extends (values: infer Values) => string
    ? (values: Values) => string
    : string
}
