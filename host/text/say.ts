/** Words, at last. */
import { figureName } from './figure-name.js'
import type { FigureName, Sentence, Told } from './keyed.js'
import type { Words } from './words.js'

function isTellable(value: unknown): value is Sentence | FigureName {
  return typeof value === 'object' && value !== null && ('key' in value || 'figure' in value)
}

export function say(words: Words, told: Told): string {
  if (typeof told === 'string') return told
  if ('figure' in told) return figureName(words, told.figure)
  const text = words.sentences[told.key] as string | ((values: object) => string)
  if (typeof text === 'string') return text
  const values = Object.entries(told.values).map(([name, value]) => [name, said(words, value)])
  return text(Object.fromEntries(values))
}

/** A value as the words take it. */
function said(words: Words, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => said(words, each))
  return isTellable(value) ? say(words, value) : value
}
